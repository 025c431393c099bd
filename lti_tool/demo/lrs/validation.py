"""The least that a statement must be (xAPI 1.0.3 Data §2), and what makes two of them equal."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lti_tool.clock import iso, parse

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_PARTS = frozenset(
    {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"}
)
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_OBJECTS = frozenset({"Activity", "Agent", "Group", "StatementRef", "SubStatement"})
_CONTEXT = frozenset(
    {
        "registration",
        "instructor",
        "team",
        "contextActivities",
        "revision",
        "platform",
        "language",
        "statement",
        "extensions",
    }
)
_RESULT = frozenset({"score", "success", "completion", "response", "duration", "extensions"})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
# What the LRS itself sets does not make statements differ (§2.1.2).
_OF_THE_LRS = frozenset({"id", "stored", "authority", "version", "timestamp"})


class Invalid(ValueError):
    """A statement that is refused; the text says where and why."""


def check_statement(statement: object) -> dict[str, Any]:
    """The statement itself when it holds the least it must; Invalid otherwise."""
    if not isinstance(statement, dict):
        raise Invalid("a statement must be an object")
    _only(statement, _PARTS, "statement")
    _no_nulls(statement, "statement")
    if "id" in statement:
        _uuid(statement["id"], "id")
    for part in ("timestamp", "stored"):
        if part in statement:
            _time(statement[part], part)
    if not str(statement.get("version", "1.0")).startswith("1.0"):
        raise Invalid("version must begin with 1.0")
    _actor(statement.get("actor"), "actor")
    _iri(_mapping(statement.get("verb"), "verb").get("id"), "verb.id")
    _object(_mapping(statement.get("object"), "object"), "object")
    _result(_mapping(statement.get("result", {}), "result"))
    _context(_mapping(statement.get("context", {}), "context"))
    return statement


def fingerprint(statement: Mapping[str, Any]) -> str:
    """Equal for statements that the specification calls equal; the same moment may be written in several ways."""
    compared = {part: value for part, value in statement.items() if part not in _OF_THE_LRS}
    if "timestamp" in statement:
        compared["timestamp"] = iso(parse(statement["timestamp"]))
    return hashlib.sha256(json.dumps(compared, sort_keys=True).encode()).hexdigest()


def _only(mapping: Mapping[str, Any], allowed: frozenset[str], where: str) -> None:
    unknown = set(mapping) - allowed
    if unknown:
        raise Invalid(f"{where} has unknown properties: {', '.join(sorted(unknown))}")


def _no_nulls(value: object, where: str) -> None:
    """Null is nowhere allowed but inside extensions (§2.2)."""
    if value is None:
        raise Invalid(f"{where} is null")
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "extensions":
                _no_nulls(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            _no_nulls(inner, where)


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Invalid(f"{where} must be an object")
    return value


def _iri(value: object, where: str) -> None:
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        raise Invalid(f"{where} must be an IRI")


def _uuid(value: object, where: str) -> None:
    try:
        UUID(str(value))
    except ValueError as error:
        raise Invalid(f"{where} must be a UUID") from error


def _time(value: object, where: str) -> None:
    try:
        parse(str(value))
    except ValueError as error:
        raise Invalid(f"{where} must be a time with its offset") from error


def _actor(value: object, where: str) -> None:
    actor = _mapping(value, where)
    kind = actor.get("objectType", "Agent")
    found = [name for name in _IDENTIFIERS if name in actor]
    if kind == "Group" and not found and isinstance(actor.get("member"), list):
        for member in actor["member"]:
            _actor(member, f"{where}.member")
        return
    if kind not in {"Agent", "Group"} or len(found) != 1:
        raise Invalid(f"{where} must be an agent or group with exactly one identifier")
    if found == ["account"]:
        account = _mapping(actor["account"], f"{where}.account")
        _iri(account.get("homePage"), f"{where}.account.homePage")
        if not isinstance(account.get("name"), str) or not account["name"]:
            raise Invalid(f"{where}.account.name must be a text")


def _object(value: Mapping[str, Any], where: str) -> None:
    kind = value.get("objectType", "Activity")
    if kind not in _OBJECTS:
        raise Invalid(f"{where}.objectType is unknown")
    if kind == "Activity":
        _iri(value.get("id"), f"{where}.id")
    elif kind == "StatementRef":
        _uuid(value.get("id"), f"{where}.id")
    elif kind in {"Agent", "Group"}:
        _actor(value, where)


def _result(result: Mapping[str, Any]) -> None:
    _only(result, _RESULT, "result")
    for flag in ("success", "completion"):
        if flag in result and not isinstance(result[flag], bool):
            raise Invalid(f"result.{flag} must be true or false")
    score = _mapping(result.get("score", {}), "result.score")
    _only(score, frozenset({"scaled", "raw", "min", "max"}), "result.score")
    numbers = {name: _number(value, f"result.score.{name}") for name, value in score.items()}
    if not -1 <= numbers.get("scaled", 0.0) <= 1:
        raise Invalid("result.score.scaled must be from -1 to 1")
    raw = numbers.get("raw", 0.0)
    if "raw" in numbers and not numbers.get("min", raw) <= raw <= numbers.get("max", raw):
        raise Invalid("result.score.raw must be from min to max")
    _extensions(result, "result")


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid(f"{where} must be a number")
    return float(value)


def _context(context: Mapping[str, Any]) -> None:
    _only(context, _CONTEXT, "context")
    if "registration" in context:
        _uuid(context["registration"], "context.registration")
    for relation, activities in _mapping(context.get("contextActivities", {}), "context.contextActivities").items():
        if relation not in {"parent", "grouping", "category", "other"}:
            raise Invalid(f"context.contextActivities.{relation} is unknown")
        for activity in activities if isinstance(activities, list) else [activities]:
            _object(_mapping(activity, f"context.contextActivities.{relation}"), f"context.{relation}")
    _extensions(context, "context")


def _extensions(holder: Mapping[str, Any], where: str) -> None:
    for key in _mapping(holder.get("extensions", {}), f"{where}.extensions"):
        _iri(key, f"{where}.extensions key {key!r}")
