"""Texts by language, without Flask: messages from the catalogues, numbers and dates as a region writes them.

Catalogues are `translations/<language>/<audience>.po` (gettext, read by Babel; every language has the same keys).
A message is named by a key (`attempt.start.title`), its values stand in braces (`{count}`); a plural message has
msgid and msgid_plural equal to its key and key + ".plural" and is asked for with `count`.

A **language** is one of `LANGUAGES`; a **locale** is a language with or without a region (`fr`, `ar-TN`), as
`best_locale` gives it. Texts follow the language; digits, names of months and the language in which somebody reads
what is not written in their own follow the region. Whatever here takes a locale takes a language too.
"""

from lti_tool.words.languages import (
    FALLBACK,
    LANGUAGES,
    NAMES,
    best_language,
    best_locale,
    best_of_header,
    fallbacks,
    in_language,
    nearest_language,
)
from lti_tool.words.texts import Words, words
from lti_tool.words.writing import direction_of

__all__ = [
    "FALLBACK",
    "LANGUAGES",
    "NAMES",
    "Words",
    "best_language",
    "best_locale",
    "best_of_header",
    "direction_of",
    "fallbacks",
    "in_language",
    "nearest_language",
    "words",
]
