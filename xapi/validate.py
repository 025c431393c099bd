"""The strict check of a statement before it is stored: the specification's rules and the narrower ones of ours.

Ours: the actor is an account and nothing else, no name, mbox or openid anywhere in it; every verb has a display;
moments are UTC with milliseconds; no key that we do not emit; no null. Sections are those of xAPI 1.0.3 Data.
"""

from typing import Any

from xapi import interactions, shapes
from xapi.errors import InvalidStatement
from xapi.json_text import Json
from xapi.shapes import members, require
from xapi.vocabulary import ActivityType

_RESULT = ("score", "success", "completion", "response", "duration", "extensions")
_CONTEXT = ("registration", "contextActivities", "platform", "language", "extensions")
_DEFINITION = ("name", "description", "type", "interactionType", *interactions.COMPONENTS, "extensions")


def check(statement: object) -> None:
    """Raises InvalidStatement with the first place that is wrong and the reason; returns for a good statement."""
    shapes.json_value(statement, "$")
    parts = members(statement, "$", ("id", "actor", "verb", "object", "timestamp"), ("result", "context"))
    shapes.uuid(parts["id"], "$.id")
    check_actor(parts["actor"], "$.actor")
    verb = members(parts["verb"], "$.verb", ("id", "display"))
    shapes.iri(verb["id"], "$.verb.id")
    shapes.language_map(verb["display"], "$.verb.display")
    _activity(parts["object"], "$.object")
    shapes.moment(parts["timestamp"], "$.timestamp")
    if "result" in parts:
        _result(parts["result"], "$.result")
        _response(parts)
    if "context" in parts:
        _context(parts["context"], "$.context")


def check_actor(value: object, path: str) -> None:
    """An agent with exactly one identifier, its account (§2.4.2.3); what could name the person is not even allowed."""
    actor = members(value, path, ("account",), ("objectType",))
    require(actor.get("objectType", "Agent") == "Agent", f"{path}.objectType", "is not Agent")
    account = members(actor["account"], f"{path}.account", ("homePage", "name"))
    shapes.iri(account["homePage"], f"{path}.account.homePage")
    shapes.text(account["name"], f"{path}.account.name")


def _activity(value: object, path: str) -> None:
    activity = members(value, path, ("id",), ("objectType", "definition"))
    require(activity.get("objectType", "Activity") == "Activity", f"{path}.objectType", "is not Activity")
    shapes.iri(activity["id"], f"{path}.id")
    if "definition" in activity:
        _definition(activity["definition"], f"{path}.definition")


def _definition(value: object, path: str) -> None:
    definition = members(value, path, ("type",), _DEFINITION)
    shapes.iri(definition["type"], f"{path}.type")
    for key in ("name", "description"):
        if key in definition:
            shapes.language_map(definition[key], f"{path}.{key}")
    if "extensions" in definition:
        shapes.extensions(definition["extensions"], f"{path}.extensions")
    interactive = definition["type"] == ActivityType.CHALLENGE
    require(interactive == ("interactionType" in definition), path, "has a type that its interactionType contradicts")
    interactions.check_definition(definition, path)


def _result(value: object, path: str) -> None:
    result = members(value, path, (), _RESULT)
    require(bool(result), path, "is empty")
    for key in ("success", "completion"):
        require(isinstance(result.get(key, True), bool), f"{path}.{key}", "is neither true nor false")
    if "response" in result:
        shapes.text(result["response"], f"{path}.response")
    if "duration" in result:
        shapes.duration(result["duration"], f"{path}.duration")
    if "extensions" in result:
        shapes.extensions(result["extensions"], f"{path}.extensions")
    if "score" in result:
        _score(result["score"], f"{path}.score")


def _score(value: object, path: str) -> None:
    """§2.4.5.1: scaled within -1..1, raw within min..max, min below max."""
    score = members(value, path, ("scaled",), ("raw", "min", "max"))
    found = {key: shapes.number(given, f"{path}.{key}") for key, given in score.items()}
    require(-1 <= found["scaled"] <= 1, f"{path}.scaled", "is not within -1..1")
    low, high = found.get("min"), found.get("max")
    require(low is None or high is None or low < high, path, "has a min that is not below its max")
    if "raw" in found:
        require(low is None or found["raw"] >= low, f"{path}.raw", "is below min")
        require(high is None or found["raw"] <= high, f"{path}.raw", "is above max")


def _response(parts: Json) -> None:
    definition = parts["object"].get("definition", {})
    if "response" in parts["result"] and "interactionType" in definition:
        interactions.check_response(definition, parts["result"]["response"], "$.result.response")


def _context(value: object, path: str) -> None:
    context = members(value, path, ("registration", "extensions"), _CONTEXT)
    shapes.uuid(context["registration"], f"{path}.registration")
    shapes.extensions(context["extensions"], f"{path}.extensions")
    if "platform" in context:
        shapes.text(context["platform"], f"{path}.platform")
    if "language" in context:
        shapes.language(context["language"], f"{path}.language")
    if "contextActivities" in context:
        around = members(
            context["contextActivities"], f"{path}.contextActivities", (), ("parent", "grouping", "category")
        )
        for role, activities in around.items():
            _activities(activities, f"{path}.contextActivities.{role}")


def _activities(value: object, path: str) -> None:
    seen: set[Any] = set()
    for index, activity in enumerate(shapes.listed(value, path)):
        _activity(activity, f"{path}[{index}]")
        if activity["id"] in seen:
            raise InvalidStatement(f"{path}[{index}]", "is listed twice")
        seen.add(activity["id"])
