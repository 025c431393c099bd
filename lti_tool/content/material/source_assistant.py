"""An assistant's answer of six statements with references, and the library where those works can be opened, or not.

A statement is sound when the work that it names stands in the library and says the same. Unsound ones name a work that
the library has not, or give another figure than the work does. Subjects: `pump` and `oil`.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.web_words import FAMILY_NAMES, said, table
from lti_tool.content.places.browser import Heading, Link, Links, Opener, Page, Part, Site, Small, shelf, world
from lti_tool.content.presentation import Listing, Paragraph

_WORDS = table("source_assistant")
LIBRARY = "bibliotheque-des-metiers.example"
ASSISTANT = "assistant-oracle.example"
# Each claim: what the work says with a figure, the least and greatest figure, and the title of the work.
CLAIMS = _WORDS["claims"]
MORE_WORKS = _WORDS["more_works"]
TITLES = _WORDS["titles"]
STATEMENT = _WORDS["statement"]
WORK = _WORDS["work"]
INSIDE = _WORDS["inside"]
ANSWER = _WORDS["answer"]
NAME = _WORDS["name"]
BOOKS, CATALOGUE = said("Bibliothèque des métiers", "Library of Trades"), said("Catalogue complet", "Full catalogue")
ALL = _WORDS["all"]
OTHER = _WORDS["other"]
TO_LIBRARY = _WORDS["to_library"]


def _statement(subject: str, one: Mapping[str, Any], figure: int) -> dict[str, str]:
    claim, _, _, title = CLAIMS[subject][one["claim"]]
    return {lang: STATEMENT[lang].format(family=one["family"], title=title[lang], claim=claim[lang].format(n=figure))
            for lang in ("fr", "en")}  # fmt: skip


def _other_figure(choice: Draw, low: int, high: int, right: int) -> int:
    return choice.one([figure for figure in range(low, high + 1) if abs(figure - right) > (high - low) // 6])


@generator("source_assistant", takes=("subject",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Six claims with authors and figures; two to four of them unsound, at least one in each way."""
    subject = parameters["subject"]
    families = choice.some(FAMILY_NAMES, 8)
    count = choice.between(2, 4)
    missing = choice.between(1, count - 1)
    ways = choice.shuffled(["missing"] * missing + ["altered"] * (count - missing) + ["sound"] * (6 - count))
    lines: list[dict[str, Any]] = []
    for place, way in enumerate(ways):
        _, low, high, _ = CLAIMS[subject][place]
        right = choice.between(low, high)
        said_figure = _other_figure(choice, low, high, right) if way == "altered" else right
        lines.append({"claim": place, "family": families[place], "way": way, "right": right, "said": said_figure})
    texts = {way: [_statement(subject, one, one["said"]) for one in lines if one["way"] == way]
             for way in ("missing", "altered", "sound")}  # fmt: skip
    shown, ids = proposals(choice, [*texts["missing"], *texts["altered"]], texts["sound"])
    library = {"name": "browser", "world": "source_assistant", "home": ASSISTANT, "subject": subject, "lines": lines,
               "families": families[6:], "order": choice.shuffled(range(6))}  # fmt: skip
    told = {"missing": {"list": [one["family"] for one in lines if one["way"] == "missing"]},
            "altered": {"list": [one["family"] for one in lines if one["way"] == "altered"]}}  # fmt: skip
    return Drawn(
        {"values": {"subject": TITLES[subject]}, "place": library, "proposals": shown}, {"right": ids, "values": told}
    )


@world("source_assistant")
def library(spec: Mapping[str, Any], language: str) -> Opener:
    """The answer, the catalogue (works in the order of their titles), and each work."""
    subject, lines = spec["subject"], spec["lines"]
    oracle, books = (
        Site(NAME[language]),
        Site(BOOKS[language], "", (Link(CATALOGUE[language], LIBRARY), Link(ANSWER[language], ASSISTANT))),
    )
    answer = Listing(
        tuple(_statement(subject, lines[place], lines[place]["said"])[language] for place in spec["order"])
    )
    to_library = Links((Link(TO_LIBRARY[language], LIBRARY),))
    pages = {ASSISTANT: Page(oracle, TITLES[subject][language], (Heading(ANSWER[language]), answer, to_library))}
    works = [(CLAIMS[subject][one["claim"]][3][language], one["family"],
              INSIDE[language].format(claim=CLAIMS[subject][one["claim"]][0][language].format(n=one["right"])))
             for one in lines if one["way"] != "missing"]  # fmt: skip
    works += [(title[language], family, OTHER[language])
              for title, family in zip(MORE_WORKS[subject], spec["families"], strict=True)]  # fmt: skip
    links = []
    for place, (title, family, inside) in enumerate(sorted(works), start=1):
        address = f"{LIBRARY}/{place}"
        links.append(Link(WORK[language].format(title=title, family=family), address))
        parts: tuple[Part, ...] = (Small(family), Paragraph(inside))
        pages[address] = Page(books, title, parts)
    pages[LIBRARY] = Page(books, CATALOGUE[language], (Paragraph(ALL[language]), Links(tuple(links))))
    return shelf(pages)
