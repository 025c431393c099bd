"""Which language somebody reads: from what their LMS, their browser or their machine says of them."""

import re
from collections.abc import Collection, Mapping

from babel import localedata
from babel.core import get_global

LANGUAGES = ("fr", "en", "ar")
FALLBACK = "en"
NAMES = {"fr": "Français", "en": "English", "ar": "العربية"}
"""Each language by its own name, for a switch."""

_OTHERS = {"fr": ("en",), "en": ("fr",), "ar": ("fr", "en")}
_ENGLISH_FIRST = frozenset({"AE", "BH", "EG", "IQ", "JO", "KW", "LB", "LY", "OM", "PS", "QA", "SA", "SD", "SY", "YE"})
"""Regions of the Arabic language where English is the first foreign language of school and work; elsewhere French."""

_REGION = re.compile(r"[A-Z]{2}|[0-9]{3}")


def best_locale(wanted: str | None, header: str | None = None) -> str:
    """The supported locale of a tag such as `fr_CA`, `AR-tn` or `ar_JO.UTF-8`: `ar-TN`, or `ar` without a known region.

    Where the tag names no supported language, the first one of an Accept-Language header, else English; where it names
    no region (Moodle's Arabic is plain `ar`), the region that the header gives to the same language.
    """
    found = _supported(wanted)
    asked = [locale for part in (header or "").split(",") if (locale := _supported(part.split(";")[0]))]
    if found is None:
        return asked[0] if asked else FALLBACK
    return found if "-" in found else next((one for one in asked if one.startswith(found + "-")), found)


def best_language(wanted: str | None) -> str:
    """The supported language of a locale such as `fr_CA`, `fr-fr` or `ar-TN`, else English."""
    return best_locale(wanted).split("-")[0]


def best_of_header(header: str | None) -> str:
    """The first supported language of an Accept-Language header, in the order it lists them, else English."""
    return best_language(best_locale(None, header))


def fallbacks(locale: str) -> tuple[str, ...]:
    """The other languages in which a reader of this locale is given what is not written in their own, best first.

    French and English stand in for each other; for Arabic both do, in the order of the region's schools, French first
    where the region is not known.
    """
    language, _, region = locale.partition("-")
    return ("en", "fr") if language == "ar" and region in _ENGLISH_FIRST else _OTHERS[language]


def nearest_language(available: Collection[str], locale: str) -> str | None:
    """The reader's language when it is available, else the first of its fallbacks that is; None when none is."""
    return next((one for one in (locale.partition("-")[0], *fallbacks(locale)) if one in available), None)


def in_language(texts: Mapping[str, str], locale: str) -> str:
    """The text in the reader's language, else in the nearest one, else in whichever there is."""
    written = [language for language, text in texts.items() if text]
    return texts[nearest_language(written, locale) or next(iter(written), next(iter(texts)))]


def _supported(tag: str | None) -> str | None:
    """`AR_tn.UTF-8` -> `ar-TN`; None for another language than ours."""
    language, *parts = re.split("[-_]", re.split("[.@]", (tag or "").strip())[0])
    if language.lower() not in LANGUAGES:
        return None
    region = next((part.upper() for part in parts if _REGION.fullmatch(part.upper()) and part.upper() != "ZZ"), "")
    known = region in get_global("territory_zones") or localedata.exists(f"{language.lower()}_{region}")
    return f"{language.lower()}-{region}" if region and known else language.lower()
