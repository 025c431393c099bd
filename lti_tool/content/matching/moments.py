"""Days and times of day as people write them in French, English and Arabic."""

import re
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names

from lti_tool.content.matching.text import fold, plain_digits

_LOCALES = ("en", "fr", "ar", "ar_TN", "ar_DZ", "ar_MA", "ar_LB", "ar_JO")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{1,2}))?(?:[:.m]?([0-9]{2})s?)?h?(?:mn|min|m)?(am|pm|م|ص)?")
_SMALL_WORDS = frozenset({"er", "st", "nd", "rd", "th", "le", "the", "of"})
_TIME_SIGNS = str.maketrans({"：": ":", "٫": ":"})


class NotADate(ValueError):
    """What was typed cannot be read as one day with its year."""


class NotATime(ValueError):
    """What was typed cannot be read as a time of day."""


def read_date(text: str) -> str:
    """The day that was typed, as `2019-01-21`; NotADate where it is none.

    Year first, or day first; month first only where the other reading is no day (01/21/2019). Months may be words.
    """
    parts = re.findall(r"[0-9]+|[^\W\d_]+", fold(plain_digits(text), frozenset({"spaces", "punctuation"})))
    figures = [part for part in parts if part.isdecimal()]
    said = [part for part in parts if not part.isdecimal() and part not in _SMALL_WORDS]
    try:
        return _date_of(figures, _month_among(said)).isoformat()
    except (ValueError, KeyError):
        raise NotADate(text[:40]) from None


def _month_among(said: list[str]) -> str:
    """The name of the month, which may be two words; a weekday before it is dropped (`mar.` is both)."""
    whole = "".join(said)
    return whole if whole in _months() else "".join(word for word in said if word not in _weekdays())


def _date_of(figures: list[str], month: str) -> date:
    if month and len(figures) == 2:
        year, day = _year_apart(figures)
        return date(year, _months()[month], day)
    if not month and len(figures) == 3:
        if len(figures[0]) == 4:
            return date(int(figures[0]), int(figures[1]), int(figures[2]))
        first, second = int(figures[0]), int(figures[1])
        return date(_year(figures[2]), *((first, second) if second > 12 else (second, first)))
    if not month and len(figures) == 1 and len(figures[0]) == 8:
        return date.fromisoformat(figures[0])
    msg = "neither three figures nor a day, a month in words and a year"
    raise ValueError(msg)


def _year_apart(figures: list[str]) -> tuple[int, int]:
    first, second = figures
    return (int(first), int(second)) if len(first) == 4 else (_year(second), int(first))


def _year(figure: str) -> int:
    return 2000 + int(figure) if len(figure) == 2 else int(figure)


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                names[fold(name)] = number
    return {**names, "sept": 9}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        fold(name) for locale in _LOCALES for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=locale).values()
    )  # fmt: skip


def read_time(text: str) -> str:
    """The time of day that was typed, as `14:05` (seconds are dropped); NotATime where it is none."""
    folded = fold(plain_digits(text).translate(_TIME_SIGNS), frozenset({"punctuation"}))
    folded = folded.replace("a.m.", "am").replace("p.m.", "pm").replace("heures", "h").replace("heure", "h")
    found = _TIME.fullmatch(folded)
    if not found or not (found[2] or found[4] or "h" in folded):
        raise NotATime(text[:40])
    hour, minute = _twenty_four(int(found[1]), found[4]), int(found[2] or 0)
    if hour > 23 or minute > 59 or int(found[3] or 0) > 59:
        raise NotATime(text[:40])
    return f"{hour:02}:{minute:02}"


def _twenty_four(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return 99
    return hour % 12 + (12 if half in {"pm", "م"} else 0)
