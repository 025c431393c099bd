"""The statements in memory, by id, by registration and in the order of their arrival; safe between threads."""

import json
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lti_tool.clock import iso, parse
from lti_tool.demo.lrs.validation import VOIDED, fingerprint


class Conflict(Exception):
    """A statement of that id is there with other content."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One statement as it is given back (JSON text), with what it is looked up by."""

    number: int
    id: str
    text: str
    print: str
    at: datetime
    verb: str
    object_id: str
    registration: str | None
    actor: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for; None asks for everything."""

    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class StatementStore:
    """Everything that was ever taken. Nothing is deleted; a voided statement is only no longer shown."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[Stored] = []
        self._by_id: dict[str, Stored] = {}
        self._by_registration: dict[str, list[Stored]] = {}
        self._voided: set[str] = set()
        self._last: datetime | None = None

    def __len__(self) -> int:
        return len(self._all)

    def take(self, statements: Sequence[Mapping[str, Any]], now: datetime, authority: Mapping[str, Any]) -> list[str]:
        """Keeps the new ones of a batch and returns all ids; Conflict leaves everything as it was (§2.1.3 of Comm.)."""
        prepared = [(str(one.get("id") or uuid.uuid4()).lower(), one, fingerprint(one)) for one in statements]
        with self._lock:
            batch: dict[str, str] = {}
            for identity, _, printed in prepared:
                known = self._by_id.get(identity)
                if identity in batch or (known is not None and known.print != printed):
                    raise Conflict(identity)
                batch[identity] = printed
            for identity, one, printed in prepared:
                if identity not in self._by_id:
                    self._keep(identity, one, printed, now, authority)
        return [identity for identity, _, _ in prepared]

    def get(self, identity: str, *, voided: bool = False) -> Stored | None:
        """The statement of that id, among the voided or the others."""
        return self._by_id.get(identity.lower()) if (identity.lower() in self._voided) is voided else None

    def find(self, wanted: Wanted, *, ascending: bool, after: int | None, limit: int) -> tuple[list[Stored], bool]:
        """At most `limit` statements beyond number `after`, newest first or oldest first, and whether more follow."""
        found: list[Stored] = []
        for stored in self._in_order(wanted.registration, ascending=ascending):
            if after is not None and (stored.number <= after if ascending else stored.number >= after):
                continue
            if stored.id not in self._voided and _matches(stored, wanted):
                if len(found) == limit:
                    return found, True
                found.append(stored)
        return found, False

    def consistent_through(self, now: datetime) -> datetime:
        """Statements are there as soon as they are answered for."""
        return max(now, self._last or now)

    def _in_order(self, registration: str | None, *, ascending: bool) -> Iterator[Stored]:
        with self._lock:
            kept = self._all if registration is None else self._by_registration.get(registration.lower(), [])
            count = len(kept)
        order: Iterable[int] = range(count) if ascending else range(count - 1, -1, -1)
        return (kept[place] for place in order)

    def _keep(
        self, identity: str, one: Mapping[str, Any], printed: str, now: datetime, authority: Mapping[str, Any]
    ) -> None:
        # `stored` grows strictly, so that `since` and `until` cut between any two statements.
        at = now if self._last is None or now > self._last else self._last + timedelta(milliseconds=1)
        whole = {**one, "id": identity, "timestamp": one.get("timestamp", iso(at)), "stored": iso(at),
                 "authority": authority, "version": one.get("version", "1.0.0")}  # fmt: skip
        registration = one.get("context", {}).get("registration")
        stored = Stored(
            number=len(self._all),
            id=identity,
            text=json.dumps(whole, ensure_ascii=False),
            print=printed,
            at=at,
            verb=one["verb"]["id"],
            object_id=str(one["object"].get("id", "")),
            registration=registration.lower() if registration else None,
            actor=actor_key(one["actor"]),
        )
        self._last = at
        self._all.append(stored)
        self._by_id[identity] = stored
        if stored.registration:
            self._by_registration.setdefault(stored.registration, []).append(stored)
        if stored.verb == VOIDED and one["object"].get("objectType") == "StatementRef":
            self._voided.add(stored.object_id.lower())


def actor_key(actor: Mapping[str, Any]) -> str:
    """What identifies an agent, as one text; names do not."""
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in actor:
            return f"{name} {actor[name]}"
    account = actor.get("account", {})
    return f"account {account.get('homePage', '')} {account.get('name', '')}"


def moment(text: str) -> datetime:
    """The time of a `since` or `until`; ValueError without an offset."""
    return parse(text)


def _matches(stored: Stored, wanted: Wanted) -> bool:
    return (
        wanted.verb in {None, stored.verb}
        and wanted.activity in {None, stored.object_id}
        and wanted.actor in {None, stored.actor}
        and (wanted.since is None or stored.at > wanted.since)
        and (wanted.until is None or stored.at <= wanted.until)
    )
