"""Facts become a statement: modelled by tincan, checked strictly, written once as the exact text to store and send."""

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tincan.statement import Statement as Model

from xapi import activities, chain, encoding, json_text, reading, responses, times, validate, vocabulary
from xapi.errors import InvalidStatement, UnreadableStatement
from xapi.facts import (
    Abandoned,
    Actor,
    Answered,
    Completed,
    Facts,
    Initialized,
    Outcome,
    Resumed,
    Score,
    Suspended,
    Terminated,
    Withheld,
)
from xapi.json_text import Json

VERB_OF: dict[type[Facts], vocabulary.Verb] = {
    Initialized: vocabulary.INITIALIZED,
    Answered: vocabulary.ANSWERED,
    Suspended: vocabulary.SUSPENDED,
    Resumed: vocabulary.RESUMED,
    Completed: vocabulary.COMPLETED,
    Terminated: vocabulary.TERMINATED,
    Abandoned: vocabulary.ABANDONED,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is stored and sent: `text` is the exact JSON, `hash` what the next one names as `previous`."""

    id: UUID
    verb: str
    timestamp: datetime
    text: str
    hash: str


def build(facts: Facts) -> Statement:
    """The statement of an event; InvalidStatement says what is wrong with the facts, which is a bug of the caller."""
    verb = VERB_OF[type(facts)]
    parts: Json = {
        "id": str(facts.id),
        "actor": actor(facts.setting.actor),
        "verb": {"id": verb.iri, "display": dict(verb.display)},
        "object": activities.of_object(facts),
        "context": _context(facts),
        "timestamp": times.moment_text(facts.timestamp),
    }
    result = _result(facts)
    if result:
        parts["result"] = result
    statement = _modelled(parts)
    validate.check(statement)
    _check_readable(statement)
    moment = times.moment_of(statement["timestamp"])
    return Statement(facts.id, verb.iri, moment, json_text.write(statement), chain.digest(statement))


def actor(who: Actor) -> Json:
    """An agent identified by its account and nothing else (xAPI Data §4.1.2.4)."""
    return {"objectType": "Agent", "account": {"homePage": who.home_page, "name": who.name}}


def _context(facts: Facts) -> Json:
    setting = facts.setting
    return {
        "registration": str(setting.attempt),
        "contextActivities": activities.of_context(facts),
        "platform": setting.platform,
        "language": setting.language,
        "extensions": encoding.context(facts),
    }


def _result(facts: Facts) -> Json:
    result: Json = {}
    if isinstance(facts, Answered):
        result["success"] = facts.outcome is Outcome.RIGHT
        if facts.given is not None and not isinstance(facts.given, Withheld):
            result["response"] = responses.as_text(facts.interaction.kind, facts.given)
    elif isinstance(facts, Completed):
        result["completion"] = True
        if facts.score is not None:
            result["score"] = _score(facts.score)
    if isinstance(facts, Answered | Completed):
        result["duration"] = times.duration_text(facts.duration)
    extensions = encoding.result(facts)
    if extensions:
        result["extensions"] = extensions
    return {key: value for key, value in result.items() if value is not None}


def _score(score: Score) -> Json:
    if score.maximum <= 0:
        raise InvalidStatement("$.result.score.max", "must be above 0")
    scaled = round(score.raw / score.maximum, 6)
    return {"scaled": scaled, "raw": score.raw, "min": score.minimum, "max": score.maximum}


def _modelled(parts: Json) -> Json:
    """The statement as tincan models it; it edits what it is handed and rewrites times, so it gets a copy."""
    try:
        model: Any = Model(copy.deepcopy(parts))  # type: ignore[no-untyped-call]  # tincan has no types
        statement: Json = model.as_version("1.0.3")
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidStatement("$", str(error)) from error
    statement.pop("version")  # the LRS sets it (xAPI Data §4.1.10)
    statement["timestamp"] = parts["timestamp"]
    if "duration" in parts.get("result", {}):
        statement["result"]["duration"] = parts["result"]["duration"]
    return statement


def _check_readable(statement: Json) -> None:
    """What cannot be read back cannot be audited, so it is refused before it is stored."""
    try:
        reading.read(statement)
    except UnreadableStatement as error:
        raise InvalidStatement(error.path, f"could not be read back: it {error.reason}") from error
