"""What somebody answered, as the page says it back."""

import random
from hashlib import sha256

import pytest

from lti_tool.content import Bank, draw, explain, load_bank, parse_response, present
from lti_tool.content.kinds import KINDS
from lti_tool.insights.trainee.told import given_in_words


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_right_answer_is_said_back_and_no_key_or_empty_line_with_it(bank: Bank, language: str) -> None:
    for challenge in bank.challenges.values():
        drawn = draw(challenge, sha256(challenge.id.encode()).digest())
        form = KINDS[challenge.kind].right_form(challenge, drawn.facts, drawn.truth, language)
        response = parse_response(challenge, drawn.facts, form, language)
        shown = present(challenge, drawn.facts, language)
        said = given_in_words(shown, response)
        assert said.strip(), challenge.id
        assert all(line.strip() for line in said.split("\n")), challenge.id
        if challenge.kind in {"single", "multiple", "select"}:
            right = explain(challenge, drawn.facts, drawn.truth, language).right_answer
            assert sorted(said.split("\n")) == sorted(right.split("\n")), challenge.id


def test_a_skipped_question_says_nothing_and_an_empty_field_a_dash(bank: Bank) -> None:
    challenge = next(one for one in bank.challenges.values() if one.kind == "fields")
    shown = present(challenge, draw(challenge, random.Random(3).randbytes(32)).facts, "en")
    assert given_in_words(shown, None) == ""
    assert given_in_words(shown, {}).count("–") >= len(challenge.fields)


NUMBERS = {"2026": "2026", "12500": "12500", "12.5": "12,5", "-0.25": "-0,25", "1e9": "1e9", "": "–"}


@pytest.mark.parametrize(("given", "said"), NUMBERS.items())
def test_a_number_is_written_as_the_language_does_and_a_whole_one_as_it_was_typed(
    bank: Bank, given: str, said: str
) -> None:
    challenge = next(one for one in bank.challenges.values() if one.kind == "number")
    shown = present(challenge, draw(challenge, b"0" * 32).facts, "fr")
    assert given_in_words(shown, {"answer": given}).split("\u00a0")[0] == said
