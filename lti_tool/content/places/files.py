"""The files of a simulated explorer and their properties, as a language writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

from lti_tool.content.filling import first_of_month, say
from lti_tool.words import words

DETAILS = ("taken", "camera", "maker", "digitised", "author", "dimensions", "length", "pages", "subject", "program",
           "artist")  # fmt: skip
_KINDS = {
    "image": "jpg jpeg png gif webp bmp tif tiff svg heic", "sound": "mp3 wav ogg m4a flac",
    "video": "mp4 avi mov mkv webm", "text": "txt md log csv xml json html", "document": "docx odt doc rtf",
    "sheet": "xlsx ods xls", "slides": "pptx odp ppt", "pdf": "pdf", "archive": "zip 7z tar gz rar",
}  # fmt: skip
_BY_EXTENSION = {extension: kind for kind, extensions in _KINDS.items() for extension in extensions.split()}


@dataclass(frozen=True, slots=True)
class File:
    """A file as the explorer shows it; `n` names it in links."""

    n: int
    folder: str
    name: str
    size: int
    kind: str
    content: str | None
    details: Mapping[str, Any]


def files_of(spec: Mapping[str, Any], language: str) -> list[File]:
    """The files of a specification, numbered in its order."""
    files = []
    for number, one in enumerate(spec["files"]):
        folder, _, name = say(one["path"], language).rpartition("/")
        kind = _BY_EXTENSION.get(name.rpartition(".")[2].lower(), "other") if "." in name else "other"
        details = {key: one[key] for key in ("modified", "created") if key in one} | dict(one.get("details", {}))
        content = say(one["content"], language) if "content" in one else None
        files.append(File(number, folder, name, one["size"], kind, content, details))
    return files


def shown(one: File, key: str, language: str) -> str:
    """A property of a file as the language writes it; nothing where the file has no such property."""
    if key == "kind":
        return words(language).t(f"place.explorer.kind.{one.kind}")
    if key == "size":
        return weight(one.size, language)
    value = one.details.get(key)
    return "" if value is None else _WRITERS.get(key, say)(value, language)


def weight(size: int, language: str) -> str:
    """A size in the unit that suits it (steps of 1,000), three figures or so."""
    unit, divisor = next((pair for pair in (("gb", 10**9), ("mb", 10**6), ("kb", 1000)) if size >= pair[1]), ("b", 1))
    value = size / divisor
    pattern = "#,##0" if value >= 100 or divisor == 1 else "#,##0.0"
    number = format_decimal(value, format=pattern, locale=Locale.parse(language))
    return f"{number}\u00a0{words(language).t(f'place.explorer.unit.{unit}')}"


def moment(text: str, language: str) -> str:
    """`13 May 2024, 09:12`, day first in every language."""
    moment = format_datetime(datetime.fromisoformat(text), format="d MMM y, HH:mm", locale=Locale.parse(language))
    return first_of_month(moment, language)


def _area(value: Any, _language: str) -> str:
    return f"{value[0]} × {value[1]}"


def _length(value: Any, _language: str) -> str:
    return f"{value // 3600:02}:{value // 60 % 60:02}:{value % 60:02}"


_WRITERS: Mapping[str, Callable[[Any, str], str]] = {
    "modified": moment, "created": moment, "taken": moment, "digitised": moment, "dimensions": _area, "length": _length,
}  # fmt: skip
