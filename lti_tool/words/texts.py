"""The messages of the catalogues, with their values in the way the reader's region writes them."""

import gettext
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lti_tool.words import writing
from lti_tool.words.languages import LANGUAGES, best_locale, fallbacks

_CATALOGUES = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's texts, and a region's ways of writing numbers and dates."""

    locale: str
    catalogues: tuple[gettext.GNUTranslations, ...]

    @property
    def language(self) -> str:
        """The language without the region, for the page's lang attribute and for choosing texts."""
        return self.locale.partition("-")[0]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the page's dir attribute."""
        return writing.direction_of(self.locale)

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """The languages in which the reader is given what is not written in their own."""
        return fallbacks(self.locale)

    def t(self, key: str, /, **values: object) -> str:
        """The message of `key` with its values; KeyError when no catalogue of the language holds it.

        Whole numbers get the region's digits (ungrouped), texts that run the other way are isolated.
        """
        for catalogue in self.catalogues:
            text = catalogue.gettext(key)
            if text != key:
                return self._filled(text, values)
        raise KeyError(key)

    def n(self, key: str, count: int, /, **values: object) -> str:
        """The plural form of `key` for `count`; `{count}` in it is the number as the language writes it."""
        for catalogue in self.catalogues:
            text = catalogue.ngettext(key, key + ".plural", count)
            if text not in {key, key + ".plural"}:
                return self._filled(text, {"count": self.number(count), **values})
        raise KeyError(key)

    def number(self, value: float, digits: int | None = None) -> str:
        """1234.5 -> `1 234,5` in French; `digits` fixes the decimals."""
        return writing.number(value, digits, self.locale)

    def percent(self, share: float) -> str:
        """.823 -> `82 %` in French, `82%` in English."""
        return writing.percent(share, self.locale)

    def date(self, moment: datetime) -> str:
        """The day in words: `23 novembre 2026`."""
        return writing.date(moment, self.locale)

    def moment(self, moment: datetime) -> str:
        """Day and hour, in UTC, as the language writes them."""
        return writing.moment_of(moment, self.locale)

    def duration(self, seconds: float) -> str:
        """A length of time in its two largest units: `1 heure et 30 minutes`."""
        return writing.duration(seconds, self.locale)

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts in a row: `a, b et c`."""
        return writing.listing(texts, self.locale)

    def isolated(self, value: str) -> str:
        """A value that is put beside other text by hand; `t` and `n` do this by themselves."""
        return writing.isolated(value, self.locale)

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        sentence = writing.sentence_in_digits(text, self.locale)
        return sentence.format(**{name: self._shown(one) for name, one in values.items()}) if values else sentence

    def _shown(self, value: object) -> object:
        if isinstance(value, str):
            return self.isolated(value)
        return writing.in_digits(str(value), self.locale) if isinstance(value, int | float) else value


def words(wanted: str) -> Words:
    """The texts of a supported language or locale; KeyError for another."""
    if wanted.replace("_", "-").partition("-")[0] not in LANGUAGES:
        raise KeyError(wanted)
    return _words(best_locale(wanted))


@lru_cache(maxsize=1024)
def _words(locale: str) -> Words:
    return Words(locale, _catalogues(locale.partition("-")[0]))


@lru_cache
def _catalogues(language: str) -> tuple[gettext.GNUTranslations, ...]:
    return tuple(_read(path) for path in sorted((_CATALOGUES / language).glob("*.po")))


def _read(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parent.name)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
