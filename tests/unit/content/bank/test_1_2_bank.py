"""Every challenge of competence 1.2 under any seed: complete in both languages, marked rightly, small, different."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Challenge, draw, explain, load_bank, mark, parse_response, place_page, present
from lti_tool.content.kinds import KINDS
from lti_tool.content.presentation import Proposal, SelectInput
from lti_tool.content.rendering import materials, render_material

LANGUAGES = ("en", "fr")
TOPICS = ("1.2.files-and-folders", "1.2.storage-and-backup", "1.2.formats-and-compression", "1.2.structured-records")
CHALLENGES = [one for one in load_bank().challenges.values() if one.topic in TOPICS]
each_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda one: one.id)
seeds = st.binary(min_size=16, max_size=16)
few = settings(max_examples=12, deadline=None)


def texts_in(thing: Any) -> Iterator[str]:
    """Every text, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for part in thing.values():
            yield from texts_in(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts_in(part)
    elif hasattr(thing, "__slots__"):
        for name in thing.__slots__:
            yield from texts_in(getattr(thing, name))


def by_language(thing: Any) -> Iterator[Mapping[str, Any]]:
    """Every text by language, however deep."""
    if isinstance(thing, Mapping):
        if "en" in thing or "fr" in thing:
            yield thing
        else:
            for part in thing.values():
                yield from by_language(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from by_language(part)


def test_the_topics_reach_from_low_to_high_levels_with_two_challenges_or_more_for_each_skill() -> None:
    skills: dict[str, int] = {}
    for one in CHALLENGES:
        skills[one.skill] = skills.get(one.skill, 0) + 1
    for topic in TOPICS:
        levels = {one.level for one in CHALLENGES if one.topic == topic}
        assert min(levels) == 1
        assert max(levels) >= 7
        assert len(levels) >= 7
    assert min(skills.values()) >= 2


@each_challenge
@few
@given(seed=seeds)
def test_facts_and_truth_are_plain_json_and_small(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    assert json.loads(json.dumps([drawn.facts, drawn.truth])) == [drawn.facts, drawn.truth]
    assert len(json.dumps(drawn.facts)) < 8_000


@each_challenge
@few
@given(seed=seeds)
def test_the_truth_is_marked_right_and_a_wrong_answer_wrong(challenge: Challenge, seed: bytes) -> None:
    drawn, kind = draw(challenge, seed), KINDS[challenge.kind]
    for language in LANGUAGES:
        right, wrong = (
            parse_response(challenge, drawn.facts, form(challenge, drawn.facts, drawn.truth, language), language)
            for form in (kind.right_form, kind.wrong_form)
        )
        assert mark(challenge, drawn.truth, right, language).right
        assert not mark(challenge, drawn.truth, wrong, language).right


@each_challenge
@few
@given(seed=seeds)
def test_texts_are_filled_and_well_written_in_both_languages(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    for language in LANGUAGES:
        told = explain(challenge, drawn.facts, drawn.truth, language)
        texts = list(texts_in([present(challenge, drawn.facts, language), told]))
        if drawn.facts.get("place", {}).get("name", "reader") != "reader":
            page = place_page(challenge, drawn.facts, "", {}, language)
            assert page.status == 200
            texts += texts_in([page.title, page.values])
        assert not [text for text in texts if re.search(r"\{[a-z_]+\}", text)]
        if language == "fr":
            assert not [text for text in texts if re.search(r"\w [;?!»]|« | :(\s|$)|\w'\w", text)]
        else:
            assert not [text for text in texts if re.search(r"\w'\w|\u00a0[:;?!]", text)]


@each_challenge
def test_everything_by_language_is_said_in_both(challenge: Challenge) -> None:
    drawn = draw(challenge, b"two languages")
    for said in by_language([dict(challenge.parameters), drawn.facts, drawn.truth]):
        assert {"en", "fr"} <= set(said)
    assert set(challenge.languages) == {"en", "fr"}


@each_challenge
def test_draws_differ(challenge: Challenge) -> None:
    drawn = {json.dumps(draw(challenge, bytes([number] * 16)).facts, sort_keys=True) for number in range(24)}
    assert len(drawn) >= 16


@each_challenge
@few
@given(seed=seeds)
def test_the_declared_chance_of_guessing_is_true(challenge: Challenge, seed: bytes) -> None:
    shown = present(challenge, draw(challenge, seed).facts, "en")
    count = sum(isinstance(one, Proposal) for one in shown.inputs)
    guesses = 1
    for one in shown.inputs:
        guesses *= len(one.options) if isinstance(one, SelectInput) else 1
    expected = {"single": count, "multiple": min(16, 2**count), "select": min(16, guesses)}
    assert challenge.options == expected.get(challenge.kind, 0)


@each_challenge
def test_right_proposals_take_every_place(challenge: Challenge) -> None:
    if challenge.kind not in {"single", "multiple"} or challenge.generator == "storage_sets":
        return  # the sets of a week stand in the order of the days
    drawn = [draw(challenge, bytes([number, 7] * 8)) for number in range(80)]
    places = {one for each in drawn for one in each.truth["right"]}
    assert places == {one["id"] for each in drawn for one in each.facts["proposals"]}


@each_challenge
@few
@given(seed=seeds)
def test_what_is_shown_does_not_hold_the_explanation(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    assert not {"right", "fields", "accept"} & set(drawn.facts)
    assert not [name for name in drawn.facts.get("values", {}) if name in drawn.truth.get("values", {})]


@each_challenge
def test_an_answer_to_be_typed_is_not_written_in_the_question(challenge: Challenge) -> None:
    if challenge.kind != "text":
        return
    for number in range(30):
        drawn = draw(challenge, bytes([number, 3] * 8))
        for language in LANGUAGES:
            shown = present(challenge, drawn.facts, language)
            right = explain(challenge, drawn.facts, drawn.truth, language).right_answer
            assert right not in "\n".join(texts_in([shown.instruction, shown.shown, shown.inputs]))


@each_challenge
def test_files_to_download_are_the_same_at_every_rendering(challenge: Challenge) -> None:
    facts = draw(challenge, b"files").facts
    for name in materials(facts):
        first, second = (render_material(challenge, facts, name, "fr").bytes for _ in range(2))
        assert first == second
