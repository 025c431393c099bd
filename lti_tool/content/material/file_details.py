"""Files of a small office in the simulated explorer: a file's own details, and files compared by a property."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.inventing import people

_FOLDERS = (
    {"en": "Customers", "fr": "Clients"},
    {"en": "Suppliers", "fr": "Fournisseurs"},
    {"en": "Workshop", "fr": "Atelier"},
)
_STEMS = (
    ({"en": "quote", "fr": "devis"}, "odt"),
    ({"en": "invoice", "fr": "facture"}, "pdf"),
    ({"en": "contract", "fr": "contrat"}, "pdf"),
    ({"en": "price-list", "fr": "tarifs"}, "ods"),
    ({"en": "minutes", "fr": "compte-rendu"}, "odt"),
    ({"en": "poster", "fr": "affiche"}, "png"),
)
_SIZES = ((640, 480), (800, 600), (1024, 768), (1280, 960), (1600, 1200), (2048, 1536), (2592, 1944), (3264, 2448))
_LARGEST = ((4000, 3000), (4608, 3456), (5184, 3888))


def _moment(choice: Draw, first: int = 2019, last: int = 2024) -> str:
    """A moment of those years, on a day above 12, so that no one can take the day for a month."""
    year, month, day = choice.between(first, last), choice.between(1, 12), choice.between(13, 28)
    return f"{year}-{month:02}-{day}T{choice.between(7, 19):02}:{choice.below(60):02}"


def _named(folder: Mapping[str, str], stem: Mapping[str, str], end: str) -> dict[str, str]:
    return {language: f"{folder[language]}/{stem[language]}{end}" for language in ("en", "fr")}


def _office(choice: Draw) -> list[dict[str, Any]]:
    """Every kind of document in every folder, in drawn order within a folder."""
    return [
        {"path": _named(folder, stem, f".{extension}"), "size": choice.between(20_100, 890_000),
         "created": _moment(choice, 2014, 2018), "modified": _moment(choice)}
        for folder in _FOLDERS for stem, extension in choice.shuffled(_STEMS)
    ]  # fmt: skip


@generator("file_details")
def draw_details(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """The size in kilobytes and the day of the last change of a file; the same names stand in other folders too."""
    files = _office(choice)
    asked = choice.one(files)
    names = {language: path.rpartition("/")[2] for language, path in asked["path"].items()}
    folders = {language: path.rpartition("/")[0] for language, path in asked["path"].items()}
    facts = {
        "values": {"file": names, "folder": folders},
        "place": {"name": "explorer", "start": "", "files": choice.shuffled(files)},
    }
    fields = {"size": {"value": asked["size"] / 1000, "tolerance": 0.6}, "day": {"date": asked["modified"][:10]}}
    return Drawn(facts, {"fields": fields})


@generator("file_modified")
def draw_modified(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """The file of a folder that was modified last; another one was created last."""
    files = _office(choice)
    folder = choice.one(_FOLDERS)
    own = [one for one in files if one["path"]["en"].startswith(folder["en"] + "/")]
    own[0]["modified"] = _moment(choice, 2025, 2025)
    names = {language: path.rpartition("/")[2] for language, path in own[0]["path"].items()}
    facts = {
        "values": {"folder": folder},
        "place": {"name": "explorer", "start": "", "files": choice.shuffled(files)},
    }
    accept = {language: [name, name.rpartition(".")[0]] for language, name in names.items()}
    return Drawn(facts, {"accept": accept, "values": {"name": names}})


@generator("file_columns", takes=("ask",))
def draw_columns(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The picture with the largest dimensions, or the longest recording of an author: `ask` is picture or recording."""
    authors = people(choice, 3)
    pictures = _pictures(choice, authors)
    recordings = _recordings(choice, authors)
    ask, author = parameters.get("ask", "picture"), choice.one(authors)
    if ask == "picture":
        best = max(pictures, key=lambda one: one["details"]["dimensions"][0])
    else:
        own = [one for one in recordings if one["details"]["author"] == author]
        best = max(own, key=lambda one: one["details"]["length"])
    files = choice.shuffled([*pictures, *recordings])
    facts = {"values": {"author": author}, "place": {"name": "explorer", "start": "", "files": files}}
    name = best["path"]
    return Drawn(facts, {"accept": [name, name.rpartition(".")[0]], "values": {"name": name}})


def _pictures(choice: Draw, authors: list[str]) -> list[dict[str, Any]]:
    """Two dozen pictures of which one is the largest; the heaviest file is another one."""
    numbers = choice.some(range(1000, 9999), 24)
    sizes = [choice.one(_LARGEST), *(choice.one(_SIZES) for _ in numbers[1:])]
    weights = [choice.between(900_000, 2_400_000), choice.between(6_000_000, 8_900_000)]
    weights += [choice.between(300_000, 5_200_000) for _ in numbers[2:]]
    return [
        {"path": f"photo-{number}.jpg", "size": weight, "modified": _moment(choice),
         "details": {"dimensions": list(size), "author": choice.one(authors)}}
        for number, size, weight in zip(numbers, sizes, weights, strict=True)
    ]  # fmt: skip


def _recordings(choice: Draw, authors: list[str]) -> list[dict[str, Any]]:
    """Six recordings of each author, all of different lengths; files of one length weigh very differently."""
    numbers = choice.some(range(100, 999), 6 * len(authors))
    lengths = choice.some(range(95, 3_500, 13), len(numbers))
    return [
        {"path": f"voice-{number}.mp3", "size": length * choice.between(8_000, 40_000), "modified": _moment(choice),
         "details": {"length": length, "author": authors[place % len(authors)]}}
        for place, (number, length) in enumerate(zip(numbers, lengths, strict=True))
    ]  # fmt: skip
