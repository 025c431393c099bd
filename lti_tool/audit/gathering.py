"""Statements in the order of an LRS become attempts: each is handed on as soon as all of it is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from xapi.json_text import Json
from xapi.vocabulary import ABANDONED, PROFILE, TERMINATED, ContextExtension

_ENDS = (TERMINATED.iri, ABANDONED.iri)


@dataclass(slots=True)
class Tally:
    """How many statements went by: of attempts of ours, and others."""

    ours: int = 0
    others: int = 0


@dataclass(slots=True)
class _Sheaf:
    """The statements of one attempt that came so far, and the sequence number of its end, once it came."""

    statements: list[Json] = field(default_factory=list)
    end: int | None = None

    def add(self, statement: Json) -> bool:
        """Takes a statement; whether the attempt is whole: as many statements as its end counts."""
        self.statements.append(statement)
        if _member(statement, "verb", "id") in _ENDS:
            self.end = sequence_of(statement)
        return self.end == len(self.statements)


def attempts(statements: Iterable[Json], tally: Tally) -> Iterator[tuple[str, list[Json]]]:
    """Attempt id and statements of each attempt, first those that end, then those that are cut or still open.

    What comes after an attempt was handed on is handed on as another sheaf of the same id.
    """
    held: dict[str, _Sheaf] = {}
    for statement in statements:
        attempt = attempt_of(statement)
        if attempt is None:
            tally.others += 1
            continue
        tally.ours += 1
        sheaf = held.setdefault(attempt, _Sheaf())
        if sheaf.add(statement):
            del held[attempt]
            yield attempt, sheaf.statements
    for attempt, sheaf in held.items():
        yield attempt, sheaf.statements


def in_sequence(statements: Sequence[Json]) -> list[Json]:
    """The statements of an attempt as they are numbered; what has no number comes last.

    An LRS orders by the moment of storing or of the event, which several statements of an attempt may share.
    """
    return sorted(statements, key=lambda one: sequence_of(one) or 2**53)


def attempt_of(statement: Json) -> str | None:
    """The attempt that a statement of ours belongs to; None for what is not ours or of no attempt."""
    named = _member(statement, "context", "extensions", ContextExtension.ATTEMPT)
    attempt = _member(statement, "context", "registration") or named
    return str(attempt).lower() if attempt and (named or _has_our_profile(statement)) else None


def sequence_of(statement: Json) -> int | None:
    """The number of a statement in its attempt; an LRS may have written 8 as 8.0."""
    number = _member(statement, "context", "extensions", ContextExtension.SEQUENCE)
    whole = not isinstance(number, bool) and isinstance(number, int | float) and number % 1 == 0
    return int(number) if whole else None


def person_of(statement: Json) -> str:
    """The account name of the actor, as far as it can be read."""
    return str(_member(statement, "actor", "account", "name") or "")


def _has_our_profile(statement: Json) -> bool:
    category = _member(statement, "context", "contextActivities", "category")
    named = category if isinstance(category, list) else [category]
    return any(str(_member(one, "id")).startswith(PROFILE) for one in named)


def _member(value: Any, *path: str) -> Any:  # a statement in an LRS may have any shape
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
