"""Records: what is marked right is found again in the register, by the steps that a trainee takes."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Drawn, load_bank, place_page
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generators
from lti_tool.content.places.register import tables_of

seeds = st.binary(min_size=16, max_size=16)
some = settings(max_examples=25, deadline=None)
ANY_CHALLENGE = next(iter(load_bank().challenges.values()))


def drawn_by(name: str, seed: bytes, **parameters: Any) -> Drawn:
    return generators()[name].draw(Draw(seed), parameters)


def look(drawn: Drawn, path: str = "", language: str = "en", **query: object) -> dict[str, Any]:
    page = place_page(ANY_CHALLENGE, drawn.facts, path, {name: str(value) for name, value in query.items()}, language)
    assert page.status == 200
    return dict(page.values)


@pytest.mark.parametrize("by", ["town", "trade"])
@some
@given(seed=seeds)
def test_one_contact_alone_answers_and_shows_the_number(by: str, seed: bytes) -> None:
    drawn = drawn_by("contact_find", seed, by=by)
    values = drawn.facts["values"]
    first, _, family = values["name"].partition(" ")
    rows = look(drawn, q=f"{family} {first}")["rows"]
    fit = [n for n, cells in rows if cells[:2] == [f"{family} {first}", values["town"]["en"]]]
    if by == "trade":
        assert len(fit) == 2
        fit = [n for n, cells in rows if cells == [f"{family} {first}", values["town"]["en"], values["trade"]["en"]]]
    assert len(fit) == 1
    assert look(drawn, "record", n=fit[0])["lines"][3][1] == drawn.truth["accept"][0]
    assert look(drawn)["total"] == 80


@some
@given(seed=seeds)
def test_the_letter_agrees_with_one_card_in_all_but_one_thing(seed: bytes) -> None:
    drawn = drawn_by("contact_correct", seed)
    values = drawn.facts["values"]
    letter = [values[name] for name in ("name", "town", "address", "phone", "email")]
    rows = drawn.facts["place"]["tables"][0]["rows"]
    same = {row[0]: [mine == theirs for mine, theirs in zip(letter, row[1:], strict=True)] for row in rows}
    best = [card for card, parts in same.items() if sum(parts) == 4]
    assert best == drawn.truth["fields"]["card"]["accept"][:1]
    part = ("postal address", "telephone", "e-mail")[same[best[0]].index(False) - 2]
    option = drawn.truth["fields"]["part"]["option"]
    assert next(one["text"]["en"] for one in drawn.facts["options"]["part"] if one["id"] == option) == part
    assert sum(row[1] == values["name"] for row in rows) == 3
    assert all(sum(parts) <= 2 for card, parts in same.items() if card != best[0])


@some
@given(seed=seeds)
def test_two_cards_alone_share_telephone_and_mail(seed: bytes) -> None:
    drawn = drawn_by("contact_double", seed)
    rows = drawn.facts["place"]["tables"][0]["rows"]
    shared = Counter((row[4], row[5]) for row in rows).most_common(2)
    assert [count for _, count in shared] == [2, 1]
    cards = sorted((row[0] for row in rows if (row[4], row[5]) == shared[0][0]), key=int)
    assert [drawn.truth["fields"][name]["accept"][0] for name in ("low", "high")] == cards


@pytest.mark.parametrize("language", ["en", "fr"])
@some
@given(seed=seeds)
def test_the_filter_leaves_as_many_records_as_are_counted(language: str, seed: bytes) -> None:
    drawn = drawn_by("record_count", seed, **{"in": "stock"})
    value = drawn.facts["values"]["value"][language]
    assert look(drawn, language=language, f1=value, f2=drawn.facts["values"]["other"])["count"] == drawn.truth["value"]
    drawn = drawn_by("record_count", seed, **{"in": "stock", "by": "range"})
    assert (
        look(drawn, language=language, f1=value, g3=drawn.facts["values"]["most"])["count"] == drawn.truth["value"] >= 2
    )
    drawn = drawn_by("record_count", seed, **{"in": "visits", "by": "range"})
    values = drawn.facts["values"]
    asked = {"f1": values["value"][language], "f3": values["first"]["date"], "g3": values["last"]["date"]}
    assert look(drawn, language=language, **asked)["count"] == drawn.truth["value"]


@pytest.mark.parametrize("subject", ["members", "machines"])
@some
@given(seed=seeds)
def test_columns_identify_when_they_never_repeat_and_have_no_gap(subject: str, seed: bytes) -> None:
    drawn = drawn_by("record_keys", seed, of=subject)
    table = drawn.facts["place"]["tables"][0]
    titles = [column["title"]["en"].lower() for column in table["columns"]]
    right = set()
    for one in drawn.facts["proposals"]:
        places = [titles.index(part.lower()) for part in one["text"]["en"].split(" + ")]
        cells = [tuple(str(row[place]) if row[place] else None for place in places) for row in table["rows"]]
        if max(Counter(cells).values()) == 1 and not any(None in cell for cell in cells):
            right.add(one["id"])
    assert right == set(drawn.truth["right"])
    assert 1 <= len(right) <= 4


@some
@given(seed=seeds)
def test_the_link_between_the_tables_leads_to_the_town_and_to_the_price(seed: bytes) -> None:
    drawn = drawn_by("linked_town", seed, ask="town")
    customers, articles, orders = (table["rows"] for table in drawn.facts["place"]["tables"])
    values = drawn.facts["values"]
    number = next(row[0] for row in articles if row[1] == values["article"])
    of_day = [row for row in orders if row[1] == values["day"]["date"] and row[3] == number]
    assert len(of_day) == 1
    assert [row[2]["en"] for row in customers if row[0] == of_day[0][2]] == drawn.truth["accept"]["en"]
    drawn = drawn_by("linked_town", seed, ask="amount")
    buyer = [row[0] for row in customers if row[1] == values["name"]]
    bought = [row for row in orders if row[1] == values["day"]["date"] and row[2] == buyer[0]]
    assert len(buyer) == len(bought) == 1
    assert drawn.truth["value"] == bought[0][4] * next(row[3] for row in articles if row[0] == bought[0][3])


@some
@given(seed=seeds)
def test_totals_are_added_up_over_both_conditions(seed: bytes) -> None:
    quantity, amount = drawn_by("linked_total", seed, ask="quantity"), drawn_by("linked_total", seed, ask="amount")
    customers, articles, orders = (table["rows"] for table in quantity.facts["place"]["tables"])
    values = quantity.facts["values"]
    there = {row[0] for row in customers if row[2] == values["town"]}
    prices = {row[0]: row[3] for row in articles if row[2] == values["family"]}
    kept = [row for row in orders if row[2] in there and row[3] in prices]
    assert quantity.truth["value"] == sum(row[4] for row in kept)
    assert amount.truth["value"] == sum(row[4] * prices[row[3]] for row in kept)
    assert 2 <= len(kept) <= 5


def test_a_register_sorts_filters_searches_and_turns_pages() -> None:
    drawn = drawn_by("record_count", b"a register", **{"in": "stock"})
    rows = tables_of(drawn.facts["place"])[0]["rows"]
    first = look(drawn)
    assert (first["count"], first["last"], len(first["rows"])) == (150, 5, 30)
    assert [cells[0] for _, cells in look(drawn, page=2)["rows"]] == [row[0] for row in rows[30:60]]
    amounts = [int(cells[3]) for _, cells in look(drawn, sort=3, order="down")["rows"]]
    assert amounts == sorted((row[3] for row in rows), reverse=True)[:30]
    assert look(drawn, q=rows[7][0].lower())["count"] == 1
    assert look(drawn, f1="Nothing")["count"] == 0
    assert look(drawn, f3="ten", g3="-1")["count"] == 150


NAMES = ["t", "n", "q", "f0", "f3", "g3", "f99", "sort", "order", "page"]


@given(query=st.dictionaries(st.sampled_from(NAMES), st.text()), path=st.sampled_from(["", "record", "other"]))
@settings(max_examples=80, deadline=None)
def test_a_register_takes_any_query(query: dict[str, str], path: str) -> None:
    for where in ("stock", "visits"):
        drawn = drawn_by("record_count", b"any query", **{"in": where})
        assert place_page(ANY_CHALLENGE, drawn.facts, path, query, "fr").status in {200, 404}
