"""Every challenge of the bank can be shown, marked and explained in each language, and says what its pictures show."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from lti_tool.assessment import telling
from lti_tool.content import HOUSE, Challenge, Drawn, check_bank, describe, draw, explain, load_bank, present
from lti_tool.content.presentation import Picture, Proposal, SelectInput
from lti_tool.words import LANGUAGES as PAGES

LANGUAGES = load_bank().languages
_SEEDS = 4


def _draws() -> Iterator[tuple[Challenge, Drawn]]:
    for challenge in load_bank().challenges.values():
        for number in range(_SEEDS):
            yield challenge, draw(challenge, sha256(f"house {number} {challenge.id}".encode()).digest())


def test_the_bank_is_sound() -> None:
    assert check_bank(HOUSE) == ()


def test_every_challenge_is_live_in_every_language_of_the_bank() -> None:
    assert set(LANGUAGES) >= {"fr", "en"}
    assert not [one.id for one in load_bank().challenges.values() if set(one.languages) != set(LANGUAGES)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_challenge_has_its_texts(language: str) -> None:
    for challenge in load_bank().challenges.values():
        texts = challenge.texts[language]
        assert len(texts.instruction) > 10, challenge.id
        assert texts.why.strip(), challenge.id
        assert challenge.tips[language], challenge.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_has_its_texts(language: str) -> None:
    bank = load_bank()
    assert all(one.can[language] and one.tip[language] for one in bank.skills.values())


@pytest.mark.parametrize("language", PAGES)
def test_every_topic_competence_and_area_has_its_title_in_every_language_of_the_pages(language: str) -> None:
    bank = load_bank()
    assert all(one.titles[language] for group in (bank.topics, bank.competences, bank.areas) for one in group.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_an_alternative_text(language: str) -> None:
    seen = 0
    for challenge, drawn in _draws():
        for block in present(challenge, drawn.facts, language).shown:
            if isinstance(block, Picture):
                seen += 1
                assert len(block.alt) > 10, challenge.id
                assert "{" not in block.alt, challenge.id
    assert seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_shown_or_explained_has_an_unfilled_place(language: str) -> None:
    for challenge, drawn in _draws():
        shown = present(challenge, drawn.facts, language)
        told = explain(challenge, drawn.facts, drawn.truth, language)
        assert len(told.why) > 20, challenge.id
        assert told.right_answer.strip(), challenge.id
        for text in (
            shown.instruction,
            told.why,
            told.tip,
            *(one.text for one in shown.inputs if isinstance(one, Proposal)),
        ):
            assert "{" not in text.replace("{{", ""), (challenge.id, text)


def test_no_challenge_shows_more_proposals_than_statements_number() -> None:
    for challenge, drawn in _draws():
        shown = present(challenge, drawn.facts, "en").inputs
        proposals = [one.id for one in shown if isinstance(one, Proposal)]
        assert len(proposals) <= telling._PROPOSALS, challenge.id
        assert set(proposals) <= {f"p{number}" for number in range(1, telling._PROPOSALS + 1)}, challenge.id


def test_no_challenge_has_more_targets_to_match_than_statements_number() -> None:
    seen = 0
    for challenge, drawn in _draws():
        if describe(challenge, drawn.facts).type == "matching":
            fields = [one for one in present(challenge, drawn.facts, "en").inputs if isinstance(one, SelectInput)]
            targets = {option.id for field in fields for option in field.options}
            assert targets <= {f"p{number}" for number in range(1, telling._TARGETS + 1)}, challenge.id
            seen += 1
    assert seen


def test_the_bank_is_as_large_as_was_promised() -> None:
    bank = load_bank()
    live = [one for one in bank.challenges.values() if one.languages]
    assert len(live) >= 50
    assert len({one.skill for one in live}) >= 24
    assert len({one.topic for one in live}) >= 8
    assert {one.competence for one in live} >= {"1.1", "1.2", "4.1"}
    assert {one.level for one in live} >= set(range(1, 7))
