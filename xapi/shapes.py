"""The small shapes that statements are made of, each checked strictly: InvalidStatement says where and why."""

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from xapi import times
from xapi.errors import InvalidStatement, below
from xapi.json_text import LARGEST, Json

DEEPEST = 12
"""How many levels of objects and lists a statement of ours may have; the plan's topics stand at seven."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>\"{}|\\^`%\x00-\x1f\x7f]|%[0-9A-Fa-f]{2})+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def require(holds: bool, path: str, reason: str) -> None:  # noqa: FBT001  # reads as a sentence: require(x, where, why)
    """Refuses what does not hold."""
    if not holds:
        raise InvalidStatement(path, reason)


def members(value: object, path: str, needed: Collection[str], allowed: Collection[str] = ()) -> Json:
    """An object with every needed member and none beyond the allowed ones."""
    if not isinstance(value, dict):
        raise InvalidStatement(path, "is not an object")
    for key in needed:
        require(key in value, path, f"lacks {key}")
    for key in value:
        require(key in needed or key in allowed, path, f"may not hold {key}")
    return value


def text(value: object, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidStatement(path, "is not a text, or an empty one")
    return value


def listed(value: object, path: str) -> list[Any]:
    """A list that is not empty."""
    if not isinstance(value, list) or not value:
        raise InvalidStatement(path, "is not a list, or an empty one")
    return value


def number(value: object, path: str) -> float:
    """A number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidStatement(path, "is not a number")
    return value


def iri(value: object, path: str) -> None:
    """An absolute IRI (RFC 3987); with http and https it names a host."""
    found = text(value, path)
    require(_IRI.fullmatch(found) is not None, path, f"is not an absolute IRI: {found}")
    try:
        parts = urlsplit(found)
    except ValueError as error:
        raise InvalidStatement(path, f"is not an absolute IRI: {error}") from error
    require(parts.scheme not in {"http", "https"} or bool(parts.hostname), path, f"names no host: {found}")


def uuid(value: object, path: str) -> None:
    """A UUID (RFC 9562) in its usual lower-case form."""
    require(isinstance(value, str) and _UUID.fullmatch(value) is not None, path, "is not a UUID")


def moment(value: object, path: str) -> None:
    """A moment in UTC with milliseconds and Z, of the calendar."""
    found = text(value, path)
    require(_MOMENT.fullmatch(found) is not None, path, "is not a moment in UTC with milliseconds and Z")
    _of_times(times.moment_of, found, path)


def duration(value: object, path: str) -> None:
    """An ISO 8601 duration whose length is certain."""
    _of_times(times.duration_of, text(value, path), path)


def language(value: object, path: str) -> None:
    """A language tag (RFC 5646)."""
    require(_LANGUAGE.fullmatch(text(value, path)) is not None, path, "is not a language tag")


def language_map(value: object, path: str) -> None:
    """Texts by language, at least one (xAPI Data §4.2)."""
    if not isinstance(value, dict) or not value:
        raise InvalidStatement(path, "is not a language map, or an empty one")
    for tag, said in value.items():
        language(tag, below(path, tag))
        text(said, below(path, tag))


def extensions(value: object, path: str) -> None:
    """Anything, by IRI (xAPI Data §4.1.7)."""
    if not isinstance(value, dict) or not value:
        raise InvalidStatement(path, "is not an object, or an empty one")
    for key in value:
        iri(key, below(path, key))


def json_value(value: object, path: str, depth: int = 0) -> None:
    """JSON that every LRS keeps: bounded nesting, exact numbers, no null, texts of UTF-8 without U+0000."""
    require(depth <= DEEPEST, path, f"is nested more than {DEEPEST} deep")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _text_kept(key, path)
            json_value(inner, below(path, key), depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            json_value(inner, f"{path}[{index}]", depth + 1)
    elif isinstance(value, str):
        _text_kept(value, path)
    elif not isinstance(value, bool):
        found = number(value, path)
        require(math.isfinite(found) and abs(found) <= LARGEST, path, "is not a number that JSON keeps exactly")


def _text_kept(value: object, path: str) -> None:
    if not isinstance(value, str):
        raise InvalidStatement(path, "has a name that is not a text")
    require("\x00" not in value, path, "holds U+0000, which not every LRS can store")
    require(not any("\ud800" <= letter <= "\udfff" for letter in value), path, "holds half a surrogate pair")


def _of_times(reader: Callable[[str], object], found: str, path: str) -> None:
    try:
        reader(found)
    except ValueError as error:
        raise InvalidStatement(path, str(error)) from error
