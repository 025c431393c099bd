"""A canonical response: as xAPI writes it, as JSON carries it, and as the hash that stands for it."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import rfc8785

from xapi.facts import Given

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def as_text(kind: str, given: Given) -> str | None:
    """The response in the form of its interaction type (xAPI Data §4.1.6.1): `[,]` between parts, `[.]` in pairs.

    None when it has no such form: nothing was chosen or written, or a number is asked and the text is none. A
    trainee's own text that holds a delimiter is spaced out here; the canonical response keeps it. Pairs are sorted,
    because an LRS may re-order the keys of the canonical response.
    """
    if kind == "numeric" and not (isinstance(given, str) and _NUMBER.fullmatch(given)):
        return None
    if isinstance(given, str):
        parts = [_plain(given)]
    elif isinstance(given, Mapping):
        parts = [f"{_plain(key)}[.]{_plain(value)}" for key, value in sorted(given.items()) if value]
    else:
        parts = [_plain(part) for part in given]
    text = "[,]".join(parts)
    return text if text.strip() else None


def is_number(text: str) -> bool:
    """Whether a text is a number as a numeric response is written."""
    return _NUMBER.fullmatch(text) is not None


def as_json(given: Given) -> str | list[str] | dict[str, str]:
    """The canonical response as a JSON value: a text, a list, or an object."""
    if isinstance(given, str):
        return given
    return dict(given) if isinstance(given, Mapping) else list(given)


def digest(statement: UUID, given: Any) -> str:
    """SHA-256 (hex) over the statement's id and the response as a JSON value, in canonical JSON (RFC 8785).

    With the id in it, two people who gave the same answer are not seen to have done so; a response of few possible
    values can still be guessed by whoever holds the statement.
    """
    return hashlib.sha256(rfc8785.dumps({"id": str(statement), "response": given})).hexdigest()


def _plain(text: str) -> str:
    for delimiter in ("[,]", "[.]", "[:]"):
        text = text.replace(delimiter, f"[ {delimiter[1]} ]")
    return text
