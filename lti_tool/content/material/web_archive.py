"""A web archive with thirty captures of one page, whose announced fee (scene `fee`) or closing time (`hour`) changes.

The day asked for has no capture: what counts is the last one before it, and the next one shows another value.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import day_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, table
from lti_tool.content.places.browser import Heading, Link, Links, Opener, Page, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph

_WORDS = table("web_archive")
ARCHIVE = "memoire-du-web.example"
HOUSES = _WORDS["houses"]
HOSTS = {"fee": "clinique", "hour": "mediatheque"}
PATHS = _WORDS["paths"]
TITLES = _WORDS["titles"]
SAYS = _WORDS["says"]
ALSO = _WORDS["also"]
NAME = _WORDS["name"]
MOTTO = _WORDS["motto"]
CALENDAR = _WORDS["calendar"]
COUNT = _WORDS["count"]
BANNER = _WORDS["banner"]
TODAY = _WORDS["today"]
BACK = _WORDS["back"]
SEE = _WORDS["see"]


def _days(choice: Draw, first: date) -> list[date]:
    """Thirty days, 12 to 95 days apart."""
    days = [first]
    while len(days) < 30:
        days.append(days[-1] + timedelta(days=choice.between(12, 95)))
    return days


def _values(choice: Draw, scene: str, changes: Sequence[int]) -> list[str]:
    """A value for each capture; it changes at the given captures, never to one that it has had before."""
    kinds = [f"{hour}:{half}" for hour in range(14, 21) for half in ("00", "15", "30", "45")]
    pool = kinds if scene == "hour" else [str(amount) for amount in range(18, 78)]
    drawn = choice.some(pool, len(changes) + 1)
    return [drawn[sum(place >= change for change in changes)] for place in range(30)]


@generator("web_archive", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Thirty captures, six changes, and a day just before a capture that shows a change."""
    scene = parameters["scene"]
    word, plant = choice.one(PLANTS)
    days = _days(choice, date(choice.between(2014, 2017), choice.between(1, 12), choice.between(1, 28)))
    changes = sorted(place * 4 + choice.between(1, 4) for place in range(1, 7))
    asked = choice.one(changes[1:5])
    day = days[asked] - timedelta(days=choice.between(3, 9))
    values = _values(choice, scene, changes)
    house = {lang: HOUSES[scene][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    place = {"name": "browser", "world": "web_archive", "home": f"{HOSTS[scene]}-{word}.example", "scene": scene,
             "house": house, "town": choice.one(TOWNS), "days": [one.isoformat() for one in days], "shown": values,
             "others": _values(choice, scene, changes[::2])}  # fmt: skip
    facts = {"values": {"house": house, "day": {"date": day.isoformat()}}, "place": place}
    value = values[asked - 1]
    truth: dict[str, Any] = {"time": value} if scene == "hour" else {"value": int(value), "tolerance": 0}
    return Drawn(facts, {**truth, "values": {"before": {"date": days[asked - 1].isoformat()},
                                             "after": {"date": days[asked].isoformat()}}})  # fmt: skip


@world("web_archive")
def archive(spec: Mapping[str, Any], language: str) -> Opener:
    """The page of today, the calendar of the archive by year, and each capture."""
    scene, live = spec["scene"], f"{spec['home']}/{PATHS[spec['scene']][language]}"
    days = [date.fromisoformat(day) for day in spec["days"]]
    calendar = f"{ARCHIVE}/{live}"
    archive = Site(NAME[language], MOTTO[language])
    house = Site(spec["house"][language], spec["town"][language])
    see = Links((Link(SEE[language], calendar),))
    today = (*_told(spec, 29, language), see)
    pages = {
        spec["home"]: Page(house, TITLES[scene][language], today),
        live: Page(house, TITLES[scene][language], today),
    }
    parts: list[Any] = [Paragraph(COUNT[language])]
    for year in sorted({day.year for day in days}):
        links = tuple(Link(day_in_words(day, language), f"{calendar}/{day:%Y%m%d}") for day in days if day.year == year)
        parts += [Heading(str(year)), Links(links)]
    pages[calendar] = Page(archive, CALENDAR[language].format(address=live), tuple(parts))
    for place, day in enumerate(days):
        banner = Small(BANNER[language].format(day=day_in_words(day, language)))
        back = Links((Link(BACK[language], calendar), Link(TODAY[language], live)), row=True)
        told = (banner, *_told(spec, place, language), back)
        pages[f"{calendar}/{day:%Y%m%d}"] = Page(
            archive, f"{spec['house'][language]} – {TITLES[scene][language]}", told
        )
    return shelf(pages)


def _told(spec: Mapping[str, Any], place: int, language: str) -> tuple[Paragraph, Paragraph]:
    scene = spec["scene"]
    return (Paragraph(SAYS[scene][language].format(value=_written(spec["shown"][place], language))),
            Paragraph(ALSO[scene][language].format(other=_written(spec["others"][place], language))))  # fmt: skip


def _written(value: str, language: str) -> str:
    """A time as the language writes it (18 h 30, 18:30); an amount as it is."""
    return value.replace(":", " h ") if language == "fr" else value
