"""A figure that travels from a report to a post, and changes on the way: five pages, each linked to the one before.

Page 0 is the post, 1 and 2 are articles, 3 is the press release, 4 the report. The figure is changed first by one of
the pages 0 to 3, and stays changed on every page after it in time. Scenes: `apprentices` and `water`.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.web_words import TOWNS, people, table
from lti_tool.content.places.browser import Link, Links, Opener, Page, Part, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph, Table

_WORDS = table("source_chain")
HOSTS = ("place-publique.example/p/4471", "echo-du-port.example/societe/812", "gazette-des-metiers.example/actu/77",
         "observatoire.example/presse/communique", "observatoire.example/publications/rapport")  # fmt: skip
SITES = _WORDS["sites"]
PAGES = _WORDS["pages"]
SOURCE = _WORDS["source"]
CLAIMS = _WORDS["claims"]
REPORT = _WORDS["report"]
METHOD = _WORDS["method"]
WHOM = _WORDS["whom"]
SIGNED = _WORDS["signed"]


def _changed(choice: Draw, figure: int) -> int:
    """Another figure of two digits: its digits swapped, or ten to nineteen more or less."""
    swapped = int(str(figure)[::-1])
    if choice.chance(1, 2) and swapped > 9 and abs(swapped - figure) > 8:
        return swapped
    return figure + choice.between(10, 19) * (1 if figure < 50 else -1)


@generator("source_chain", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Figures of four years, the year told, the page that changes the figure, and the figure that it makes of it."""
    scene = parameters["scene"]
    first = choice.between(2016, 2020)
    figures = choice.some(range(21, 80), 4)
    others = [_above(figure, drawn) for figure, drawn in zip(figures, choice.some(range(21, 80), 4), strict=True)]
    asked, changes = choice.below(4), choice.below(4)
    wrong = _changed(choice, figures[asked])
    place = {
        "name": "browser",
        "world": "source_chain",
        "home": HOSTS[0],
        "scene": scene,
        "first": first,
        "figures": figures,
        "others": others,
        "year": first + asked,
        "changes": changes,
        "wrong": wrong,
        "right": figures[asked],
        "town": choice.one(TOWNS),
        "people": people(choice, 3),
        "count": choice.between(41, 96) * 10,
    }
    options, ids = opaque(choice, list(PAGES))
    told = {"figure": figures[asked], "year": first + asked, "wrong": wrong, "page": PAGES[changes]}
    return Drawn({"values": {}, "place": place, "options": {"page": options}}, {
        "fields": {"figure": {"value": figures[asked], "tolerance": 0}, "year": {"accept": [str(first + asked)]},
                   "page": {"option": ids[changes]}},
        "values": told,
    })  # fmt: skip


def _above(figure: int, drawn: int) -> int:
    """The other figure of a year: more are at work a year later, more is not billed than leaks. 21..79 to above..97."""
    return figure + 2 + (drawn - 21) * (95 - figure) // 58


@world("source_chain")
def chain(spec: Mapping[str, Any], language: str) -> Opener:
    """The post, two articles, the press release and the report with its table."""
    pages = {}
    for place, host in enumerate(HOSTS[:4]):
        figure = spec["wrong"] if place <= spec["changes"] else spec["right"]
        claim = CLAIMS[spec["scene"]][place][language].format(
            figure=figure, year=spec["year"], town=spec["town"][language]
        )
        link = Link(SOURCE[place][language].format(name=SITES[place + 1][language]), HOSTS[place + 1])
        signed = (Small(SIGNED[language].format(person=spec["people"][place])),) if place < 3 else ()
        site = Site(SITES[place][language])
        pages[host] = Page(site, REPORT[spec["scene"]][0][language], (Paragraph(claim), *signed, Links((link,))))
    title = REPORT[spec["scene"]][0][language]
    pages[HOSTS[4]] = Page(Site(SITES[4][language]), title, _report(spec, language))
    return shelf(pages)


def _report(spec: Mapping[str, Any], language: str) -> tuple[Part, ...]:
    title, main, other, year = (one[language] for one in REPORT[spec["scene"]])
    rows = tuple(
        (str(spec["first"] + place), str(spec["figures"][place]), str(spec["others"][place])) for place in range(4)
    )
    method = METHOD[language].format(
        count=spec["count"] if spec["scene"] == "apprentices" else spec["count"] // 10,
        whom=WHOM[spec["scene"]][language], town=spec["town"][language],
    )  # fmt: skip
    return Paragraph(method), Table(title, (year, main, other), rows)
