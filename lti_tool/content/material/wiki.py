"""Challenges around an encyclopedia article: its summary box, its language versions, its notes, its history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.inventing import aliases, turned
from lti_tool.content.material.town import (
    CENSUSES,
    SECTIONS,
    census,
    figures,
    name_of,
    sentence,
    texts,
    works,
)

_FIRST, _LAST = date(2017, 3, 1), date(2021, 10, 31)
_VERSIONS = ("fr", "en", "ar")
_CHANGED = {"altitude": "geography", "founded": "origins", "bridge": "bridge", "station": "transport",
            "school": "education", "club": "sport", "members": "economy", "objects": "culture"}  # fmt: skip

_YEARS = frozenset({"year", "founded", "bridge", "station", "school", "club"})


def _number(name: str, value: int) -> dict[str, Any]:
    """The truth of a number of the article; a year is told without a sign between its thousands."""
    truth: dict[str, Any] = {"value": value, "tolerance": 0}
    return {**truth, "grouped": False} if name in _YEARS else truth


def _place(token: str, **more: Any) -> dict[str, Any]:
    return {"name": "encyclopedia", "start": "", "corpus": "town", "token": token, **more}


@generator("wiki_fact", takes=("lines",))
def draw_fact(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A line of the summary box: which one is asked, of which town."""
    token = choice.token()
    line = choice.one(parameters.get("lines", ("mayor", "twin", "postcode")))
    value = str(figures(token)[line])
    facts = {"values": {"town": name_of(token), "line": texts()["box"][line]}, "place": _place(token)}
    return Drawn(facts, {"accept": [value, turned(value)], "values": {"value": value}})


@generator("wiki_figure", takes=("lines",))
def draw_figure(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A number of the summary box."""
    token = choice.token()
    line = choice.one(parameters.get("lines", ("altitude", "area", "founded", "bridge")))
    value = figures(token)[line]
    facts = {"values": {"town": name_of(token), "line": texts()["box"][line]}, "place": _place(token)}
    return Drawn(facts, {**_number(line, value), "values": {"value": value}})


@generator("wiki_census", takes=("versions",))
def draw_census(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The inhabitants of a year in one of the language versions, whose figures all differ."""
    token = choice.token()
    version = choice.one(parameters.get("versions", _VERSIONS))
    row = choice.below(len(CENSUSES))
    names = {"fr": {"fr": "française", "en": "French"}, "en": {"fr": "anglaise", "en": "English"},
             "ar": {"fr": "arabe", "en": "Arabic"}}  # fmt: skip
    values = {"town": name_of(token), "version": names[version], "year": CENSUSES[row]}
    facts = {"values": values, "place": _place(token, languages=list(_VERSIONS))}
    return Drawn(facts, {"value": census(token, version)[row], "tolerance": 0})


def _reference(choice: Draw) -> tuple[dict[str, Any], tuple[str, str, int, int], dict[str, Any]]:
    """Facts of a sentence of a new article, the work that supports it, and what may be told of it afterwards."""
    token = choice.token()
    place = choice.below(len(SECTIONS))
    work = works(token)[place]
    quoted = {language: sentence(token, SECTIONS[place], language) for language in ("fr", "en")}
    facts = {"values": {"town": name_of(token), "sentence": quoted}, "place": _place(token)}
    return facts, work, {"note": place + 1, "family": work[1]}


@generator("wiki_reference")
def draw_reference(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A sentence, its note, the work in the bibliography: author and year."""
    facts, (author, family, _, year), told = _reference(choice)
    fields = {"author": {"accept": [author, family, turned(author)]}, "year": _number("year", year)}
    return Drawn(facts, {"fields": fields, "values": told})


@generator("wiki_work")
def draw_work(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A sentence, its note, the title of the work in the bibliography."""
    facts, (_, _, title, _), told = _reference(choice)
    titles = texts()["works"][title]
    return Drawn(facts, {"accept": {language: [text] for language, text in titles.items()}, "values": told})


def _event(choice: Draw, parameters: Mapping[str, Any]) -> dict[str, Any]:
    day = date.fromisoformat(parameters["day"]) if "day" in parameters else choice.day(_FIRST, _LAST)
    at = f"{day.isoformat()}T{choice.between(7, 21):02}:{choice.below(60):02}"
    return {"at": at, "user": aliases(choice, 1)[0]}


@generator("wiki_editor", takes=("day", "dates"))
def draw_editor(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Who edited the page on a day, on which there is one edit only; `day` fixes it, `dates` how it is written."""
    token, event = choice.token(), _event(choice, parameters)
    dates = choice.one(parameters.get("dates", ("words", "figures", "iso")))
    facts = {"values": {"town": name_of(token), "day": {"date": event["at"][:10]}},
             "place": _place(token, event=event, dates=dates)}  # fmt: skip
    return Drawn(facts, {"accept": [event["user"]]})


@generator("wiki_change", takes=("values",))
def draw_change(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """What an edit replaced: the old value and the new one, which the article still has."""
    token, event = choice.token(), _event(choice, {})
    name = choice.one(parameters.get("values", tuple(_CHANGED)))
    new = figures(token)[name]
    old = new + choice.one((-1, 1)) * choice.between(2, 19)
    event |= {"section": _CHANGED[name], "old": old, "new": new}
    facts = {"values": {"town": name_of(token), "day": {"date": event["at"][:10]}}, "place": _place(token, event=event)}
    fields = {"before": _number(name, old), "after": _number(name, new)}
    truth = {"fields": fields, "values": {"user": event["user"]}}
    return Drawn(facts, truth)
