"""Judging a source (1.1): what is asked can be found in the places, the decoys are wrong, nothing else decides."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import (
    Bank,
    Challenge,
    Drawn,
    draw,
    explain,
    load_bank,
    mark,
    parse_response,
    place_page,
    present,
)
from lti_tool.content.chance import Draw
from lti_tool.content.filling import say
from lti_tool.content.material.source_chain import HOSTS
from lti_tool.content.material.source_genres import GENRES, TEXTS
from lti_tool.content.material.source_imitations import belongs, genuine, imitations
from lti_tool.content.presentation import Table

SEEDS = st.binary(min_size=16, max_size=16)
LANGUAGES = st.sampled_from(("fr", "en"))
FEW = settings(max_examples=10, deadline=None)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def asked(bank: Bank, name: str) -> Challenge:
    return bank.challenges[f"1.1.source-evaluation@{name}"]


def page_at(challenge: Challenge, drawn: Drawn, language: str, address: str) -> Any:
    path, _, query = address.partition("?")
    shown = place_page(challenge, drawn.facts, path, dict(parse_qsl(query)), language)
    assert shown.status == 200, address
    return shown.values["page"]


def everything(challenge: Challenge, drawn: Drawn, language: str) -> dict[str, Any]:
    """Every page that links lead to, by address."""
    found: dict[str, Any] = {}
    waiting = [say(drawn.facts["place"]["home"], language)]
    while waiting:
        address = waiting.pop()
        if address not in found:
            page = found[address] = page_at(challenge, drawn, language, address)
            inside = [one for part in page.parts if part.kind == "links" for one in part.links]
            waiting += [one.address for one in (*page.site.menu, *page.site.foot, *inside)]
    return found


def text_of(page: Any) -> str:
    return "\n".join([page.title, *(getattr(part, "text", "") for part in page.parts),
                      *(item for part in page.parts if part.kind == "listing" for item in part.items)])  # fmt: skip


def right(challenge: Challenge, drawn: Drawn, language: str, **given: str) -> bool:
    response = parse_response(challenge, drawn.facts, {name: [text] for name, text in given.items()}, language)
    return mark(challenge, drawn.truth, response, language).right


@pytest.mark.parametrize("name", ["1/farming", "1/health"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_one_page_names_the_publisher_and_no_other_name_is_taken(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    publisher, *others = (one[language] for one in drawn.facts["place"]["organisations"])
    pages = everything(challenge, drawn, language)
    assert len(pages) == 6
    (notice,) = [page for page in pages.values() if publisher in text_of(page)]
    assert notice.title == say(drawn.truth["values"]["where"], language)
    assert right(challenge, drawn, language, answer=publisher)
    for other in others:
        assert any(other in text_of(page) for page in pages.values())
        assert not right(challenge, drawn, language, answer=other)


@pytest.mark.parametrize("name", ["2/enrolment", "2/bus"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_most_recent_page_alone_gives_the_fee(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    place = drawn.facts["place"]
    latest = place["days"].index(max(place["days"]))
    fees = []
    for number in range(4):
        page = page_at(challenge, drawn, language, f"{place['home']}/page-{number + 1}")
        fees.append(re.search(r"(\d+) dinars", text_of(page).replace("\u00a0", " "))[1])
        assert place["days"][number][:4] in text_of(page)
    assert [right(challenge, drawn, language, answer=fee) for fee in fees] == [one == latest for one in range(4)]


@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_each_text_is_named_after_its_genre(bank: Bank, seed: bytes, language: str) -> None:
    challenge = asked(bank, "3/health-texts")
    drawn = draw(challenge, seed)
    shown = present(challenge, drawn.facts, language)
    for block, one in zip(shown.shown, shown.inputs, strict=True):
        chosen = {option.id: option.text for option in one.options}[drawn.truth["fields"][one.name]["option"]]
        genre = next(name for name, said in GENRES.items() if said[language] == chosen)
        assert any(_fits(text[language], block.text) for text in TEXTS["health"][genre])


def _fits(model: str, text: str) -> bool:
    pattern = re.sub(r"\\\{[a-z]+\\\}", ".+", re.escape(model))
    return re.search(pattern + "$", text) is not None


@pytest.mark.parametrize(("name", "scene"), [("3/building-texts", "building"), ("3/health-interested", "health")])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_only_paid_texts_and_releases_come_from_the_house(
    bank: Bank, name: str, scene: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    for one in present(challenge, drawn.facts, language).inputs:
        own = any(_fits(text[language], one.text) for genre in ("paid", "release") for text in TEXTS[scene][genre])
        assert own == (one.id in drawn.truth["right"])


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_rule_of_domains_parts_genuine_addresses_from_imitations(seed: bytes) -> None:
    choice = Draw(seed)
    domain = choice.one(("caisse-nord.example", "permis-vallee.example", "energie-oasis.example"))
    assert all(belongs(address, domain) for address in genuine(choice, domain))
    copies = imitations(choice, domain)
    assert len(set(copies)) == len(copies)
    assert not any(belongs(address, domain) for address in copies)


@pytest.mark.parametrize("name", ["4/addresses", "4/links"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_addresses_to_tick_are_those_of_the_domain(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    domain = drawn.facts["values"]["domain"]
    for one in present(challenge, drawn.facts, language).inputs:
        address = one.text.rpartition(" ")[2]
        assert belongs(address, domain) == (one.id in drawn.truth["right"])


@pytest.mark.parametrize("name", ["5/flood", "5/queue"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_oldest_same_photo_tells_town_and_year(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    place, values = drawn.facts["place"], drawn.truth["values"]
    exact, alike = place["days"][:21], place["days"][21:]
    assert exact[0] == min(exact) == values["day"]["date"]
    assert exact[0][:4] not in {day[:4] for day in exact[1:]}
    assert max(alike) < exact[0]
    assert place["towns"][0] not in place["towns"][1:]
    text = "\n".join(text_of(page) for page in everything(challenge, drawn, language).values())
    assert text.count(say(values["town"], language)) == 1
    assert right(challenge, drawn, language, town=say(values["town"], language), year=exact[0][:4])
    assert not right(challenge, drawn, language, town=say(values["town"], language), year=min(alike)[:4])


@pytest.mark.parametrize("name", ["6/solar-pump", "6/olive-oil"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_statements_to_tick_are_those_that_the_library_does_not_hold(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    pages = everything(challenge, drawn, language)
    works = [text_of(page).replace("\u00a0", " ") for address, page in pages.items() if re.search(r"/\d$", address)]
    for one in present(challenge, drawn.facts, language).inputs:
        family = re.search(r"(?:Selon|According to) (\w+)", one.text)[1]
        claim = one.text.partition("), ")[2].rstrip(".")
        held = any(family in work and claim in work for work in works)
        assert held != (one.id in drawn.truth["right"])
    assert 2 <= len(drawn.truth["right"]) <= 4


@pytest.mark.parametrize("name", ["7/apprentices", "7/water"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_the_figure_is_that_of_the_report_until_the_page_that_changes_it(
    bank: Bank, name: str, seed: bytes, language: str
) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    pages = everything(challenge, drawn, language)
    assert list(pages) == list(HOSTS)
    year = re.search(r"20\d\d", text_of(pages[HOSTS[3]]))[0]
    rows = next(part.rows for part in pages[HOSTS[4]].parts if isinstance(part, Table))
    (figure,) = [row[1] for row in rows if row[0] == year]
    assert all(int(main) < int(other) < 100 for _, main, other in rows)
    told = [re.search(r"(\d\d)[\s\u00a0]?%", text_of(pages[host]))[1] for host in HOSTS[:4]]
    first = max(place for place in range(4) if told[place] != figure)
    assert all(one != figure for one in told[: first + 1])
    option = drawn.truth["fields"]["page"]["option"]
    assert right(challenge, drawn, language, figure=figure, year=year, page=option)
    other = next(one["id"] for one in drawn.facts["options"]["page"] if one["id"] != option)
    assert not right(challenge, drawn, language, figure=figure, year=year, page=other)


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_every_challenge_of_the_topic_fills_in_both_languages(bank: Bank, seed: bytes) -> None:
    for challenge in bank.challenges.values():
        if challenge.topic == "1.1.source-evaluation":
            drawn = draw(challenge, seed)
            assert len(json.dumps(drawn.facts)) < 64_000
            for language in ("fr", "en"):
                assert "{" not in present(challenge, drawn.facts, language).instruction
                assert "{" not in explain(challenge, drawn.facts, drawn.truth, language).why
