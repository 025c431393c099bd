"""The rules of interactions (xAPI 1.0.3 Data §2.4.4.1): which components a type has, and what a response may say."""

from collections.abc import Mapping
from typing import Any

from xapi import responses, shapes
from xapi.json_text import Json
from xapi.shapes import require

COMPONENTS = ("choices", "scale", "source", "target", "steps")
_ALLOWED: Mapping[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
_DELIMITERS = ("[,]", "[.]", "[:]")


def check_definition(definition: Json, path: str) -> None:
    """A definition's components are those of its interaction type, all of them, each told once; none without a type."""
    kind = definition.get("interactionType")
    require(kind is None or kind in _ALLOWED, f"{path}.interactionType", f"is no interaction type: {kind}")
    allowed = _ALLOWED[kind] if isinstance(kind, str) else frozenset[str]()
    for name in COMPONENTS:
        require((name in definition) == (name in allowed), path, f"{kind} and {name} do not go together")
        if name in definition:
            _components(definition[name], f"{path}.{name}")


def check_response(definition: Json, response: str, path: str) -> None:
    """A response names known components only, and is a number where a number is asked."""
    kind = definition["interactionType"]
    if kind == "numeric":
        require(responses.is_number(response), path, "is not a number")
    elif kind == "true-false":
        require(response in {"true", "false"}, path, "is neither true nor false")
    elif kind in {"choice", "sequencing", "likert"}:
        known = _ids(definition["scale" if kind == "likert" else "choices"])
        for part in response.split("[,]"):
            require(part in known, path, f"names an unknown choice: {part}")
    elif kind in {"matching", "performance"}:
        _pairs(definition, response, path)


def _pairs(definition: Json, response: str, path: str) -> None:
    matching = definition["interactionType"] == "matching"
    left = _ids(definition["source" if matching else "steps"])
    for pair in response.split("[,]"):
        first, delimiter, second = pair.partition("[.]")
        require(bool(delimiter) and first in left, path, f"names an unknown source or step: {first}")
        require(not matching or second in _ids(definition["target"]), path, f"names an unknown target: {second}")


def _components(value: object, path: str) -> None:
    seen: set[str] = set()
    for index, component in enumerate(shapes.listed(value, path)):
        here = f"{path}[{index}]"
        found = shapes.members(component, here, ("id", "description"))
        name = shapes.text(found["id"], f"{here}.id")
        clean = name == "".join(name.split()) and not any(delimiter in name for delimiter in _DELIMITERS)
        require(clean, f"{here}.id", f"holds a space or a delimiter: {name}")
        require(name not in seen, f"{here}.id", f"is told twice: {name}")
        seen.add(name)
        shapes.language_map(found["description"], f"{here}.description")


def _ids(components: list[dict[str, Any]]) -> set[str]:
    return {component["id"] for component in components}
