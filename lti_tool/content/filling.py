"""Values as a language writes them, and texts with their values filled in.

A value of the facts is a plain text or number (the same everywhere, whole numbers without grouping: a year), a text by
language `{"fr": ..., "en": ...}`, `{"date": "2019-01-21"}` (the day in words), `{"number": 1234.5}` (grouped and with
the decimal sign of the language), or `{"list": [value, ...]}`.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def say(value: Any, language: str) -> str:
    """A value of the facts as a text in the language; KeyError when a text by language lacks it altogether."""
    if isinstance(value, Mapping):
        return _say_shaped(value, language)
    if isinstance(value, float):
        return number_in_words(value, language)
    return str(value)


def _say_shaped(value: Mapping[str, Any], language: str) -> str:
    if "date" in value:
        return day_in_words(date.fromisoformat(value["date"]), language)
    if "number" in value:
        return number_in_words(value["number"], language)
    if "list" in value:
        return format_list([say(item, language) for item in value["list"]], locale=Locale.parse(language))
    text = value[language] if language in value else value["en"]
    return str(text)


def number_in_words(value: float, language: str) -> str:
    """`1,234.5` or `1 234,5`: every decimal that the value has."""
    return format_decimal(value, locale=Locale.parse(language), decimal_quantization=False)


def day_in_words(day: date, language: str) -> str:
    """`21 January 2019`, `21 janvier 2019`: day before month in English too, as the texts of the bank write it."""
    pattern = "d MMMM y" if language == "en" else "long"
    return first_of_month(format_date(day, format=pattern, locale=Locale.parse(language)), language)


def first_of_month(written: str, language: str) -> str:
    """The day in words as French writes it on the first of a month: `1er mars 2025`, an ordinal there only."""
    return f"1er{written[1:]}" if language == "fr" and written.startswith("1 ") else written


def language_name(code: str, language: str) -> str:
    """The name of a language in another: `Arabe`, the code itself where it has no name."""
    name = str(Locale.parse(language).languages.get(code, code))
    return name[:1].upper() + name[1:]


def fill(text: str, values: Mapping[str, Any], language: str) -> str:
    """The text with each `{name}` replaced by its value; KeyError names a value that is missing.

    Other braces stay as they are: nothing in a text is ever evaluated.
    """
    return _PLACE.sub(lambda found: say(values[found[1]], language), text)


def names_in(text: str) -> set[str]:
    """The names of the values that a text asks for."""
    return set(_PLACE.findall(text))
