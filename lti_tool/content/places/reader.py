"""A text reader that shows the bytes of a file in the encoding that one chooses, rightly or as gibberish.

Specification: `lines`, `written` (the encoding in which the file was written), `file` (its name). It is opened in
Windows-1252, as an old program would.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.filling import say
from lti_tool.content.places import not_found, place
from lti_tool.content.presentation import PlacePage
from lti_tool.words import words

ENCODINGS = ("cp1252", "mac_roman", "utf_8", "cp1256", "cp720", "cp1253", "cp737")


def misread(text: str, written: str, read: str) -> str:
    """A text written in one encoding and read in another; a sign that stands for nothing is shown as a lozenge."""
    shown = text.encode(written).decode(read, errors="replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in shown)


@place("reader")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The file in the encoding `as`."""
    if path != "":
        return not_found(language)
    read = query.get("as", "")
    read = read if read in ENCODINGS else ENCODINGS[0]
    t = words(language).t
    values: dict[str, object] = {
        "choices": [(one, t(f"place.reader.{one}")) for one in ENCODINGS], "read": read,
        "lines": [misread(line, spec["written"], read) for line in spec["lines"]],
    }  # fmt: skip
    return PlacePage("places/reader/text.html", say(spec["file"], language), values)
