"""A learning record store, spoken to over a session that the caller owns (its auth, its guard, its certificates).

Every answer becomes one of a few kinds; nothing but a plain sign of storing counts as stored. What is doubtful is
Unknown: the same bytes may be sent again, because statements carry ids.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import requests

from xapi import exchange, json_text
from xapi.exchange import Reply
from xapi.json_text import Json


@dataclass(frozen=True, slots=True)
class Store:
    """Where an LRS is and how it is spoken to: xAPI version, time-outs in seconds, the largest answer in bytes."""

    endpoint: str
    version: str = "1.0.3"
    connect_timeout: float = 5.0
    read_timeout: float = 30.0
    whole_timeout: float = 120.0
    largest_answer: int = 16 * 1024 * 1024

    @property
    def statements(self) -> str:
        """The address of the statements resource."""
        return self.endpoint.rstrip("/") + "/statements"


@dataclass(frozen=True, slots=True)
class Stored:
    """Every statement that was posted is in the LRS."""


@dataclass(frozen=True, slots=True)
class Found:
    """The statement that was asked for."""

    statement: Json


@dataclass(frozen=True, slots=True)
class Absent:
    """The LRS has no statement of that id."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The LRS will not have these statements (400, 409, 413, 422): nothing of the batch was stored."""

    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The LRS does not let us in (401, 403)."""

    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Busy:
    """The LRS cannot now (408, 429, 5xx); `retry_after` in seconds where it says when."""

    status: int
    retry_after: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer, half of one, or one that means nothing here: it may have been stored or not."""

    words: str


Trouble = Refused | Unauthorised | Busy | Unknown
Answer = Stored | Trouble


class WalkStopped(Exception):
    """The walk through an LRS cannot go on; `trouble` is what stopped it."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def post(session: requests.Session, store: Store, texts: Sequence[str]) -> Answer:
    """Posts statements, given as their exact JSON texts, in one request (xAPI Communication §2.1.2)."""
    if not texts:
        raise ValueError("there is nothing to post")
    reply = _exchange(session, store, "POST", store.statements, body=f"[{','.join(texts)}]".encode())
    if isinstance(reply, Unknown):
        return reply
    if reply.status == 204:
        return Stored()
    if reply.status == 200:
        ids = _parsed(reply)
        if isinstance(ids, list) and all(_is_uuid(one) for one in ids):
            return Stored()
        return Unknown(f"200 without a list of ids: {reply.words}")
    return _trouble(reply)


def get(session: requests.Session, store: Store, statement: UUID) -> Found | Absent | Trouble:
    """One statement by its id (xAPI Communication §2.1.3)."""
    reply = _exchange(session, store, "GET", store.statements, params={"statementId": str(statement)})
    if isinstance(reply, Unknown):
        return reply
    if reply.status == 404:
        return Absent()
    if reply.status != 200:
        return _trouble(reply)
    found = _parsed(reply)
    if isinstance(found, dict) and str(found.get("id")).lower() == str(statement):
        return Found(found)
    return Unknown(f"200 without the statement: {reply.words}")


def walk(session: requests.Session, store: Store, query: Mapping[str, str], most_pages: int) -> Iterator[Json]:
    """Every statement that a query finds, page after page of `more`; WalkStopped when it cannot see them all.

    `more` may only lead to the same server (the session's credentials go with it), and never twice to the same page.
    """
    address, params, seen = store.statements, dict(query), set[str]()
    for _ in range(most_pages):
        page = _page(_exchange(session, store, "GET", address, params=params))
        yield from page["statements"]
        more = page.get("more")
        if not more:
            return
        address, params = _next(store, more, seen), {}
    raise WalkStopped(Unknown(f"there are more than {most_pages} pages"))


def _exchange(
    session: requests.Session,
    store: Store,
    method: str,
    address: str,
    *,
    params: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply | Unknown:
    headers = {"X-Experience-API-Version": store.version, "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    request = exchange.Request(method, address, headers, params or {}, body)
    limits = exchange.Limits(store.connect_timeout, store.read_timeout, store.whole_timeout, store.largest_answer)
    try:
        return exchange.send(session, request, limits)
    except exchange.NoAnswer as error:
        return Unknown(str(error))


def _trouble(reply: Reply) -> Trouble:
    if reply.status in {401, 403}:
        return Unauthorised(reply.status, reply.words)
    if reply.status in {400, 409, 413, 422}:
        return Refused(reply.status, reply.words)
    if reply.status in {408, 429} or reply.status >= 500:
        return Busy(reply.status, reply.retry_after, reply.words)
    return Unknown(f"{reply.status}{f' to {reply.location}' if reply.location else ''}: {reply.words}")


def _page(reply: Reply | Unknown) -> Json:
    if isinstance(reply, Unknown):
        raise WalkStopped(reply)
    if reply.status != 200:
        raise WalkStopped(_trouble(reply))
    page = _parsed(reply)
    found = page.get("statements") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise WalkStopped(Unknown(f"200 without statements: {reply.words}"))
    return page


def _next(store: Store, more: object, seen: set[str]) -> str:
    """The address of the next page; `more` is relative to the server, not to the endpoint."""
    address = _joined(store.statements, more)
    if address is None:
        raise WalkStopped(Unknown(f"more leads to another server: {str(more)[:200]}"))
    if address in seen:
        raise WalkStopped(Unknown("more leads round in a circle"))
    seen.add(address)
    return address


def _joined(base: str, more: object) -> str | None:
    """The address that `more` leads to, None where that is not the server of the base."""
    try:
        address = urljoin(base, more) if isinstance(more, str) else ""
        here, there = urlsplit(base), urlsplit(address)
    except ValueError:
        return None
    return address if (there.scheme, there.netloc) == (here.scheme, here.netloc) else None


def _parsed(reply: Reply) -> Any:
    try:
        return json_text.parse(reply.body)
    except ValueError:
        return None


def _is_uuid(value: object) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value) is not None
    )
