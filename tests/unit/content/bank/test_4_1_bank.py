"""Every challenge of competence 4.1 under any seed: complete in both languages, marked rightly, small, different."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Challenge, draw, explain, load_bank, mark, parse_response, place_page, present
from lti_tool.content.kinds import KINDS
from lti_tool.content.presentation import PlacePage, Proposal, SelectInput

LANGUAGES = ("en", "fr")
CHALLENGES = [one for one in load_bank().challenges.values() if one.competence == "4.1"]
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


def pages_of(challenge: Challenge, facts: dict[str, Any], language: str) -> Iterator[PlacePage]:
    """Every page of the question's place that its specification tells of."""
    place = facts["place"]
    paths = [page["path"] for page in place.get("pages", [])] or [""]
    for number, message in enumerate(place.get("messages", []), start=1):
        paths += [f"{number}", f"{number}/sender"]
        paths += [f"{number}/link/{one}" for one in range(1, 1 + len(message.get("links", [])))]
        paths += [f"{number}/attachment/{one}" for one in range(1, 1 + len(message.get("attachments", [])))]
        paths += [f"{number}/source"] if "source" in message else []
    for path in paths:
        yield place_page(challenge, facts, path, {}, language)


def by_language(thing: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(thing, Mapping):
        if "en" in thing or "fr" in thing:
            yield thing
        else:
            for part in thing.values():
                yield from by_language(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from by_language(part)


def test_the_competence_has_topics_and_challenges_at_low_middle_and_high_levels() -> None:
    topics = {one.topic for one in CHALLENGES}
    assert len(topics) == 4
    assert len(CHALLENGES) >= 40
    for topic in topics:
        levels = {one.level for one in CHALLENGES if one.topic == topic}
        assert min(levels) <= 2
        assert levels & {3, 4, 5}
        assert max(levels) >= 6
        assert len(levels) >= 5


@each_challenge
@few
@given(seed=seeds)
def test_facts_and_truth_are_plain_json_and_small(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    assert json.loads(json.dumps([drawn.facts, drawn.truth])) == [drawn.facts, drawn.truth]
    assert len(json.dumps(drawn.facts)) < 64_000


@each_challenge
@few
@given(seed=seeds)
def test_the_truth_is_marked_right_and_a_wrong_answer_wrong(challenge: Challenge, seed: bytes) -> None:
    drawn, kind = draw(challenge, seed), KINDS[challenge.kind]
    for language in LANGUAGES:
        right = parse_response(
            challenge, drawn.facts, kind.right_form(challenge, drawn.facts, drawn.truth, language), language
        )
        wrong = parse_response(
            challenge, drawn.facts, kind.wrong_form(challenge, drawn.facts, drawn.truth, language), language
        )
        assert mark(challenge, drawn.truth, right, language).right
        assert not mark(challenge, drawn.truth, wrong, language).right


@each_challenge
@few
@given(seed=seeds)
def test_texts_are_filled_and_well_written_in_both_languages(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    for language in LANGUAGES:
        shown = present(challenge, drawn.facts, language)
        told = explain(challenge, drawn.facts, drawn.truth, language)
        pages = list(pages_of(challenge, drawn.facts, language)) if "place" in drawn.facts else []
        texts = list(texts_in([shown, told, [[page.title, page.values] for page in pages]]))
        assert not [text for text in texts if re.search(r"\{[a-z_]+\}", text)]
        assert all(page.status == 200 for page in pages)
        if language == "fr":
            assert not [text for text in texts if re.search(r"\w [;?!»]|« | :(\s|$)|\w'\w", text)]
        else:
            assert not [text for text in texts if re.search(r"\w'\w|\u00a0[:;?!]", text)]


@each_challenge
def test_everything_by_language_is_said_in_both(challenge: Challenge) -> None:
    assert all({"en", "fr"} <= set(said) for said in by_language(dict(challenge.parameters)))
    assert set(challenge.languages) == {"en", "fr"}


@each_challenge
def test_draws_differ(challenge: Challenge) -> None:
    drawn = {json.dumps(draw(challenge, bytes([number] * 16)).facts, sort_keys=True) for number in range(24)}
    assert len(drawn) >= (12 if challenge.generator != "proposals" else 8)


@each_challenge
@few
@given(seed=seeds)
def test_the_declared_chance_of_guessing_is_true(challenge: Challenge, seed: bytes) -> None:
    shown = present(challenge, draw(challenge, seed).facts, "en")
    count = sum(isinstance(one, Proposal) for one in shown.inputs)
    if challenge.kind == "single":
        assert challenge.options == count
    elif challenge.kind == "multiple":
        assert challenge.options == min(16, 2**count)
    elif challenge.kind == "select":
        guesses = 1
        for one in shown.inputs:
            assert isinstance(one, SelectInput)
            guesses *= len(one.options)
        assert challenge.options == min(16, guesses)
    else:
        assert challenge.options == 0


@each_challenge
def test_right_proposals_take_every_place(challenge: Challenge) -> None:
    if challenge.kind not in {"single", "multiple"}:
        return
    drawn = [draw(challenge, bytes([number, 7] * 8)) for number in range(60)]
    places = {one for each in drawn for one in each.truth["right"]}
    assert places == {one["id"] for each in drawn for one in each.facts["proposals"]}


@each_challenge
@few
@given(seed=seeds)
def test_what_is_shown_does_not_hold_the_explanation(challenge: Challenge, seed: bytes) -> None:
    drawn = draw(challenge, seed)
    assert not {"right", "fields", "accept", "because"} & set(drawn.facts)
    assert not [name for name in drawn.facts["values"] if name in drawn.truth.get("values", {})]
