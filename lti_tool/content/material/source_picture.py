"""A reverse image search: dated pages with the same photo, whole or cropped, and some that only resemble it.

The oldest of the exact matches tells where and when the photo was first published. Some of the pages that only
resemble it are older still.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.filling import day_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, said, table
from lti_tool.content.places.browser import (
    Heading,
    Link,
    Links,
    Opener,
    Page,
    Part,
    Site,
    Small,
    Thumbnail,
    shelf,
    world,
)
from lti_tool.content.presentation import Paragraph

_WORDS = table("source_picture")
HOST = "image-inverse.example"
PER_PAGE = 7
EXACT, ALIKE = 21, 4
NAMES = (
    "echo",
    "gazette",
    "courrier",
    "tribune",
    "mirador",
    "phare",
    "carnet",
    "lien",
    "relais",
    "souk",
    "agora",
    "port",
)
ENDINGS = ("info", "journal", "actu", "blog", "forum", "photos")
CAPTIONS = _WORDS["captions"]
VIRAL = _WORDS["viral"]
TITLE = _WORDS["title"]
MESSAGE = _WORDS["message"]
COUNT = _WORDS["count"]
MATCHES, SIMILAR = (
    said("Même photo", "Same photo"),
    said("Images ressemblantes (autre photo)", "Similar pictures (another photo)"),
)
PUBLISHED = _WORDS["published"]
WHOLE, CROPPED, OTHER = (
    said("La photo cherchée, entière", "The photo searched for, whole"),
    said("La photo cherchée, recadrée", "The photo searched for, cropped"),
    said("Une autre photo", "Another photo"),
)
RESULTS = _WORDS["results"]
SKIES, WALLS = ("#9fb8c9", "#c9b79f", "#a9a4b8", "#b8c4a4"), ("#b5794b", "#8c6a5d", "#c29a6b", "#7d7f8c", "#a65f4f")
COATS = ("#2f3e56", "#6b2f3a", "#3f5a3c")


@generator("source_picture", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Days, towns and captions of twenty-five pages in drawn order; the town and year of the oldest exact match."""
    scene = parameters["scene"]
    first = date(choice.between(2008, 2013), choice.between(1, 12), choice.between(13, 28))
    days = [first] + [first + timedelta(days=choice.between(420, 3400)) for _ in range(EXACT - 1)]
    older = [first - timedelta(days=choice.between(380, 1500)) for _ in range(ALIKE)]
    origin, viral, *rest = choice.some(range(len(TOWNS)), 7)
    towns = [origin] + [choice.one((viral, viral, *rest)) for _ in range(EXACT - 1 + ALIKE)]
    place = {
        "name": "browser",
        "world": "source_picture",
        "home": HOST,
        "scene": scene,
        "viral": viral,
        "days": [day.isoformat() for day in (*days, *older)],
        "towns": towns,
        "order": choice.shuffled(range(EXACT)),
        "captions": [choice.below(6) for _ in range(EXACT + ALIKE)],
        "picture": choice.token(),
        "sites": [_site(choice) for _ in range(EXACT + ALIKE)],
        "cropped": [choice.chance(1, 2) for _ in range(EXACT + ALIKE)],
    }
    place["captions"][0] = choice.between(0, 2)
    town = TOWNS[origin]
    fields = {"town": {"accept": {lang: [name] for lang, name in town.items()}}, "year": {"accept": [str(first.year)]}}
    told = {"town": town, "day": {"date": first.isoformat()}, "site": place["sites"][0]}
    message = {lang: VIRAL[scene][lang].format(town=TOWNS[viral][lang]) for lang in ("fr", "en")}
    return Drawn({"values": {"viral": message}, "place": place}, {"fields": fields, "values": told})


def _site(choice: Draw) -> str:
    return f"{choice.one(NAMES)}-{choice.one(ENDINGS)}{choice.between(2, 99)}.example"


@world("source_picture")
def results(spec: Mapping[str, Any], language: str) -> Opener:
    """Three pages of exact matches, similar pictures on the last."""
    frame = Site(TITLE[language])
    pages = -(-EXACT // PER_PAGE)
    shelved = {}
    for page in range(1, pages + 1):
        parts: list[Part] = [_thumbnail(spec, None, language)] if page == 1 else []
        viral = VIRAL[spec["scene"]][language].format(town=TOWNS[spec["viral"]][language])
        parts += [Paragraph(MESSAGE[language].format(viral=viral))] if page == 1 else []
        parts += [
            Small(COUNT[language].format(exact=EXACT, alike=ALIKE, page=page, pages=pages)),
            Heading(MATCHES[language]),
        ]
        for number in spec["order"][(page - 1) * PER_PAGE : page * PER_PAGE]:
            parts += _result(spec, number, language)
        if page == pages:
            parts += [Heading(SIMILAR[language])]
            for number in range(EXACT, EXACT + ALIKE):
                parts += _result(spec, number, language)
        links = tuple(Link(RESULTS[language].format(page=one), _address(one)) for one in range(1, pages + 1))
        shelved[_address(page)] = Page(frame, TITLE[language], (*parts, Links(links, row=True)))
    return shelf(shelved)


def _address(page: int) -> str:
    return HOST if page == 1 else f"{HOST}?page={page}"


def _result(spec: Mapping[str, Any], number: int, language: str) -> list[Part]:
    town = TOWNS[spec["towns"][number]][language]
    caption = CAPTIONS[spec["scene"]][spec["captions"][number]][language].format(town=town)
    day = day_in_words(date.fromisoformat(spec["days"][number]), language)
    dated = PUBLISHED[language].format(site=spec["sites"][number], day=day)
    return [_thumbnail(spec, number, language), Paragraph(caption), Small(dated)]


def _thumbnail(spec: Mapping[str, Any], number: int | None, language: str) -> Thumbnail:
    """The drawing of a result: the photo, a crop of it, or another one; None is the photo that was searched for."""
    other = number is not None and number >= EXACT
    shapes = _street(from_token(spec["picture"], str(number) if other else "photo"), spec["scene"])
    if other or number is None or not spec["cropped"][number]:
        return Thumbnail(shapes, "0 0 144 96", (OTHER if other else WHOLE)[language])
    return Thumbnail(shapes, f"{number % 5 * 8} {number % 3 * 8} 96 64", CROPPED[language])


Shape = tuple[str, dict[str, str]]


def _street(chance: Draw, scene: str) -> tuple[Shape, ...]:
    """A street of houses under a sky, with water in front or people in a line."""
    shapes = [_box(0, 0, 144, 96, chance.one(SKIES))]
    left = 0
    while left < 144:
        width, height = chance.between(20, 38), chance.between(30, 62)
        shapes += [
            _box(left, 78 - height, width, height, chance.one(WALLS)),
            _box(left + 7, 84 - height, 7, 9, "#3a3f4a"),
        ]
        left += width
    shapes.append(_box(0, 76, 144, 20, "#5f7f8f" if scene == "flood" else "#8a8578"))
    if scene == "flood":
        return (*shapes, *(_spot(12 + place * 44 + chance.below(7), 14, 2, "#7f9fae") for place in range(3)))
    people = (_spot(12 + place * 18 + chance.below(7), 4, 9, chance.one(COATS)) for place in range(7))
    return (*shapes, *people)


def _box(left: int, top: int, width: int, height: int, colour: str) -> Shape:
    return "rect", {"x": str(left), "y": str(top), "width": str(width), "height": str(height), "fill": colour}


def _spot(middle: int, wide: int, high: int, colour: str) -> Shape:
    return "ellipse", {"cx": str(middle), "cy": "80", "rx": str(wide), "ry": str(high), "fill": colour}
