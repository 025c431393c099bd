"""A site of six pages whose publisher is named once, among partners, a host and a web designer.

The notice stands on the page "about" (`notice` 0) or on the legal page at the foot (1).
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import fill
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, people, table
from lti_tool.content.places.browser import Link, Opener, Page, Part, Site, Small, links_of, shelf, world
from lti_tool.content.presentation import Listing, Paragraph

_WORDS = table("source_publisher")
PROPER = ("Terres Claires", "Sources Vives", "Mains Ouvertes", "Deux Rives", "Horizon Bleu", "Nouveaux Sillons",
          "Racines du Sud", "Bon Levain", "Grand Large", "Petit Matin")  # fmt: skip
SORTS = _WORDS["sorts"]
SITES = _WORDS["sites"]
ADVICE = _WORDS["advice"]
TEXTS = _WORDS["texts"]


def _organisations(choice: Draw) -> list[dict[str, Any]]:
    """Five organisations: their names by language and their proper names; 0 publishes."""
    sorts, proper = choice.shuffled(SORTS), choice.some(PROPER, 5)
    return [{"proper": name, "fr": f"{sort['fr']} {name}", "en": f"{name} {sort['en']}"}
            for sort, name in zip(sorts, proper, strict=True)]  # fmt: skip


@generator("source_publisher", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Publisher, funder, host, designer and the author's employer; and where the publisher is named."""
    scene = parameters["scene"]
    organisations = _organisations(choice)
    name, home = SITES[scene]
    notice = choice.below(2)
    place = {"name": "browser", "world": "source_publisher", "home": home, "scene": scene, "notice": notice,
             "town": choice.one(TOWNS), "organisations": organisations, "person": people(choice, 1)[0]}  # fmt: skip
    publisher = organisations[0]
    accept = {lang: [publisher[lang], publisher["proper"]] for lang in ("fr", "en")}
    told = {lang: publisher[lang] for lang in ("fr", "en")}
    where = TEXTS["legal" if notice else "about"]
    return Drawn(
        {"values": {"site": name}, "place": place}, {"accept": accept, "values": {"publisher": told, "where": where}}
    )


@world("source_publisher")
def site(spec: Mapping[str, Any], language: str) -> Opener:
    """Home, two pages of advice, partners, about, legal notice."""
    host, roles = spec["home"], ("publisher", "funder", "host", "maker", "org")
    names = {role: one[language] for role, one in zip(roles, spec["organisations"], strict=True)}

    def told(key: str) -> str:
        return fill(TEXTS[key][language], {**names, "town": spec["town"], "person": spec["person"]}, language)

    advice = [(title[language], text[language]) for title, text in ADVICE[spec["scene"]]]
    menu = [(told("home"), host), *((title, f"{host}/{place}") for place, (title, _) in enumerate(advice, start=1))]
    menu += [(told("partners"), f"{host}/3")]
    foot = (Link(told("about"), f"{host}/4"), Link(told("legal"), f"{host}/5"))
    frame = Site(SITES[spec["scene"]][0][language], "", links_of(menu), foot)
    about: list[Part] = [Paragraph(told("team"))]
    legal: list[Part] = [Listing((told("host"), told("maker"))), Paragraph(told("rights"))]
    if spec["notice"]:
        legal.insert(0, Paragraph(told("editor")))
    else:
        about.insert(0, Paragraph(told("published")))
    partners = Listing(tuple(sorted((names["funder"], names["org"]))))
    pages = {host: Page(frame, frame.name, (Paragraph(told("welcome")),))}
    for place, (title, text) in enumerate(advice, start=1):
        pages[f"{host}/{place}"] = Page(frame, title, (Paragraph(text), Small(told("signed"))))
    pages[f"{host}/3"] = Page(frame, told("partners"), (Paragraph(told("with")), partners))
    pages[f"{host}/4"] = Page(frame, told("about"), tuple(about))
    pages[f"{host}/5"] = Page(frame, told("legal"), tuple(legal))
    return shelf(pages)
