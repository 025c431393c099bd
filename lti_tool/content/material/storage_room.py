"""Room on a medium: where files are kept, what still fits, what may go.

Units are decimal everywhere and said so in the challenges: 1 GB = 1,000 MB, 1 MB = 1,000 kB.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import FAMILY_NAMES, HOUSES, Said, explorer_of, said
from lti_tool.content.material.matched import linked

_PLACES = (
    (said("in the computer", "dans l’ordinateur"), said("This computer", "Cet ordinateur")),
    (said("on the USB stick", "sur la clé USB"), said("USB stick (E)", "Clé USB (E)")),
    (said("in the online space", "dans l’espace en ligne"), said("Online space", "Espace en ligne")),
)
_FOLDERS = (
    said("Documents", "Documents"),
    said("Pictures", "Images"),
    said("Accounts", "Comptes"),
    said("Orders", "Commandes"),
)
# Folders whose name speaks of another place than the one where they are.
_MISLEADING = (
    said("Copied from the USB stick", "Copié de la clé USB"), said("To put online", "À mettre en ligne"),
    said("For the computer at the office", "Pour l’ordinateur du bureau"),
)  # fmt: skip
_NAMES = (
    said("quote-{x}.odt", "devis-{x}.odt"),
    said("plan-{x}.pdf", "plan-{x}.pdf"),
    said("photo-{x}.jpg", "photo-{x}.jpg"),
    said("prices-{x}.ods", "tarifs-{x}.ods"),
    said("letter-{x}.odt", "lettre-{x}.odt"),
    said("budget-{x}.ods", "budget-{x}.ods"),
    said("list-{x}.csv", "liste-{x}.csv"),
    said("logo-{x}.png", "logo-{x}.png"),
    said("contract-{x}.pdf", "contrat-{x}.pdf"),
    said("poster-{x}.pdf", "affiche-{x}.pdf"),
    said("schedule-{x}.ods", "planning-{x}.ods"),
    said("minutes-{x}.odt", "compte-rendu-{x}.odt"),
)


def joined(parts: list[Said], end: Said) -> Said:
    """A path in each language: folders, then the name of the file."""
    return {lang: "/".join([*(part[lang] for part in parts), end[lang]]) for lang in ("en", "fr")}


@generator("storage_where", takes=("misleading",))
def draw_where(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Files of three places in one explorer; four of them must be located. `misleading`: folder names are no help."""
    folders = _MISLEADING if parameters.get("misleading") else _FOLDERS
    stems = choice.shuffled(_NAMES)
    names = [
        {lang: text.replace("{x}", mark) for lang, text in stem.items()}
        for stem, mark in zip(stems, (name.lower() for name in choice.some(FAMILY_NAMES, 12)), strict=True)
    ]
    spots = choice.shuffled([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    files = []
    for name, spot in zip(names, spots, strict=True):
        path = joined([_PLACES[spot][1], choice.one(folders)], name)
        day = date(2024, 1, 8) + timedelta(days=choice.below(300))
        files.append(
            {"path": path, "size": choice.between(12, 4000) * 1000, "modified": f"{day}T{choice.between(8, 17):02}:15"}
        )
    asked = _asked(choice, spots)
    labels, right = [label for label, _ in _PLACES], [spots[place] for place in asked]
    values, options, fields = linked(choice, [names[place] for place in asked], labels, right)
    facts = {"values": values, "options": options, "place": explorer_of(choice.shuffled(files))}
    return Drawn(facts, {"fields": fields})


def _asked(choice: Draw, spots: list[int]) -> list[int]:
    """Four files: one of each place, and one more."""
    order = choice.shuffled(range(len(spots)))
    firsts = [next(place for place in order if spots[place] == spot) for spot in range(3)]
    return choice.shuffled([*firsts, next(place for place in order if place not in firsts)])


@generator("storage_capacity", takes=("of",))
def draw_capacity(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """How many photos (`of: photos`) or hours of sound (`of: sound`) a card still holds: it comes out even."""
    if parameters["of"] == "photos":
        space, weight = choice.between(6, 60), choice.one((2, 4, 5, 8, 10))
        answer = space * 1000 // weight
        told = {"megabytes": {"number": space * 1000}}
    else:
        space, weight = choice.between(6, 60, 6), choice.one((500, 1000, 2000))
        answer = space * 1_000_000 // (weight * 60)
        told = {"megabytes": {"number": space * 1000}, "hour": {"number": weight * 60 // 1000}}
    values = {"house": choice.one(HOUSES), "space": space, "weight": {"number": weight}}
    return Drawn(
        {"values": values}, {"value": answer, "tolerance": 0, "values": {**told, "answer": {"number": answer}}}
    )
