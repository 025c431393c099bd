"""What moving, copying, renaming and deleting do: foreseen from a list of actions, recognised between two evenings."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.cast import FAMILY_NAMES, HOUSES, Said, explorer_of, said
from lti_tool.content.material.folders_tree import at, named
from lti_tool.content.material.matched import linked

_PAIRS = (
    (said("To do", "À faire"), said("Done", "Terminé")), (said("Drafts", "Brouillons"), said("Sent", "Envoyés")),
    (said("Shared", "Partagé"), said("Personal", "Personnel")), (said("Quotes", "Devis"), said("Invoices", "Factures")),
)  # fmt: skip
_STEMS = (
    said("menu", "menu"),
    said("quote", "devis"),
    said("letter", "lettre"),
    said("poster", "affiche"),
    said("list", "liste"),
    said("plan", "plan"),
    said("minutes", "compte-rendu"),
    said("label", "etiquette"),
    said("form", "formulaire"),
)


def _say(english: str, french: str, *names: Said) -> Said:
    """A sentence in each language; {0}, {1}, ... are names."""
    return {lang: text.format(*(name[lang] for name in names)) for lang, text in (("en", english), ("fr", french))}


def _in(folder: Said) -> Said:
    """The folder in quotation marks."""
    return said(f"“{folder['en']}”", f"«\u00a0{folder['fr']}\u00a0»")


@generator("folder_after")
def draw_after(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Two folders and four actions: what does one of them hold afterwards?"""
    first, second = choice.shuffled(choice.one(_PAIRS))
    moved, renamed, third, copied, fifth, fresh = (named(stem, ".odt") for stem in choice.some(_STEMS, 6))
    deleted = choice.chance(1, 2)
    lost = (third, first) if deleted else (fifth, second)
    actions = [
        _say("Move {0} from {1} to {2}.", "Déplacer {0} du dossier {1} vers {2}.", moved, _in(first), _in(second)),
        _say("Copy {0} from {1} into {2}.", "Copier {0} du dossier {1} dans {2}.", copied, _in(second), _in(first)),
        _say("Rename {0} in {1} as {2}.", "Renommer {0} du dossier {1} en {2}.", renamed, _in(first), fresh),
        _say("Delete {0} from {1}.", "Supprimer {0} du dossier {1}.", lost[0], _in(lost[1])),
    ]  # fmt: skip
    here = [fresh, copied, *([] if deleted else [third])]
    there = [moved, copied, *([fifth] if deleted else [])]
    asked, right = choice.one(((first, here), (second, there)))
    everything = [moved, renamed, third, copied, fifth, fresh]
    shown, ids = proposals(choice, right, [name for name in everything if name not in right])
    head = [said("Folder", "Dossier"), said("Files at the start", "Fichiers au départ")]
    rows = [[first, {"list": [moved, renamed, third]}], [second, {"list": [copied, fifth]}]]
    facts = {
        "values": {"folder": asked}, "proposals": shown,
        "shown": [{"kind": "table", "caption": said("At the start", "Au départ"), "head": head, "rows": rows},
                  {"kind": "listing", "items": choice.shuffled(actions)}],
    }  # fmt: skip
    return Drawn(
        facts, {"right": ids, "values": {"moved": moved, "copied": copied, "renamed": renamed, "fresh": fresh}}
    )


_FATES = (
    said("moved to another folder", "déplacé dans un autre dossier"),
    said("renamed", "renommé"),
    said("copied to another folder", "copié dans un autre dossier"),
    said("deleted", "supprimé"),
    said("left as it was", "laissé tel quel"),
)
_EVENINGS = (said("Monday evening", "Lundi soir"), said("Tuesday evening", "Mardi soir"))


@generator("folder_compare")
def draw_compare(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """The same two folders on two evenings: what happened to four of the files? No fate comes twice."""
    folders = choice.shuffled(choice.one(_PAIRS))
    stems = choice.some(_STEMS, 7)
    fates = [*choice.some(range(5), 4), 4, 4]
    files: list[dict[str, Any]] = []
    for place, fate in enumerate(fates):
        inside = choice.below(2)
        name = named(stems[place], ".odt")
        kept = _file(choice, [_EVENINGS[0], folders[inside]], name)
        files.append(kept)
        later = {0: [(1 - inside, name)], 1: [(inside, named(stems[6], f"-{choice.one(FAMILY_NAMES).lower()}.odt"))],
                 2: [(inside, name), (1 - inside, name)], 3: [], 4: [(inside, name)]}[fate]  # fmt: skip
        files += [{**kept, "path": at([_EVENINGS[1], folders[spot]], new)} for spot, new in later]
    names = [named(stem, ".odt") for stem in stems[:4]]
    values, options, fields = linked(choice, names, _FATES, fates[:4])
    values["house"] = choice.one(HOUSES)
    facts = {"values": values, "options": options, "place": explorer_of(choice.shuffled(files))}
    return Drawn(facts, {"fields": fields})


def _file(choice: Draw, folders: list[Said], name: Said) -> dict[str, Any]:
    number = choice.between(1000, 9999)
    moment = f"2024-03-{choice.between(13, 20)}T{choice.between(8, 17):02}:{choice.between(10, 59)}"
    return {"path": at(folders, name), "size": choice.between(1100, 9900) * 10, "modified": moment,
            "content": said(f"Document no. {number}", f"Document n° {number}")}  # fmt: skip
