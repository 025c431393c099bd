"""Reads what strangers wrote: JSON values and form fields of any type and size, into texts that can be kept.

A text that cannot be kept (another type, too long, control characters, half of a surrogate pair, which no database
encodes) is either absent or shortened, as the function's name says; nothing here raises.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

LONGEST_ID: Final = 255  # characters; LTI 1.3 §5.3.3, §5.3.6 allow no more, and no column is wider
LONGEST_ADDRESS: Final = 4000
_UNKEEPABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PORTS: Final = {"https": 443, "http": 80}


def identifier(value: object, limit: int = LONGEST_ID) -> str | None:
    """The text itself when it can serve as an id (not empty, clean, not longer than `limit`), never a changed one."""
    if not isinstance(value, str) or not value.strip() or len(value) > limit or _UNKEEPABLE.search(value):
        return None
    return value


def shown_text(value: object, limit: int = LONGEST_ID) -> str | None:
    """A text for people: cleaned and cut to `limit` characters; None when nothing is left."""
    if not isinstance(value, str):
        return None
    return " ".join(_UNKEEPABLE.sub(" ", value[: limit * 4]).split())[:limit].strip() or None


def record(value: object) -> Mapping[str, Any]:
    """The value when it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: object, at_most: int = 100) -> tuple[str, ...]:
    """The usable ids of a JSON list (a lone text counts as a list of one), at most so many."""
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(found for found in (identifier(entry) for entry in listed[:at_most]) if found)


def web_address(value: object, *, plain_http: bool = True) -> str | None:
    """An absolute http(s) address without a password, as it was written; None when it is none."""
    text = identifier(value, LONGEST_ADDRESS)
    parts = split_address(text) if text else None
    if text is None or parts is None or " " in text or "\\" in text:
        return None
    return text if parts.scheme == "https" or plain_http else None


def split_address(text: str) -> SplitResult | None:
    """The parts of an http(s) address with a host and without a password, else None."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in _PORTS and (parts.hostname or "").encode("idna") and parts.port != 0
    except ValueError:  # a port that is no number, an unclosed bracket, a host that no resolver could be asked for
        return None
    return parts if usable and "@" not in parts.netloc else None


def origin(address: str) -> str | None:
    """`https://lms.example:8443` of an address: scheme, host in lower case, port unless it is the usual one."""
    parts = split_address(address)
    if parts is None or parts.hostname is None:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
