"""The chain that ties the statements of an attempt: each carries the hash of the one before it.

The hash covers what a statement claims (id, verb, object, moment, success, our extensions) and never who acted, with
the response always as its own hash: every receiver's variant of a statement has the same one. It is taken over
canonical JSON (RFC 8785), so an LRS may re-order keys, write 1.0 as 1, or give a moment another offset.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import rfc8785

from xapi import encoding, json_text, responses, times
from xapi.errors import UnreadableStatement
from xapi.json_text import Json
from xapi.rules import Plan, Versions
from xapi.vocabulary import INITIALIZED, NAMESPACE, ContextExtension, ResultExtension


class Break(StrEnum):
    """How a chain can fail."""

    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    MISSING = "missing"
    DOUBLED = "doubled"
    NO_BEGINNING = "no_beginning"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a chain fails: the sequence number due there, the statement met, and what was found."""

    kind: Break
    sequence: int
    statement: str
    expected: str
    found: str


def canonical(statement: Mapping[str, Any]) -> bytes:
    """The bytes that a statement's hash is taken over; UnreadableStatement when a part of it is not there."""
    try:
        claim: Json = {
            "id": str(UUID(statement["id"])),
            "verb": statement["verb"]["id"],
            "object": statement["object"]["id"],
            "timestamp": times.moment_text(times.moment_of(statement["timestamp"])),
            "extensions": _extensions(statement),
        }
        if "success" in statement.get("result", {}):
            claim["success"] = statement["result"]["success"]
        return rfc8785.dumps(claim)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise UnreadableStatement("$", f"has no canonical form: {type(error).__name__} {error}") from error


def digest(statement: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a statement's canonical form: what the next statement names as `previous`."""
    return hashlib.sha256(canonical(statement)).hexdigest()


def check(statements: Sequence[Mapping[str, Any]]) -> Difference | None:
    """The first difference in one attempt's statements, given in sequence from its beginning; None when they agree.

    It cannot see that the end is cut off, nor a change of the last statement: those show against the ledger.
    """
    previous: str | None = None
    attempt: object = None
    for due, statement in enumerate(statements, start=1):
        try:
            hashed = digest(statement)
            found = _check_one(statement, due, previous, attempt)
        except UnreadableStatement as error:
            return _difference(Break.UNREADABLE, due, statement, "a statement", str(error))
        if found:
            return found
        previous, attempt = hashed, statement["context"]["extensions"].get(ContextExtension.ATTEMPT)
    return None


def same(sent: str, stored: Mapping[str, Any]) -> bool:
    """Whether an LRS holds what was sent: for a conflict of ids. What an LRS adds or rewrites does not count."""
    try:
        return _essence(json_text.parse(sent)) == _essence(stored)
    except UnreadableStatement:
        return False


def commitment(seed: str, plan: Plan, versions: Versions) -> str:
    """SHA-256 (hex) over seed (hex), plan and versions: told at the start, checked when the seed is revealed."""
    claim: Json = {"seed": seed, "plan": encoding.plan(plan), "versions": encoding.versions(versions)}
    return hashlib.sha256(rfc8785.dumps(claim)).hexdigest()


def _check_one(statement: Mapping[str, Any], due: int, previous: str | None, attempt: object) -> Difference | None:
    extensions = _extensions(statement)
    sequence = extensions.get(ContextExtension.SEQUENCE)
    if due > 1 and extensions.get(ContextExtension.ATTEMPT) != attempt:
        return _difference(Break.FOREIGN, due, statement, attempt, extensions.get(ContextExtension.ATTEMPT))
    if sequence != due:
        earlier = isinstance(sequence, int | float) and sequence < due
        return _difference(Break.DOUBLED if earlier else Break.MISSING, due, statement, due, sequence)
    if due == 1 and statement["verb"]["id"] != INITIALIZED.iri:
        return _difference(Break.NO_BEGINNING, due, statement, INITIALIZED.iri, statement["verb"]["id"])
    if extensions.get(ContextExtension.PREVIOUS) != previous:
        return _difference(Break.ALTERED, due, statement, previous, extensions.get(ContextExtension.PREVIOUS))
    return None


def _difference(kind: Break, due: int, statement: Mapping[str, Any], expected: object, found: object) -> Difference:
    return Difference(kind, due, str(statement.get("id")), str(expected), str(found))


def _extensions(statement: Mapping[str, Any]) -> Json:
    """Our extensions of context and result together, the response as its hash."""
    every = {**statement["context"]["extensions"], **statement.get("result", {}).get("extensions", {})}
    ours = {key: value for key, value in every.items() if key.startswith(NAMESPACE)}
    if ResultExtension.RESPONSE in ours:
        given = ours.pop(ResultExtension.RESPONSE)
        ours[ResultExtension.RESPONSE_HASH] = responses.digest(UUID(statement["id"]), given)
    return ours


def _essence(statement: Mapping[str, Any]) -> bytes:
    """What must be equal between a statement sent and a statement stored, beside its claim: actor and result."""
    claim = canonical(statement)
    try:
        actor, context = statement["actor"]["account"], statement["context"]
        rest = {"actor": actor, "result": statement.get("result", {}), "registration": context["registration"]}
        return claim + rfc8785.dumps(rest)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UnreadableStatement("$", f"cannot be compared: {type(error).__name__} {error}") from error
