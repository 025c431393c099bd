"""Numbers, shares, dates and durations as a region writes them (CLDR, by Babel), and values inside running text.

Babel chooses separators and names by region but always writes the digits 0 to 9; where CLDR says that a region counts
in Arabic-Indic digits (ar-JO, ar-EG..., not ar-TN, ar-DZ, ar-MA) they are exchanged here.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

from babel import Locale, localedata
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_RIGHT_TO_LEFT = frozenset({"ar"})
_ARABIC_DIGITS = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
_FIRST_STRONG, _LEFT_TO_RIGHT, _POP = "\u2068", "\u2066", "\u2069"
_CODE_OR_DIGITS = re.compile(f"{_LEFT_TO_RIGHT}[^{_POP}]*{_POP}|[0-9]+")
_FOREIGN = {"ltr": frozenset({"R", "AL", "AN"}), "rtl": frozenset({"L", "EN"})}


def direction_of(locale: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if locale.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def number(value: float, digits: int | None, locale: str) -> str:
    """1234.5 -> `1 234,5` in French; `digits` fixes the decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(value, format=pattern, locale=babel_locale(locale), numbering_system="default")
    return in_digits(written, locale)


def percent(share: float, locale: str) -> str:
    """.823 -> `82 %` in French, `82%` in English, `٨٢٪` in Jordan."""
    return in_digits(format_percent(share, locale=babel_locale(locale)), locale)


def date(moment: datetime, locale: str) -> str:
    """The day in words: `23 novembre 2026`, `23 تشرين الثاني 2026`."""
    return in_digits(format_date(moment, format="long", locale=babel_locale(locale)), locale)


def moment_of(moment: datetime, locale: str) -> str:
    """Day and hour, in UTC; in Arabic with the month in words, as digits alone change places in mixed text."""
    pattern = "d MMMM y، HH:mm" if direction_of(locale) == "rtl" else "medium"
    return in_digits(format_datetime(moment, format=pattern, locale=babel_locale(locale)), locale) + " UTC"


def duration(seconds: float, locale: str) -> str:
    """5400 -> `1 heure et 30 minutes`: whole units, the two largest at most; under a second, `0 seconde`."""
    rest, told = max(0, round(seconds)), list[str]()
    for unit, size in _UNITS:
        count, left = divmod(rest, size)
        if len(told) < 2 and (count or (unit == "second" and not told)):
            told.append(
                format_unit(count, f"duration-{unit}", length=_length(unit, locale), locale=babel_locale(locale))
            )
            rest = left
    return in_digits(format_list(told, locale=babel_locale(locale)), locale)


def _length(unit: str, locale: str) -> Literal["long", "short"]:
    """Arabic says whole words in its short form too, and CLDR writes those of the day there only."""
    return "short" if (unit, direction_of(locale)) == ("day", "rtl") else "long"


def listing(texts: Sequence[str], locale: str) -> str:
    """`a, b et c`: each text isolated where it may run against the others."""
    return format_list([isolated(text, locale) for text in texts], locale=babel_locale(locale))


def in_digits(written: str, locale: str) -> str:
    """The same with the region's digits."""
    return written.translate(_ARABIC_DIGITS) if _own_digits(locale) else written


def sentence_in_digits(sentence: str, locale: str) -> str:
    """A sentence with the region's digits, save in code, which stands between U+2066 and U+2069."""
    if not _own_digits(locale):
        return sentence
    return _CODE_OR_DIGITS.sub(
        lambda found: found[0] if found[0].startswith(_LEFT_TO_RIGHT) else in_digits(found[0], locale), sentence
    )


def isolated(value: str, locale: str) -> str:
    """A value that goes into a sentence, isolated where it may run against the sentence (Unicode UAX #9 §2.4)."""
    foreign = _FOREIGN[direction_of(locale)]
    runs_against = any(unicodedata.bidirectional(sign) in foreign for sign in value)
    return f"{_FIRST_STRONG}{value}{_POP}" if runs_against else value


def _own_digits(locale: str) -> bool:
    return bool(babel_locale(locale).default_numbering_system == "arab")


@lru_cache(maxsize=128)
def babel_locale(locale: str) -> Locale:
    """CLDR's ways of writing for a locale; those of the language where it knows none for the region (`fr-LB`)."""
    known = localedata.exists(locale.replace("-", "_"))
    return Locale.parse(locale if known else locale.partition("-")[0], sep="-")
