"""Texts by language, without Flask: messages from the catalogues, numbers and dates as the language writes them.

Catalogues are `translations/<language>/<audience>.po` (gettext, read by Babel; every language has the same keys).
A message is named by a key (`attempt.start.title`), its values stand in braces (`{count}`); a plural message has
msgid and msgid_plural equal to its key and key + ".plural" and is asked for with `count`.
"""

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("fr", "en")
FALLBACK = "en"
_RIGHT_TO_LEFT = frozenset({"ar"})
_CATALOGUES = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's texts and ways of writing numbers and dates."""

    language: str
    catalogues: tuple[gettext.GNUTranslations, ...]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the page's dir attribute."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def t(self, key: str, /, **values: object) -> str:
        """The message of `key` with its values; KeyError when no catalogue of the language holds it."""
        for catalogue in self.catalogues:
            text = catalogue.gettext(key)
            if text != key:
                return text.format(**values) if values else text
        raise KeyError(key)

    def n(self, key: str, count: int, /, **values: object) -> str:
        """The plural form of `key` for `count`; `{count}` in it is the number as the language writes it."""
        for catalogue in self.catalogues:
            text = catalogue.ngettext(key, key + ".plural", count)
            if text not in {key, key + ".plural"}:
                return text.format(count=self.number(count), **values)
        raise KeyError(key)

    def number(self, value: float, digits: int | None = None) -> str:
        """1234.5 -> `1 234,5` in French; `digits` fixes the decimals."""
        pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=pattern, locale=Locale.parse(self.language))

    def percent(self, share: float) -> str:
        """.823 -> `82 %` in French, `82%` in English."""
        return format_percent(share, format=None, locale=Locale.parse(self.language))

    def date(self, moment: datetime) -> str:
        """The day in words: `23 novembre 2026`."""
        return format_date(moment, format="long", locale=Locale.parse(self.language))

    def moment(self, moment: datetime) -> str:
        """Day and hour, in UTC, as the language writes them."""
        return format_datetime(moment, format="medium", locale=Locale.parse(self.language)) + " UTC"


@lru_cache
def words(language: str) -> Words:
    """The texts of a supported language; KeyError for another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language, tuple(_read(path) for path in sorted((_CATALOGUES / language).glob("*.po"))))


def best_language(wanted: str | None, available: tuple[str, ...] = LANGUAGES) -> str:
    """The supported language of a locale such as `fr_CA`, `fr-fr` or `ar-TN`, else English."""
    primary = (wanted or "").replace("_", "-").split("-")[0].strip().lower()
    return primary if primary in available else FALLBACK


def best_of_header(header: str | None, available: tuple[str, ...] = LANGUAGES) -> str:
    """The first supported language of an Accept-Language header, in the order it lists them, else English."""
    wanted = [part.split(";")[0].strip() for part in (header or "").split(",")]
    return next(
        (
            best_language(tag, available)
            for tag in wanted
            if best_language(tag, (*available, "")) != FALLBACK or tag.lower().startswith(FALLBACK)
        ),
        FALLBACK,
    )


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, else in English, else in whichever there is."""
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()))


def _read(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parent.name)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
