"""Finding one's way on the web (1.1): every answer can be reached in its place, and nowhere else by mistake."""

import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import (
    Bank,
    Challenge,
    Drawn,
    PlacePage,
    draw,
    explain,
    load_bank,
    mark,
    parse_response,
    place_page,
    present,
)
from lti_tool.content.filling import say
from lti_tool.content.places.browser import Page
from lti_tool.content.presentation import Listing, Paragraph, Table

SEEDS = st.binary(min_size=16, max_size=16)
LANGUAGES = st.sampled_from(("fr", "en"))
FEW = settings(max_examples=10, deadline=None)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def asked(bank: Bank, name: str) -> Challenge:
    return bank.challenges[f"1.1.web-navigation@{name}"]


def opened(challenge: Challenge, drawn: Drawn, language: str, address: str = "") -> PlacePage:
    """The page at an address, as a link opens it (the first page without one)."""
    path, _, query = address.partition("?")
    return place_page(challenge, drawn.facts, path, dict(parse_qsl(query)), language)


def typed(challenge: Challenge, drawn: Drawn, language: str, address: str) -> PlacePage:
    return place_page(challenge, drawn.facts, "go", {"address": address}, language)


def links_of(shown: PlacePage) -> list[str]:
    page: Any = shown.values["page"]
    inside = [one.address for part in page.parts if part.kind == "links" for one in part.links]
    return [*(one.address for one in (*page.site.menu, *page.site.foot)), *inside]


def everything(challenge: Challenge, drawn: Drawn, language: str) -> dict[str, Page]:
    """Every page that links lead to, by address."""
    first = say(drawn.facts["place"]["home"], language)
    found: dict[str, Page] = {}
    waiting = [first]
    while waiting:
        address = waiting.pop()
        if address not in found:
            shown = opened(challenge, drawn, language, address)
            assert shown.status == 200, address
            found[address] = shown.values["page"]
            waiting += links_of(shown)
    return found


def text_of(page: Page) -> str:
    texts = [page.title]
    for part in page.parts:
        if isinstance(part, Table):
            texts += [" | ".join(row) for row in part.rows]
        elif isinstance(part, Listing):
            texts += part.items
        elif isinstance(part, Paragraph):
            texts.append(part.text)
    return "\n".join(texts)


def right(challenge: Challenge, drawn: Drawn, language: str, **given: str) -> bool:
    response = parse_response(challenge, drawn.facts, {name: [text] for name, text in given.items()}, language)
    return mark(challenge, drawn.truth, response, language).right


@pytest.mark.parametrize("name", ["1/room", "1/extension"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_room_or_extension_stands_on_one_page_reached_by_links(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    pages = everything(challenge, drawn, language)
    answer = drawn.truth["values"]["answer"]
    holding = [page for page in pages.values() if re.search(rf"\b{answer}\b", text_of(page))]
    assert len(holding) == 1
    assert say(drawn.facts["values"]["subject"], language) in holding[0].title
    assert answer not in text_of(pages[drawn.facts["place"]["home"]])


@pytest.mark.parametrize("name", ["2/plumbing", "2/sewing"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_price_list_has_the_article_once_with_its_price(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    page: Any = opened(challenge, drawn, language).values["page"]
    rows = next(part.rows for part in page.parts if isinstance(part, Table))
    article = say(drawn.facts["values"]["article"], language)
    assert len({row[1] for row in rows}) == len(rows) == 420
    (found,) = [row for row in rows if row[1] == article]
    assert right(challenge, drawn, language, answer=found[2])
    assert not right(challenge, drawn, language, answer="1")


@given(seed=SEEDS)
@FEW
def test_the_parts_of_an_address_are_those_that_its_grammar_gives(bank: Bank, seed: bytes) -> None:
    for name in ("3/domain-folder-value", "3/subdomain-file-value"):
        challenge = asked(bank, name)
        drawn = draw(challenge, seed)
        split = urlsplit(drawn.facts["shown"][0]["text"])
        subdomain, domain, ending = split.netloc.split(".")
        folders = split.path.split("/")
        parts = {"domain": f"{domain}.{ending}", "subdomain": subdomain, "folder": folders[-2], "file": folders[-1],
                 "value": dict(parse_qsl(split.query))[drawn.facts["values"]["parameter"]]}  # fmt: skip
        given = {field.name: parts[field.name] for field in challenge.fields}
        assert right(challenge, drawn, "fr", **given)
        first = challenge.fields[0].name
        assert not right(challenge, drawn, "fr", **{**given, first: split.netloc + "x"})


@pytest.mark.parametrize("name", ["4/folder", "4/parameter"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_earlier_report_opens_only_when_its_address_is_written(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    values, place = drawn.facts["values"], drawn.facts["place"]
    pages = everything(challenge, drawn, language)
    assert not any(str(values["year"]) in page.title for page in pages.values())
    known = next(address for address in pages if str(place["last"]) in address)
    shown = typed(challenge, drawn, language, "https://" + known.replace(str(place["last"]), str(values["year"])))
    assert shown.status == 200
    page: Any = shown.values["page"]
    line = say(values["line"], language)
    (figure,) = [row[1] for part in page.parts if isinstance(part, Table) for row in part.rows if row[0] == line]
    assert right(challenge, drawn, language, answer=figure)
    assert typed(challenge, drawn, language, known.replace(str(place["last"]), "1907")).status == 404


@pytest.mark.parametrize("name", ["5/fee", "5/closing-time"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_last_capture_before_the_day_gives_the_answer_and_the_next_another(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    wanted = date.fromisoformat(drawn.facts["values"]["day"]["date"])
    captures: dict[date, str] = {}
    for address, page in everything(challenge, drawn, language).items():
        if found := re.search(r"/(\d{8})$", address):
            captures[date.fromisoformat(found[1])] = page.parts[1].text
    assert len(captures) == 30
    assert wanted not in captures
    before = max(day for day in captures if day < wanted)
    after = min(day for day in captures if day > wanted)
    pattern = r"(\d+) dinars" if name == "5/fee" else r"(\d+(?: h |:)\d+)"
    shown = [re.search(pattern, captures[day].replace("\u00a0", " ")) for day in (before, after)]
    assert right(challenge, drawn, language, answer=shown[0][1])
    assert not right(challenge, drawn, language, answer=shown[1][1])


@pytest.mark.parametrize("name", ["6/published-author", "6/changed-licence"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_source_holds_what_the_page_does_not_show(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    page: Any = opened(challenge, drawn, language).values["page"]
    shown = place_page(challenge, drawn.facts, "source", {"address": drawn.facts["place"]["home"]}, language)
    assert shown.template.endswith("source.html")
    tags = {"date": "published_time", "changed": "modified_time", "author": "author", "licence": "license"}
    values = {
        field.name: re.search(rf'{tags[field.name]}" content="([^"]*)"', page.source) for field in challenge.fields
    }
    given = {key: found[1][:10] if key in {"date", "changed"} else found[1] for key, found in values.items() if found}
    assert right(challenge, drawn, language, **given)
    if "author" in given:
        assert right(challenge, drawn, language, **{**given, "author": " ".join(reversed(given["author"].split()))})
    visible = "\n".join(part.text for part in page.parts)
    assert not any(value in visible for value in given.values())


@pytest.mark.parametrize("name", ["7/workshops", "7/wells"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_built_address_returns_the_records_asked_for(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    address = say(drawn.truth["values"]["address"], language)
    page: Any = typed(challenge, drawn, language, address).values["page"]
    rows = page.parts[1].rows
    assert {row[1] for row in rows} == {say(drawn.facts["values"]["town"], language)}
    assert all(int(row[2]) >= drawn.facts["values"]["least"] for row in rows)
    assert right(challenge, drawn, language, answer=rows[-1][0])
    figures = [int(row[2]) for row in rows]
    assert figures in (sorted(figures), sorted(figures, reverse=True))
    assert typed(challenge, drawn, language, address + "&page=zz&min=-").status == 200


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_every_challenge_of_the_topic_fills_in_both_languages(bank: Bank, seed: bytes) -> None:
    for challenge in bank.challenges.values():
        if challenge.topic == "1.1.web-navigation":
            drawn = draw(challenge, seed)
            assert len(json.dumps(drawn.facts)) < 64_000
            for language in ("fr", "en"):
                assert "{" not in present(challenge, drawn.facts, language).instruction
                assert "{" not in explain(challenge, drawn.facts, drawn.truth, language).why


def test_draws_of_a_challenge_differ(bank: Bank) -> None:
    for challenge in bank.challenges.values():
        if challenge.competence == "1.1":
            truths = {json.dumps(draw(challenge, bytes([number]) * 16).truth, sort_keys=True) for number in range(12)}
            assert len(truths) > 5, challenge.id
