"""JSON in and out, in one way everywhere: compact, no NaN, and texts that survive UTF-8."""

import json
from typing import Any, NoReturn

Json = dict[str, Any]
"""A JSON object."""

LARGEST = 2**53 - 1
"""Beyond this a JSON number is not exact everywhere (RFC 8785 §3.2.2.3)."""


def write(value: object) -> str:
    """The compact JSON text of a value; ValueError for NaN and infinity, which JSON has not."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parse(text: str | bytes) -> Any:
    """The value of a JSON text; ValueError when it is none (NaN, wrong UTF-8 and endless nesting included)."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply to read") from error


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
