"""Backup plans against mishaps: which copies outlive what, worked out from what each copy is.

Every mishap strikes on a Thursday morning; what counts is to have the data back in the state of
Wednesday evening or newer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.cast import HOUSES, Said, said


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the data: daily or not, outside the premises, always plugged in, repeating every change at once."""

    text: Said
    daily: bool = True
    outside: bool = False
    plugged: bool = False
    mirror: bool = False


@dataclass(frozen=True, slots=True)
class Mishap:
    """What happens, and which copies it takes with it: `takes` names a property of a copy, nothing for none."""

    text: Said
    takes: tuple[str, ...] = ()


COPIES = {
    "desk": Copy(
        said(
            "Every evening, a copy to an external disk that stays plugged into the computer.",
            "Chaque soir, une copie sur un disque externe qui reste branché à l’ordinateur.",
        ),
        plugged=True,
    ),
    "cupboard": Copy(
        said(
            "Every evening, a copy to an external disk then unplugged and locked in a cupboard of the premises.",
            "Chaque soir, une copie sur un disque externe, ensuite débranché et rangé dans une armoire des locaux.",
        )
    ),
    "home": Copy(
        said(
            "Every evening, a copy to an external disk that the manager then unplugs and takes home.",
            "Chaque soir, une copie sur un disque externe que la gérante débranche puis emporte chez elle.",
        ),
        outside=True,
    ),
    "online": Copy(
        said(
            "Every evening, a copy to an online backup service that keeps the versions of the last 30 days.",
            "Chaque soir, une copie dans un service de sauvegarde en ligne qui conserve les versions "
            "des 30 derniers jours.",
        ),
        outside=True,
    ),
    "mirror": Copy(
        said(
            "An online folder that repeats every change and every deletion within a minute and keeps no older version.",
            "Un dossier en ligne qui reproduit en une minute chaque modification et chaque suppression, "
            "sans garder d’ancienne version.",
        ),
        outside=True,
        mirror=True,
    ),
    "friday": Copy(
        said(
            "Every Friday, a copy to a USB stick that the manager takes home.",
            "Chaque vendredi, une copie sur une clé USB que la gérante emporte chez elle.",
        ),
        daily=False,
        outside=True,
    ),
}

MISHAPS = {
    "breakdown": Mishap(
        said("The disk inside the computer breaks down.", "Le disque interne de l’ordinateur tombe en panne.")
    ),
    "dropped": Mishap(
        said(
            "Only the computer is dropped and cannot be repaired.",
            "L’ordinateur, et lui seul, tombe et n’est pas réparable.",
        )
    ),
    "burglary": Mishap(
        said(
            "Burglars take the computer and all that is plugged into it.",
            "Des voleurs emportent l’ordinateur et tout ce qui y est branché.",
        ),
        ("plugged",),
    ),
    "lightning": Mishap(
        said(
            "Lightning destroys the computer and all that is plugged into it.",
            "La foudre détruit l’ordinateur et tout ce qui y est branché.",
        ),
        ("plugged",),
    ),
    "fire": Mishap(
        said(
            "A fire destroys all that is in the premises.", "Un incendie détruit tout ce qui se trouve dans les locaux."
        ),
        ("inside",),
    ),
    "flood": Mishap(
        said(
            "A flood ruins all that is in the premises.", "Une inondation abîme tout ce qui se trouve dans les locaux."
        ),
        ("inside",),
    ),
    "ransomware": Mishap(
        said(
            "Ransomware makes the files of the computer and of what is plugged into it unreadable; "
            "online folders repeat the change.",
            "Un rançongiciel rend illisibles les fichiers de l’ordinateur et de ce qui y est branché\u00a0; "
            "les dossiers en ligne reproduisent la modification.",
        ),
        ("plugged", "mirror"),
    ),
    "deletion": Mishap(
        said(
            "On Thursday at 9, someone deletes a folder by mistake; this is noticed at noon.",
            "Jeudi à 9\u00a0h, quelqu’un supprime un dossier par erreur\u00a0; on s’en aperçoit à midi.",
        ),
        ("mirror",),
    ),
}

# Plans that outlive some of the mishaps and not the others.
PLANS = (
    ("desk",),
    ("cupboard",),
    ("mirror",),
    ("desk", "mirror"),
    ("desk", "friday"),
    ("cupboard", "friday"),
    ("friday", "mirror"),
)


def outlives(copy: Copy, mishap: Mishap) -> bool:
    """Whether this copy still gives the state of Wednesday evening, or a newer one, after the mishap."""
    has = {"plugged": copy.plugged, "inside": not copy.outside, "mirror": copy.mirror}
    return copy.daily and not any(has[name] for name in mishap.takes)


def saved(plan: tuple[str, ...], mishap: str) -> bool:
    """Whether one copy of the plan at least outlives the mishap."""
    return any(outlives(COPIES[name], MISHAPS[mishap]) for name in plan)


@generator("storage_mishaps")
def draw_mishaps(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A plan and six mishaps: after which does the house get its data back? One at least on either side."""
    plan = choice.one(PLANS)
    good = choice.shuffled([name for name in MISHAPS if saved(plan, name)])
    bad = choice.shuffled([name for name in MISHAPS if not saved(plan, name)])
    asked = [good[0], bad[0], *choice.some([*good[1:], *bad[1:]], 4)]
    right = [MISHAPS[name].text for name in asked if name in good]
    wrong = [MISHAPS[name].text for name in asked if name in bad]
    shown, ids = proposals(choice, right, wrong)
    facts = {
        "values": {"house": choice.one(HOUSES)},
        "proposals": shown,
        "shown": [{"kind": "listing", "items": [COPIES[name].text for name in choice.shuffled(plan)]}],
    }
    return Drawn(facts, {"right": ids})


# Changes that look like progress and leave the copies open to the same mishaps.
_VAIN = (
    said(
        "Buy an external disk twice as large and keep it plugged in.",
        "Acheter un disque externe deux fois plus grand et le laisser branché.",
    ),
    said(
        "Protect the computer’s session with a longer password.",
        "Protéger la session de l’ordinateur par un mot de passe plus long.",
    ),
    said(
        "Copy the files a second time into another folder of the computer.",
        "Copier les fichiers une seconde fois dans un autre dossier de l’ordinateur.",
    ),
    said(
        "Make a copy at noon too, on a second disk that stays plugged in.",
        "Faire aussi une copie à midi, sur un second disque qui reste branché.",
    ),
    said("Compress the files before they are copied.", "Compresser les fichiers avant de les copier."),
)


@generator("storage_mend")
def draw_mend(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A plan with a gap: which added copy closes it? Exactly one of the four does."""
    plan = choice.one((("desk",), ("desk", "friday"), ("cupboard",), ("mirror",)))
    # A wrong deletion is left out: a copy in another folder would mend it too.
    gaps = [name for name in MISHAPS if name != "deletion" and not saved(plan, name)]
    gap = choice.one(gaps)
    closing = [name for name in COPIES if saved((name,), gap)]
    failing = [COPIES[name].text for name in COPIES if name not in (*closing, *plan)]
    wrong = [*choice.some(failing, min(1, len(failing)))]
    wrong += choice.some(_VAIN, 3 - len(wrong))
    shown, ids = proposals(choice, [COPIES[choice.one(closing)].text], wrong)
    facts = {"values": {"house": choice.one(HOUSES), "mishap": MISHAPS[gap].text}, "proposals": shown,
             "shown": [{"kind": "listing", "items": [COPIES[name].text for name in plan]}]}  # fmt: skip
    return Drawn(facts, {"right": ids})
