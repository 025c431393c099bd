"""An open data service: a page documents its address, which filters, sorts and pages sixty records.

Scenes: `workshops` (seats) and `wells` (depth). Figures differ within a set, so that a sorted list has one order only.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, said, table
from lti_tool.content.places import whole
from lti_tool.content.places.browser import Opener, Page, Query, Site, world
from lti_tool.content.presentation import Code, Paragraph, Table

_WORDS = table("web_open_data")
HOST = "donnees-ouvertes.example"
PATHS = _WORDS["paths"]
FIGURE = _WORDS["figure"]
NAMES = _WORDS["names"]
TITLES = _WORDS["titles"]
MEANS = _WORDS["means"]
ORDERS = _WORDS["orders"]
PER_PAGE = 5
INTRO = _WORDS["intro"]
CAPTION = _WORDS["caption"]
HEAD = _WORDS["head"]
MEANING = _WORDS["meaning"]
SAMPLE = _WORDS["sample"]
CODES = _WORDS["codes"]
FIELD = _WORDS["field"]
FOUND = _WORDS["found"]
EMPTY = _WORDS["empty"]


def records(token: str) -> list[tuple[str, int, int]]:
    """The sixty records of a token: identifier, town (place among four), figure; identifiers and figures differ."""
    chance = from_token(token)
    figures = chance.some(range(11, 99), 60)
    ids = chance.some(range(100, 1000), 60)
    return [(f"F{number}", chance.below(4), figure) for number, figure in zip(ids, figures, strict=True)]


def chosen(found: list[tuple[str, int, int]], town: int | None, least: int, order: str) -> list[tuple[str, int, int]]:
    """The records of a town with at least that figure; order: `id`, `figure` or either with a minus sign before it."""
    kept = [one for one in found if one[1] == (one[1] if town is None else town) and one[2] >= least]
    if not order:
        return kept
    key = 0 if order.endswith("id") else 2
    return sorted(kept, key=lambda one: one[key], reverse=order.startswith("-"))


@generator("web_open_data", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A town, a least figure and a direction; asked is the last record of a page that is full."""
    scene, token = parameters["scene"], choice.token()
    towns = choice.some(TOWNS, 4)
    found = records(token)
    town = max(range(4), key=lambda place: sum(one[1] == place for one in found))
    least, page, falling = choice.between(15, 30), 2, choice.chance(1, 2)
    kept = chosen(found, town, least, "-figure" if falling else "figure")
    last = kept[min(page * PER_PAGE, len(kept)) - 1]
    place = {"name": "browser", "world": "web_open_data", "bar": True, "home": HOST, "scene": scene, "token": token,
             "towns": towns}  # fmt: skip
    order = ORDERS[scene][0 if falling else 1]
    values = {"town": towns[town], "least": least, "page": page, "order": order, "figure": FIGURE[scene]}
    address = {lang: _address(scene, lang, town + 1, least, falling, page) for lang in ("fr", "en")}
    return Drawn(
        {"values": values, "place": place}, {"accept": [last[0]], "values": {"address": address, "id": last[0]}}
    )


def _address(scene: str, language: str, town: int, least: int, falling: bool, page: int) -> str:  # noqa: FBT001 - the parts of one address
    sign = "-" if falling else ""
    name = {key: said[language] for key, said in NAMES.items()}
    return (f"https://{HOST}/{PATHS[scene][language]}?{name['town']}={town}&min={least}"
            f"&{name['sort']}={sign}{FIGURE[scene][language]}&page={page}")  # fmt: skip


@world("web_open_data")
def service(spec: Mapping[str, Any], language: str) -> Opener:
    """The documentation at the host's address, the records at its path."""

    def open_page(address: str, query: Query) -> Page | None:
        if address == HOST:
            return _documentation(spec, language)
        return _answer(spec, query, language) if address == f"{HOST}/{PATHS[spec['scene']][language]}" else None

    return open_page


def _documentation(spec: Mapping[str, Any], language: str) -> Page:
    scene, base = spec["scene"], f"{HOST}/{PATHS[spec['scene']][language]}"
    figure = FIGURE[scene][language]
    samples = {"town": "3", "min": "40", "sort": f"-{figure}", "page": "3"}
    rows = tuple(
        (NAMES[key][language], MEANING[key][language].format(figure=figure), f"{NAMES[key][language]}={sample}")
        for key, sample in samples.items()
    )
    codes = ", ".join(f"{place} = {town[language]}" for place, town in enumerate(spec["towns"], start=1))
    parts = (
        Paragraph(INTRO[language].format(size=PER_PAGE, base=base)),
        Paragraph(FIELD[language].format(figure=figure, means=MEANS[scene][language])),
        Table(CAPTION[language], tuple(one[language] for one in HEAD), rows),
        Paragraph(CODES[language].format(codes=codes)),
        Code(f"https://{base}?min=40&{NAMES['sort'][language]}=id", SAMPLE[language]),
    )
    return Page(Site(said("Données ouvertes", "Open data")[language]), TITLES[scene][language], parts)


def _answer(spec: Mapping[str, Any], query: Query, language: str) -> Page:
    scene = spec["scene"]
    figure = FIGURE[scene][language]
    town = whole(query.get(NAMES["town"][language]), 0, 99, 0)
    order = query.get(NAMES["sort"][language], "").replace(" ", "").lower()
    if order.lstrip("-") not in {"id", figure}:
        order = ""
    kept = chosen(records(spec["token"]), town - 1 if town else None, whole(query.get("min"), 0, 999, 0), order)
    page = whole(query.get("page"), 1, 999, 1)
    shown = kept[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = tuple((name, spec["towns"][place][language], str(figure)) for name, place, figure in shown)
    head = ("id", said("ville", "town")[language], figure)
    pages = -(-len(kept) // PER_PAGE)
    count = Paragraph(FOUND[language].format(count=len(kept), page=page, pages=pages))
    listed = Table(TITLES[scene][language], head, rows) if rows else Paragraph(EMPTY[language])
    return Page(Site(said("Données ouvertes", "Open data")[language]), TITLES[scene][language], (count, listed))
