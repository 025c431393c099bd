"""A store of 230 files to search: by type, size and date, or by what is written in the files."""

from collections.abc import Mapping
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


@generator("file_find", takes=("by",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The file that meets the conditions, among near misses: `by: size` (a heavy PDF, last of a month), `by: content`."""
    year, month, limit = choice.between(2022, 2024), choice.between(2, 11), choice.between(1000, 2500, 500)
    numbers = choice.some(range(400, 990), 8)
    days = sorted(choice.some(range(13, 27), 6))

    def moment(place: int) -> str:
        return f"{year}-{month:02}-{days[place]}T{choice.between(8, 17):02}:{choice.between(10, 59)}"

    reference = str(choice.between(20_000, 89_000))
    heavy, light = (lambda: limit + choice.between(150, 1400)), (lambda: limit - choice.between(150, 700))
    if parameters["by"] == "size":
        # Two older, the wanted one, then later ones that are too light or of another type; heavier ones of other months.
        kinds = [
            ("pdf", heavy()),
            ("pdf", heavy()),
            ("pdf", heavy()),
            ("pdf", light()),
            ("odt", heavy()),
            ("pdf", light()),
        ]
        planted = [
            _file(choice, numbers[place], ending, size, moment(place), f"REF {reference}{place}")
            for place, (ending, size) in enumerate(kinds)
        ]
        after = f"{year}-{month + 1:02}-{choice.between(13, 27)}T10:15"
        planted.append(_file(choice, numbers[6], "pdf", heavy(), after, "REF 9001"))
        wanted = planted[2]
    else:
        texts = [
            f"REF {reference}",
            f"REF {reference}",
            f"REF {reference}",
            f"REF {reference[:4]}",
            f"REF {reference[1:]}",
        ]
        planted = [
            _file(
                choice, numbers[place], choice.one(("odt", "txt", "pdf")), choice.between(20, 900), moment(place), text
            )
            for place, text in enumerate(texts)
        ]
        planted.append(_file(choice, int(reference), "odt", choice.between(900, 4000), moment(5), "REF 9002"))
        wanted = planted[2]
    name = _name(wanted)
    facts = {
        "values": {"month": month_name(month), "year": year, "limit": {"number": limit / 1000}, "reference": reference},
        "place": {
            "name": "shelves",
            "start": "",
            "planted": choice.shuffled(planted),
            "token": choice.token(),
            "year": year,
            "month": month,
            "limit": limit,
        },
    }
    told = {"file": name, "day": int(wanted["modified"][8:10])}
    return Drawn(facts, {"accept": _accepted(name), "values": told})
