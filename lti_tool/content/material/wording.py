"""Texts of a topic file with their drawn values filled in, where the kinds do not do it: places and proposals."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.chance import Draw
from lti_tool.content.filling import fill, names_in, say
from lti_tool.content.shapes import LANGUAGES

Values = Mapping[str, Any]


def written(text: Any, values: Values) -> Any:
    """A text with its `{values}`, by language unless every language says the same.

    A text by language is written in its own languages, a plain text in all of them.
    """
    if isinstance(text, str) and not names_in(text):
        return text
    languages = [name for name in LANGUAGES if name in text] if isinstance(text, Mapping) else LANGUAGES
    said = {language: fill(say(text, language), values, language) for language in languages}
    return next(iter(said.values())) if len(set(said.values())) == 1 else said


def written_all(thing: Any, values: Values) -> Any:
    """The same lists and dictionaries with every text written; other values stay as they are."""
    if isinstance(thing, str):
        return written(thing, values)
    if isinstance(thing, Mapping):
        if "en" in thing:
            return written(thing, values)
        return {name: written_all(part, values) for name, part in thing.items()}
    if isinstance(thing, Sequence):
        return [written_all(part, values) for part in thing]
    return thing


def drawn_values(choice: Draw, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a draw, from the parameters of a challenge.

    `cases` is a list of sets of values of which one is drawn; `values` a list to draw from for each name; `numbers`
    the lowest, highest and step for each name. A value may use those before it.
    """
    values: dict[str, Any] = {}
    for name, text in choice.one(parameters.get("cases") or [{}]).items():
        values[name] = written_all(text, values)
    for name, texts in parameters.get("values", {}).items():
        values[name] = written_all(choice.one(texts), values)
    for name, (low, high, step) in parameters.get("numbers", {}).items():
        values[name] = choice.between(low, high, step)
    return values
