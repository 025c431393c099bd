"""The search queries of competence 1.1 can be solved as their explanations say, and only so."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Bank, Challenge, Drawn, draw, explain, load_bank, mark, parse_response, place_page, present
from lti_tool.content.filling import say
from lti_tool.content.material.search_logic import NESTED, answers, written
from lti_tool.content.material.search_phrase import WORDS
from lti_tool.content.material.web_words import TOWNS, table
from lti_tool.content.places.query import plain

SEEDS = st.binary(min_size=16, max_size=16)
LANGUAGES = st.sampled_from(("fr", "en"))
FEW = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def asked(bank: Bank, name: str) -> Challenge:
    return bank.challenges[f"1.1.search-queries@{name}"]


def found(challenge: Challenge, drawn: Drawn, language: str, **query: str) -> list[Any]:
    page = place_page(challenge, drawn.facts, "results", query, language)
    assert page.status == 200
    return [one for one, _, _ in page.values["results"]]


def says(challenge: Challenge, drawn: Drawn, answer: str, language: str) -> bool:
    response = parse_response(challenge, drawn.facts, {"answer": [answer]}, language)
    return mark(challenge, drawn.truth, response, language).right


@pytest.mark.parametrize("name", ["1/services", "1/trades"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_name_and_town_bring_the_right_business_first(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    values = drawn.facts["values"]
    first = found(challenge, drawn, language, q=f"{say(values['house'], language)} {say(values['town'], language)}")[0]
    assert first.site == drawn.truth["values"]["site"]
    assert drawn.truth["accept"][0] in first.text


@pytest.mark.parametrize("name", ["1/services", "1/trades"])
@given(seed=SEEDS)
@FEW
def test_the_name_alone_brings_namesakes_with_other_numbers(bank: Bank, name: str, seed: bytes) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    pages = found(challenge, drawn, "fr", q=say(drawn.facts["values"]["house"], "fr"))
    namesakes = [one for one in pages if one.title.startswith(say(drawn.facts["values"]["house"], "fr"))]
    assert len(namesakes) > 3
    assert sum(drawn.truth["accept"][0] in one.text for one in namesakes) == 1


@pytest.mark.parametrize("name", ["2/tools", "2/travel"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_exactly_the_labelled_results_are_right(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    labelled = {one.title for one in found(challenge, drawn, language) if one.ad}
    right = {one.text for one in present(challenge, drawn.facts, language).inputs if one.id in drawn.truth["right"]}
    assert labelled == right
    assert 2 <= len(right) <= 4


@pytest.mark.parametrize("name", ["3/grants", "3/tenders"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_language_and_month_leave_one_notice(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    place, word = drawn.facts["place"], say(drawn.facts["values"]["word"], language)
    kept = found(challenge, drawn, language, q=word, lang=place["language"], year=place["date"][:4],
                 month=place["date"][5:7])  # fmt: skip
    assert len(kept) == 1
    assert drawn.truth["accept"][0] in kept[0].text
    assert len(found(challenge, drawn, language, q=word, year=place["date"][:4], month=place["date"][5:7])) > 1
    assert len(found(challenge, drawn, language, q=word)) == 10


@pytest.mark.parametrize("name", ["4/animals", "4/plants"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_phrase_and_minus_leave_one_article(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    values = drawn.facts["values"]
    sentence, other = say(values["sentence"], language), say(values["other"], language)
    kept = found(challenge, drawn, language, q=f'"{sentence}" -{other}')
    assert [one.author for one in kept] == drawn.truth["accept"][:1]
    first, family = kept[0].author.split(" ", 1)
    assert says(challenge, drawn, f"{family} {first}", language)
    assert not says(challenge, drawn, family, language)
    assert len(found(challenge, drawn, language, q=f'"{sentence}"')) > 5
    assert len(found(challenge, drawn, language, q=f"{sentence} -{other}")) > 5


def test_notices_write_their_town_in_their_own_language() -> None:
    words = table("search_filters")["towns"]
    assert words["fr"] == [town["fr"] for town in TOWNS]
    assert words["en"] == [town["en"] for town in TOWNS]
    assert len(words["ar"]) == len(TOWNS)
    assert not any(sign.isascii() for town in words["ar"] for sign in town)


def test_scattered_sentences_do_not_hold_the_exact_one() -> None:
    for known in WORDS.values():
        for exact, scattered in known["sentences"]:
            for language in ("fr", "en"):
                assert plain(exact[language]) not in plain(scattered[language])
                assert plain(known["other"][language]) not in plain(f"{exact[language]} {known['right'][language]}")
                assert plain(known["other"][language]) in plain(known["wrong"][language])


@pytest.mark.parametrize("name", ["5/spreadsheet", "5/pdf-file"])
@given(seed=SEEDS, language=LANGUAGES)
@FEW
def test_site_and_file_type_leave_one_file_on_the_subject(bank: Bank, name: str, seed: bytes, language: str) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    values = drawn.facts["values"]
    subject = say(values["subject"], language)
    kept = found(challenge, drawn, language, q=f'"{subject}" site:{values["domain"]} filetype:{values["type"]}')
    assert len(kept) == 1
    assert says(challenge, drawn, kept[0].title.split()[1], language)
    assert says(challenge, drawn, kept[0].title.partition(" – ")[0], language)
    plainly = found(challenge, drawn, language, q=f"{subject} site:{values['domain']} filetype:{values['type']}")
    assert plainly[0].n == kept[0].n
    assert len(found(challenge, drawn, language, q=f'"{subject}" filetype:{values["type"]}')) > 3


def test_boolean_queries_are_worked_out_as_written() -> None:
    tree = ("not", ("or", 0, 1), 2)
    assert written(tree, "workshop", "en") == "(wood OR metal) NOT safety"
    assert written(tree, "workshop", "fr") == "(bois OU métal) SAUF sécurité"
    assert [answers(tree, frozenset(words)) for words in ((0,), (1, 3), (0, 2), (3,))] == [True, True, False, False]


def test_every_nested_shape_returns_some_records_and_leaves_out_others() -> None:
    for tree in NESTED:
        assert any(answers(tree, frozenset(words)) for words in ((0,), (0, 1), (0, 2)))
        assert not answers(tree, frozenset({4}))


@pytest.mark.parametrize("name", ["6/counts-workshop", "6/counts-hotel"])
@given(seed=SEEDS)
@FEW
def test_counts_are_those_of_the_shown_table(bank: Bank, name: str, seed: bytes) -> None:
    challenge = asked(bank, name)
    drawn = draw(challenge, seed)
    rows = present(challenge, drawn.facts, "en").shown[0].rows
    assert len(rows) == 12
    for part in "abc":
        query = say(drawn.facts["values"][f"query_{part}"], "en")
        count = sum(_python(query)(set(keywords.split(", "))) for _, keywords in rows)
        assert count == drawn.truth["fields"][part]["value"] > 0


def _python(query: str) -> Callable[[set[str]], bool]:
    """An independent reading of a query, word by word, as a Python condition."""
    signs = {"AND": "and", "OR": "or", "NOT": "and not"}
    spaced = query.replace("(", " ( ").replace(")", " ) ").split()
    text = " ".join(signs.get(word, word if word in "()" else f"{word!r} in words") for word in spaced)
    return lambda words: bool(eval(text, {"words": words}))  # noqa: S307 - our own query, in a test


@given(seed=SEEDS)
@FEW
def test_the_records_ticked_are_those_that_the_query_returns(bank: Bank, seed: bytes) -> None:
    challenge = asked(bank, "6/which-records")
    drawn = draw(challenge, seed)
    returns = _python(say(drawn.facts["values"]["query"], "en"))
    proposals = present(challenge, drawn.facts, "en").inputs
    assert {one.id for one in proposals if returns(set(one.text.split(", ")))} == set(drawn.truth["right"])
    assert 1 <= len(drawn.truth["right"]) < len(proposals)


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_every_challenge_of_the_topic_fills_in_both_languages(bank: Bank, seed: bytes) -> None:
    for challenge in bank.challenges.values():
        if challenge.topic == "1.1.search-queries":
            drawn = draw(challenge, seed)
            assert len(json.dumps(drawn.facts)) < 64_000
            for language in ("fr", "en"):
                assert "{" not in present(challenge, drawn.facts, language).instruction
                assert "{" not in explain(challenge, drawn.facts, drawn.truth, language).why
