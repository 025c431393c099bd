"""A small site whose menus lead to a fact: a training centre (a room) or a clinic (a telephone extension).

Every course or service has a page of its own with several rooms or numbers; the one asked for stands on a page of its
own, reached from the menu (`plan` 0) or from the page of the course (`plan` 1).
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import fill, say
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, people, said, table
from lti_tool.content.places.browser import Link, Links, Opener, Page, Site, shelf, world
from lti_tool.content.presentation import Listing, Paragraph

_WORDS = table("web_menu")
SUBJECTS = _WORDS["subjects"]
NAMES = _WORDS["names"]
HOSTS = {"centre": "centre-{word}.example", "clinic": "clinique-{word}.example"}

WORDING = _WORDS["wording"]


def _numbers(choice: Draw, scene: str, count: int) -> list[str]:
    if scene == "clinic":
        return [str(number) for number in choice.some(range(2101, 4990), count)]
    doors = choice.some(range(4 * 24), count)
    return [f"{'ABCD'[door // 24]}{1 + door % 24 // 12}{1 + door % 12:02}" for door in doors]


@generator("web_menu", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A site of a centre or clinic with eight courses or services; each has three rooms or extensions."""
    scene = parameters["scene"]
    word, plant = choice.one(PLANTS)
    asked = choice.below(8)
    numbers = _numbers(choice, scene, 3 * 8 + 3)
    place = {
        "name": "browser", "world": "web_menu", "home": HOSTS[scene].format(word=word), "scene": scene,
        "plant": plant, "town": choice.one(TOWNS), "plan": choice.below(2), "numbers": numbers,
        "people": people(choice, 8), "months": [choice.between(6, 18) for _ in range(8)],
    }  # fmt: skip
    title = {lang: NAMES[scene][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    facts = {"values": {"site": title, "subject": SUBJECTS[scene][asked]}, "place": place}
    answer = numbers[asked]
    told = [answer, *(f"{word} {answer}" for word in ("salle", "room", "poste", "extension", "ext."))]
    return Drawn(facts, {"accept": told, "values": {"answer": answer}})


@world("web_menu")
def site(spec: Mapping[str, Any], language: str) -> Opener:
    """The pages: welcome, list, one page for each subject, enrolment or appointments, practical life, contact."""
    host, subjects = spec["home"], SUBJECTS[spec["scene"]]
    numbers = spec["numbers"]

    def told(key: str, **values: object) -> str:
        known = {"town": spec["town"], "desk": numbers[24], "meal": numbers[25], "books": numbers[26]}
        return fill(WORDING[spec["scene"]][key][language], {**known, **values}, language)

    menu = [Link(told("list"), f"{host}/1"), Link(told("life"), f"{host}/3"), Link("Contact", f"{host}/4")]
    if spec["plan"] == 0:
        menu.insert(1, Link(told("ask"), f"{host}/2"))
    name = fill(NAMES[spec["scene"]][language], {"plant": spec["plant"]}, language)
    frame = Site(name, told("motto"), (Link(said("Accueil", "Home")[language], host), *menu))
    titles = [say(subject, language) for subject in subjects]
    pages = {
        host: Page(frame, name, (Paragraph(told("welcome")),)),
        f"{host}/1": _index(frame, told("list"), titles, f"{host}/1"),
        f"{host}/2": _index(frame, told("ask"), titles, f"{host}/2", told("choose")),
        f"{host}/3": Page(frame, told("life"), (Paragraph(told("life_of")),)),
        f"{host}/4": Page(frame, "Contact", (Paragraph(told("contact")),)),
    }
    for place, title in enumerate(titles):
        lead = told("lead", person=spec["people"][place], months=spec["months"][place])
        doors = Listing((told("first", first=numbers[8 + place]), told("second", second=numbers[16 + place])))
        link = Links((Link(told("go"), f"{host}/2/{place}"),)) if spec["plan"] else Paragraph(told("welcome"))
        pages[f"{host}/1/{place}"] = Page(frame, title.capitalize(), (Paragraph(lead), doors, link))
        asked = told("asked", subject=title, answer=numbers[place])
        pages[f"{host}/2/{place}"] = Page(frame, told("ask_of", subject=title), (Paragraph(asked),))
    return shelf(pages)


def _index(frame: Site, title: str, titles: list[str], address: str, text: str = "") -> Page:
    links = Links(tuple(Link(one.capitalize(), f"{address}/{place}") for place, one in enumerate(titles)))
    return Page(frame, title, (Paragraph(text), links) if text else (links,))
