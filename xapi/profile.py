"""The xAPI Profile that our statements follow (`profile.jsonld`, xAPI Profiles 1.0), and a check against it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from xapi import json_text
from xapi.errors import InvalidStatement
from xapi.json_text import Json

_STEP = re.compile(r"\.(?P<name>\w+)|\['(?P<key>[^']+)'\]|(?P<every>\[\*\])")


@cache
def text() -> str:
    """The profile as it is published: JSON-LD."""
    return files("xapi").joinpath("profile.jsonld").read_text(encoding="utf-8")


@cache
def listed() -> frozenset[str]:
    """Every IRI that the profile defines as a concept or names in a template."""
    document = _document()
    named = {concept["id"] for concept in document["concepts"]}
    for template in document["templates"]:
        named |= {template["verb"], template["objectActivityType"]}
        named |= {*template["contextCategoryActivityType"], *template.get("contextParentActivityType", ())}
        named |= {value for rule in template["rules"] for value in rule.get("all", ()) if isinstance(value, str)}
    return frozenset(named)


def emitted(statement: Mapping[str, Any]) -> frozenset[str]:
    """The IRIs of verb, activity types and extensions that a statement uses."""
    context, result = statement["context"], statement.get("result", {})
    activities = [statement["object"], *(one for group in context["contextActivities"].values() for one in group)]
    types = {activity["definition"]["type"] for activity in activities}
    return frozenset({statement["verb"]["id"], *types, *context["extensions"], *result.get("extensions", {})})


def check(statement: Mapping[str, Any]) -> str:
    """The id of the template that a statement of ours follows; InvalidStatement where it strays from the profile."""
    unlisted = emitted(statement) - listed()
    if unlisted:
        raise InvalidStatement("$", f"uses what the profile does not list: {', '.join(sorted(unlisted))}")
    template = _template(statement)
    for rule in template["rules"]:
        _check_rule(statement, rule)
    return str(template["id"])


@cache
def _document() -> Json:
    found: Json = json_text.parse(text())
    return found


def _template(statement: Mapping[str, Any]) -> Json:
    """The template whose determining properties the statement has (xAPI Profiles §9)."""
    around = statement["context"]["contextActivities"]
    for template in _document()["templates"]:
        determined = (
            template["verb"] == statement["verb"]["id"]
            and template["objectActivityType"] == statement["object"]["definition"]["type"]
            and set(template["contextCategoryActivityType"]) <= _types(around.get("category", ()))
            and set(template.get("contextParentActivityType", ())) <= _types(around.get("parent", ()))
        )
        if determined:
            found: Json = template
            return found
    raise InvalidStatement("$", "follows no template of the profile")


def _types(activities: list[Json]) -> set[str]:
    return {activity["definition"]["type"] for activity in activities}


def _check_rule(statement: Mapping[str, Any], rule: Json) -> None:
    values = list(_values(statement, rule["location"]))
    if rule.get("presence") == "included" and not values:
        raise InvalidStatement(rule["location"], "is not there, against the profile")
    if rule.get("presence") == "excluded" and values:
        raise InvalidStatement(rule["location"], "is there, against the profile")
    if "all" in rule and not all(value in rule["all"] for value in values):
        raise InvalidStatement(rule["location"], "has a value that the profile does not list")


def _values(value: Any, location: str) -> Iterator[Any]:
    """What stands at a location: the JSONPath of the profile's rules, `.name`, `['key']` and `[*]` only."""
    found = [value]
    for step in _STEP.finditer(location):
        if step["every"]:
            found = [inner for one in found if isinstance(one, list) for inner in one]
        else:
            key = step["name"] or step["key"]
            found = [one[key] for one in found if isinstance(one, dict) and key in one]
    yield from found
