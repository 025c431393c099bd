"""Sixty notices, many of them out of date: one only is in the language and of the month asked for.

Themes: `grants` and `tenders`. Every notice carries a reference number; titles and texts are in the notice's language.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from babel.dates import get_month_names

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, table
from lti_tool.content.places.search import corpus

_WORDS = table("search_filters")

TITLES, TEXTS, KEYWORDS = _WORDS["titles"], _WORDS["texts"], _WORDS["keywords"]
QUERIES = _WORDS["queries"]
LANGUAGES = ("fr", "en", "ar")
IN = _WORDS["in"]


def _month(year: int, month: int) -> dict[str, str]:
    return {lang: f"{get_month_names('wide', locale=lang)[month]} {year}" for lang in ("fr", "en")}


@generator("search_filters", takes=("theme",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A theme, a language, a month and a reference number; the fifty-nine other notices follow from a token."""
    theme = parameters["theme"]
    language, year, month = choice.one(LANGUAGES), choice.between(2021, 2024), choice.between(1, 12)
    code = f"{choice.code(2, 'BCDFGHJKLM')}-{choice.between(2011, 9889)}"
    place = {
        "name": "search",
        "start": "",
        "corpus": "search_filters",
        "theme": theme,
        "token": choice.token(),
        "language": language,
        "code": code,
        "date": f"{year}-{month:02}-{choice.between(1, 28):02}",
    }
    values = {"in_language": IN[language], "month": _month(year, month), "word": QUERIES[theme]}
    return Drawn({"values": values, "place": place}, {"accept": [code], "values": {"code": code}})


@corpus("search_filters")
def pages(spec: Mapping[str, Any], _language: str) -> Iterable[Mapping[str, Any]]:
    """The notice asked for; others of its month in other languages, of its language in other months, and the rest."""
    chance = from_token(spec["token"])
    asked = (spec["date"][:7], spec["language"])
    others = [language for language in LANGUAGES if language != spec["language"]]
    moments = [(spec["date"][:7], chance.one(others)) for _ in range(6)]
    while len(moments) < 59:
        moment = (f"{chance.between(2021, 2024)}-{chance.between(1, 12):02}", chance.one(LANGUAGES))
        if moment != asked:
            moments.append(moment)
    found = [_notice(spec["theme"], spec["language"], spec["date"], spec["code"], chance)]
    for month, language in moments:
        code = f"{chance.code(2, 'BCDFGHJKLM')}-{chance.between(2011, 9889)}"
        found.append(_notice(spec["theme"], language, f"{month}-{chance.between(1, 28):02}", code, chance))
    return chance.shuffled(found)


def _notice(theme: str, language: str, date: str, code: str, chance: Draw) -> dict[str, Any]:
    town = _WORDS["towns"][language][chance.below(len(TOWNS))]
    text = TEXTS[theme][language].format(code=code)
    return {
        "title": TITLES[theme][language].format(town=town),
        "site": "annonces-publiques.example",
        "path": code.lower(),
        "text": f"{text}\n\n{KEYWORDS[theme]}",
        "summary": text.partition("\n")[0],
        "date": date,
        "language": language,
    }
