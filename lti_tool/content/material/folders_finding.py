"""A store of 230 files to search: by type, size and date, or by what is written in the files."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import Said, month_name
from lti_tool.content.places.shelves import FOLDERS, STEMS


def _file(choice: Draw, number: int, ending: str, size: int, moment: str, text: str) -> dict[str, Any]:
    folder, stem = choice.one(FOLDERS), choice.one(STEMS)
    path = {lang: f"{folder[lang]}/{stem[lang]}-{number}.{ending}" for lang in ("en", "fr")}
    return {"path": path, "size": size * 1000, "modified": moment, "content": text}


def _name(file: Mapping[str, Any]) -> Said:
    return {lang: path.rpartition("/")[2] for lang, path in file["path"].items()}


def _accepted(name: Said) -> dict[str, list[str]]:
    return {lang: [text, text.rpartition(".")[0]] for lang, text in name.items()}


def _by_size(choice: Draw, numbers: Sequence[int], moments: Sequence[str], after: str, limit: int) -> list[Any]:
    """Two older files, the wanted one, later ones that are too light or of another type, a heavy one of next month."""
    wanted = [("pdf", True), ("pdf", True), ("pdf", True), ("pdf", False), ("odt", True), ("pdf", False), ("pdf", True)]
    files = []
    for number, moment, (ending, heavy) in zip(numbers, [*moments, after], wanted, strict=True):
        size = limit + choice.between(150, 1400) if heavy else limit - choice.between(150, 700)
        files.append(_file(choice, number, ending, size, moment, f"REF {choice.between(20_000, 89_000)}"))
    return files


def _by_content(choice: Draw, numbers: Sequence[int], moments: Sequence[str], reference: str) -> list[Any]:
    """Two older files, the wanted one, later ones with a part of the reference or with it in their name."""
    texts = [reference, reference, reference, reference[:4], reference[1:], "90002"]
    names = [*numbers[:5], int(reference)]
    return [
        _file(choice, number, choice.one(("odt", "txt", "pdf")), choice.between(20, 900), moment, f"REF {text}")
        for number, moment, text in zip(names, moments, texts, strict=True)
    ]


@generator("file_find", takes=("by",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The file that meets the conditions among near misses: a heavy PDF, the last of a month (`by: size`), or the last
    with a reference in its text (`by: content`). The third of the planted files is the wanted one.
    """
    year, month, limit = choice.between(2022, 2024), choice.between(2, 11), choice.between(1000, 2500, 500)
    numbers, days = choice.some(range(400, 990), 7), sorted(choice.some(range(13, 27), 6))
    moments = [f"{year}-{month:02}-{day}T{choice.between(8, 17):02}:{choice.between(10, 59)}" for day in days]
    reference = str(choice.between(20_000, 89_000))
    if parameters["by"] == "size":
        after = f"{year}-{month + 1:02}-{choice.between(13, 27)}T10:15"
        planted = _by_size(choice, numbers, moments, after, limit)
    else:
        planted = _by_content(choice, numbers, moments, reference)
    name = _name(planted[2])
    store = {"token": choice.token(), "year": year, "month": month, "limit": limit, "planted": choice.shuffled(planted)}
    values = {"month": month_name(month), "year": year, "limit": {"number": limit / 1000}, "reference": reference}
    facts = {"values": values, "place": {"name": "shelves", "start": "", **store}}
    return Drawn(facts, {"accept": _accepted(name), "values": {"file": name, "day": days[2]}})
