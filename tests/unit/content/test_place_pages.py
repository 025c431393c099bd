"""Every simulated place, walked link by link: no dead end, no way out, one heading, no script, all texts there."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader

from lti_tool.content import Challenge, PlacePage, draw, load_bank, place_link, place_page
from lti_tool.words import words

ROOT = "https://place.invalid/token/"
SEED = b"a place to visit"
PAGES = 25
ENVIRONMENT = Environment(loader=FileSystemLoader(Path(__file__).parents[3] / "templates"), autoescape=True)
PLACED = [one for _, one in sorted(load_bank().challenges.items()) if "place" in draw(one, SEED).facts]


class Reader(HTMLParser):
    """The addresses in a page and how many first headings it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.headings = 0
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.headings += tag == "h1"
        self.scripts += tag == "script"
        self.links += [value or "" for name, value in attrs if name in {"href", "src"} and tag != "link"]
        self.forms += [value or "" for name, value in attrs if name == "action"]


def html(page: PlacePage, path: str, language: str) -> str:
    texts = words(language)
    return ENVIRONMENT.get_template(page.template).render(
        values=page.values, title=page.title, lang=language, dir=texts.direction, t=texts.t, link=place_link(path),
        stylesheet="places.css",
    )  # fmt: skip


def walk(challenge: Challenge, language: str) -> Iterator[tuple[str, PlacePage, Reader]]:
    facts = draw(challenge, SEED).facts
    waiting, seen = [urljoin(ROOT, facts["place"].get("start", ""))], set()
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        parts = urlsplit(address)
        path = unquote(parts.path.removeprefix("/token/"))
        page = place_page(challenge, facts, path, dict(parse_qsl(parts.query, keep_blank_values=True)), language)
        reader = Reader()
        reader.feed(html(page, path, language))
        waiting += [urljoin(address, found).split("#")[0] for found in reader.links]
        yield address, page, reader


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("challenge", PLACED, ids=lambda one: one.id)
def test_every_link_of_a_place_leads_to_a_page_of_it(challenge: Challenge, language: str) -> None:
    for address, page, reader in walk(challenge, language):
        assert address.startswith(ROOT)
        assert all(urljoin(address, form).startswith(ROOT) for form in reader.forms)
        assert page.status == 200, address
        assert page.title, address
        assert reader.headings == 1, address
        assert reader.scripts == 0, address
