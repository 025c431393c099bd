"""A search engine over forty-odd pages of local businesses, with namesakes in other towns: a telephone number to read.

The house asked for has a page of its own; its name stands also in other towns, in a directory, in the news.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, people, table
from lti_tool.content.places.search import corpus

_WORDS = table("search_business")
SORTS = _WORDS["sorts"]
CALL = _WORDS["call"]
AT = _WORDS["at"]
OPEN = _WORDS["open"]
NEWS = _WORDS["news"]
NEWS_TEXT = _WORDS["news_text"]


def number(choice: Draw) -> str:
    """A telephone number of eight digits that begins with 0 and is written in pairs: no country gives such numbers."""
    return " ".join(f"{part:02}" for part in (choice.between(1, 9), *(choice.between(10, 99) for _ in range(3))))


@generator("search_business", takes=("sorts",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A house in a town, its number, and a token for the rest of the pages."""
    sort = choice.one(parameters.get("sorts", sorted(SORTS)))
    plant, town = choice.below(len(PLANTS)), choice.below(len(TOWNS))
    phone = number(choice)
    place = {"name": "search", "start": "", "corpus": "search_business", "token": choice.token(), "sort": sort,
             "plant": plant, "town": town, "phone": phone}  # fmt: skip
    house = _house(sort, plant)
    facts = {"values": {"house": house, "town": TOWNS[town]}, "place": place}
    return Drawn(facts, {"accept": [phone], "values": {"site": _site(sort, plant, town)}})


def _house(sort: str, plant: int) -> dict[str, str]:
    return {lang: name.format(plant=PLANTS[plant][1][lang]) for lang, name in SORTS[sort][0].items()}


def _site(sort: str, plant: int, town: int) -> str:
    kinds = {"garage": "garage", "clinic": "clinique", "hotel": "hotel", "school": "ecole", "bakery": "boulangerie",
             "workshop": "menuiserie"}  # fmt: skip
    word = TOWNS[town]["fr"].lower().replace("ï", "i")
    return f"{kinds[sort]}-{PLANTS[plant][0]}-{word}.example"


@corpus("search_business")
def pages(spec: Mapping[str, Any], language: str) -> Iterable[Mapping[str, Any]]:
    """The house, its namesakes in five towns, two news pages about it, and thirty other houses, in drawn order."""
    chance = from_token(spec["token"])
    asked = (spec["sort"], spec["plant"], spec["town"])
    towns = [town for town in chance.shuffled(range(len(TOWNS))) if town != spec["town"]][:5]
    houses = {(spec["sort"], spec["plant"], town) for town in towns}
    while len(houses) < 35:
        houses.add((chance.one(sorted(SORTS)), chance.below(len(PLANTS)), chance.below(len(TOWNS))))
    found = [_page(asked, spec["phone"], language)]
    found += [_page(house, number(chance), language) for house in sorted(houses - {asked})]
    found += [_news(place, asked, chance, language) for place in range(2)]
    return chance.shuffled(found)


def _page(house: tuple[str, int, int], phone: str, language: str) -> dict[str, Any]:
    sort, plant, town = house
    name, what = _house(sort, plant)[language], SORTS[sort][1][language]
    where = AT[language].format(house=name, town=TOWNS[town][language], what=what)
    texts = (where, SORTS[sort][2][language], CALL[language].format(number=phone), OPEN[language])
    return {"title": f"{name} – {TOWNS[town][language]}", "site": _site(sort, plant, town), "path": "contact",
            "text": "\n\n".join(texts), "summary": f"{where} {SORTS[sort][2][language]}"}  # fmt: skip


def _news(place: int, house: tuple[str, int, int], chance: Draw, language: str) -> dict[str, Any]:
    sort, plant, town = house
    values = {"house": _house(sort, plant)[language], "town": TOWNS[town][language], "person": people(chance, 1)[0],
              "number": number(chance)}  # fmt: skip
    return {
        "title": NEWS[place][language].format(**values),
        "site": "journal-des-villes.example",
        "path": f"{place + 40}",
        "text": NEWS_TEXT[place][language].format(**values),
        "media": "news",
        "summary": NEWS_TEXT[place][language].format(**values).partition("\n")[0],
    }
