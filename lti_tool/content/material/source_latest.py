"""Four pages of one office on the same fee, written on different days; the day stands in another place on each.

Scenes: `enrolment` (a training centre) and `bus` (a school office).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import day_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, table
from lti_tool.content.places.browser import Link, Links, Opener, Page, Part, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph

_WORDS = table("source_latest")
HOUSES = _WORDS["houses"]
HOSTS = {"enrolment": "centre", "bus": "lycee"}
TITLES = _WORDS["titles"]
SAYS = _WORDS["says"]
MORE = _WORDS["more"]
DAYS = _WORDS["days"]
FOUND = _WORDS["found"]
SEARCH = _WORDS["search"]


@generator("source_latest", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Four days months apart, four fees, four ways to show a day, in drawn order."""
    scene = parameters["scene"]
    word, plant = choice.one(PLANTS)
    days = [date(choice.between(2018, 2020), choice.between(1, 12), choice.between(13, 28))]
    for _ in range(3):
        days.append(days[-1] + timedelta(days=choice.between(70, 420)))
    order = choice.shuffled(range(4))
    fees = [12 + 3 * step for step in choice.some(range(16), 4)]
    place = {
        "name": "browser", "world": "source_latest", "home": f"{HOSTS[scene]}-{word}.example", "scene": scene,
        "plant": plant, "town": choice.one(TOWNS), "days": [days[one].isoformat() for one in order], "fees": fees,
        "ways": choice.shuffled(range(4)), "titles": choice.shuffled(range(4)), "number": choice.between(12, 88),
    }  # fmt: skip
    last = order.index(3)
    house = {lang: HOUSES[scene][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    told = {"title": TITLES[scene][place["titles"][last]], "day": {"date": days[3].isoformat()}}
    return Drawn({"values": {"house": house}, "place": place}, {"value": fees[last], "tolerance": 0, "values": told})


@world("source_latest")
def site(spec: Mapping[str, Any], language: str) -> Opener:
    """The list of what was found, and the four pages."""
    host, scene = spec["home"], spec["scene"]
    house = HOUSES[scene][language].format(plant=spec["plant"][language])
    frame = Site(house, spec["town"][language], (Link(SEARCH[language], host),), note=f"© {house}")
    titles = [TITLES[scene][one][language] for one in spec["titles"]]
    links = Links(tuple(Link(title, f"{host}/page-{place}") for place, title in enumerate(titles, start=1)))
    pages = {host: Page(frame, SEARCH[language], (Paragraph(FOUND[language]), links))}
    for place, title in enumerate(titles):
        pages[f"{host}/page-{place + 1}"] = Page(frame, title, _told(spec, place, language))
    return shelf(pages)


def _told(spec: Mapping[str, Any], place: int, language: str) -> tuple[Part, ...]:
    """What a page says: a day published stands above, the others below."""
    way, scene = spec["ways"][place], spec["scene"]
    day = day_in_words(date.fromisoformat(spec["days"][place]), language)
    dated = Small(DAYS[way][language].format(day=day, number=spec["number"]))
    text = (Paragraph(SAYS[scene][language].format(fee=spec["fees"][place])), Paragraph(MORE[scene][language]))
    return (dated, *text) if way in {0, 2} else (*text, dated)
