"""Texts of a specification in the language of the page, however deep they stand."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.filling import say

_SHAPED = ("en", "fr", "ar", "date", "number", "list")


def localised(thing: Any, language: str) -> Any:
    """The same lists and dictionaries with every text by language, date and number said in one language."""
    if isinstance(thing, Mapping):
        if any(name in thing for name in _SHAPED):
            return say(thing, language)
        return {name: localised(part, language) for name, part in thing.items()}
    if isinstance(thing, list | tuple):
        return [localised(part, language) for part in thing]
    return thing
