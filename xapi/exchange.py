"""One bounded HTTP exchange: never redirected, time-outs on connect, each read and the whole, and a largest size."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import requests
from urllib3.exceptions import HTTPError

LONGEST_WAIT = 86_400.0
"""No Retry-After is believed beyond a day (seconds)."""


class NoAnswer(Exception):
    """No whole answer came; the sentence says what happened instead."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    method: str
    address: str
    headers: Mapping[str, str]
    params: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited for connecting, for each read, for the whole (seconds); the largest answer (bytes)."""

    connect: float
    read: float
    whole: float
    largest: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, whole."""

    status: int
    body: bytes
    retry_after: float | None
    location: str | None

    @property
    def words(self) -> str:
        """The beginning of what the server says, fit for a log or a page."""
        said = "".join(letter if letter.isprintable() else " " for letter in self.body[:2000].decode(errors="replace"))
        return " ".join(said.split())[:300] or "(no words)"


def send(session: requests.Session, request: Request, limits: Limits) -> Reply:
    """The reply to one request; NoAnswer when the exchange fails, stalls, or is too large."""
    deadline = time.monotonic() + limits.whole
    try:
        with session.request(
            request.method,
            request.address,
            params=request.params,
            data=request.body,
            headers=request.headers,
            timeout=(limits.connect, limits.read),
            allow_redirects=False,
            stream=True,
        ) as response:
            body = _read(response, limits.largest, deadline)
            location = response.headers.get("Location")
            return Reply(response.status_code, body, _retry_after(response), location)
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        # ValueError: an address that requests cannot even parse
        raise NoAnswer(f"no answer: {type(error).__name__}: {error}"[:300]) from error


def _read(response: requests.Response, largest: int, deadline: float) -> bytes:
    """The whole body, taken as it arrives (`read1`, not `read`), so that one which trickles in meets the deadline."""
    body = bytearray()
    while piece := response.raw.read1(65_536, decode_content=True):
        body += piece
        if len(body) > largest:
            raise NoAnswer(f"the answer is larger than {largest} bytes")
        if time.monotonic() > deadline:
            raise NoAnswer("the answer took too long")
    return bytes(body)


def _retry_after(response: requests.Response) -> float | None:
    """Seconds to wait (RFC 9110 §10.2.3); a date is taken against the server's own clock, its Date header."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), LONGEST_WAIT)
    until, now = _date(text), _date(response.headers.get("Date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
