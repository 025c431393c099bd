"""Whatever an attempt holds: its statements are good, come back as the facts they were, and keep their chain."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from xapi import chain, profile, reading, responses, statements, validate, variants, vocabulary
from xapi.facts import (
    Abandoned,
    Activity,
    Actor,
    Answered,
    Competence,
    Completed,
    Component,
    Facts,
    Initialized,
    Interaction,
    Link,
    Measure,
    Outcome,
    Resumed,
    Score,
    Setting,
    Suspended,
    Terminated,
    Withheld,
)
from xapi.rules import Plan, Prior, Topic, Versions

anything = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
words = anything.filter(str.strip)
codes = st.from_regex(r"[1-5]\.[1-6]", fullmatch=True)
names = st.dictionaries(st.sampled_from(["fr", "en", "ar", "fr-CA"]), words, max_size=3)
some_names = names.filter(bool)
numbers = st.floats(-8, 8, allow_nan=False).map(lambda one: round(one, 4) + 0.0)
shares = st.floats(0, 1).map(lambda one: round(one, 4) + 0.0)
counts = st.integers(0, 2**40)
hexes = st.binary(min_size=16, max_size=16).map(bytes.hex)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
moments = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
durations = st.integers(0, 10**10).map(lambda ms: timedelta(milliseconds=ms))
uuids = st.uuids(version=4)
measures = st.builds(Measure, numbers, numbers)
activities = st.builds(Activity, uuids.map(vocabulary.iri_of_course), names)
competences = st.lists(st.builds(Competence, words, names), max_size=3, unique_by=lambda one: one.code).map(tuple)
setups = st.builds(
    Setting,
    attempt=uuids,
    actor=st.builds(Actor, st.just("https://pix.example/people"), words),
    test=st.builds(Activity, uuids.map(vocabulary.iri_of_test), names),
    competences=competences,
    platform=words,
    language=st.sampled_from(["fr", "en", "ar"]),
    course=st.none() | activities,
    programme=st.none() | st.builds(Activity, uuids.map(vocabulary.iri_of_programme), names),
)
common = {"id": uuids, "timestamp": moments, "setting": setups, "link": st.builds(Link, st.integers(2, 2**40), hashes)}
plans = st.builds(
    Plan,
    topics=st.lists(st.builds(Topic, words, codes, words, numbers), min_size=1, max_size=4).map(tuple),
    min_items=counts,
    max_items=counts,
    min_per_competence=counts,
    counts=words,
    grade_policy=words,
    purpose=words,
    attempts=st.none() | counts,
    attention=st.none() | words,
    delay=st.none() | counts,
    minutes=st.none() | counts,
    items=st.lists(words, max_size=4).map(tuple),
)
versions = st.builds(Versions, words, words, st.builds(Prior, *[numbers] * 5), words)


@st.composite
def asked(draw):
    """An interaction with a response that its marking could have accepted."""
    ids = draw(st.lists(st.from_regex(r"[a-z0-9_-]{1,6}", fullmatch=True), min_size=2, max_size=4, unique=True))
    parts = tuple(Component(one, draw(some_names)) for one in ids)
    some = st.lists(st.sampled_from(ids), max_size=4, unique=True).map(tuple)
    name = draw(names)
    return draw(
        st.one_of(
            st.tuples(st.just(Interaction("choice", name, choices=parts)), st.sampled_from(ids) | some),
            st.tuples(st.just(Interaction("sequencing", name, choices=parts)), some),
            st.tuples(
                st.just(Interaction("matching", name, source=parts, target=parts)),
                st.dictionaries(st.sampled_from(ids), st.sampled_from(ids)),
            ),
            st.tuples(
                st.just(Interaction("performance", name, steps=parts)), st.dictionaries(st.sampled_from(ids), anything)
            ),
            st.tuples(
                st.sampled_from([Interaction(kind, name) for kind in ("fill-in", "long-fill-in", "numeric", "other")]),
                anything,
            ),
        )
    )


@st.composite
def answers(draw):
    interaction, response = draw(asked())
    return Answered(
        **{name: draw(strategy) for name, strategy in common.items()},
        item=draw(words),
        topic=draw(words),
        options=draw(st.integers(0, 20)),
        difficulty=draw(numbers),
        variance=draw(numbers),
        outcome=draw(st.sampled_from(Outcome)),
        interaction=interaction,
        device=draw(words),
        language=draw(words),
        presentation=draw(words),
        duration=draw(durations),
        given=draw(st.sampled_from([None, response]) | st.builds(Withheld, hashes)),
        estimate=draw(st.none() | measures),
    )


every_facts = st.one_of(
    answers(),
    st.builds(
        Initialized,
        **(common | {"link": st.just(Link(1, None))}),
        plan=plans,
        versions=versions,
        commitment=hashes,
        exposure=counts,
        number=counts,
        pool=words,
    ),
    st.builds(
        Completed,
        **common,
        answers=counts,
        seed=hexes,
        duration=durations,
        levels=st.dictionaries(codes, st.none() | measures, max_size=3),
        share_right=st.none() | shares,
        share_of_target=st.none() | shares,
        score_sent=st.none() | shares,
        score=st.none() | shares.map(lambda share: Score(round(share * 100, 1))),
    ),
    st.builds(Abandoned, **common, answers=counts, seed=hexes),
    *(st.builds(kind, **common) for kind in (Suspended, Resumed, Terminated)),
)


@settings(max_examples=150, deadline=None)
@given(every_facts)
def test_facts_come_back_as_they_went(facts: Facts):
    statement = json.loads(statements.build(facts).text)
    assert reading.read(statement) == facts
    validate.check(statement)
    profile.check(statement)


@settings(max_examples=100, deadline=None)
@given(every_facts, st.randoms(use_true_random=False))
def test_what_an_lrs_may_rewrite_changes_neither_hash_nor_facts(facts: Facts, chance: random.Random):
    built = statements.build(facts)
    rewritten = _rewritten(json.loads(built.text), chance)
    rewritten["timestamp"] = facts.timestamp.isoformat()
    assert chain.digest(rewritten) == built.hash
    assert reading.read(rewritten) == facts
    assert chain.same(built.text, rewritten)


def _rewritten(value, chance: random.Random):
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _rewritten(value[key], chance) for key in keys}
    if isinstance(value, list):
        return [_rewritten(one, chance) for one in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return int(value) if float(value).is_integer() and chance.random() < 0.5 else float(value)


@settings(max_examples=100, deadline=None)
@given(every_facts, words)
def test_every_receiver_gets_the_same_hash(facts: Facts, name: str):
    built = statements.build(facts)
    variant = variants.without_response(variants.with_actor(built.text, Actor("https://lms.example", name)))
    assert chain.digest(json.loads(variant)) == built.hash
    found = reading.read(json.loads(variant))
    expected = replace(facts, setting=replace(facts.setting, actor=Actor("https://lms.example", name)))
    if isinstance(expected, Answered) and not isinstance(expected.given, Withheld | None):
        told = responses.digest(facts.id, responses.as_json(expected.given))
        expected = replace(expected, given=Withheld(told))
    assert found == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(answers(), min_size=2, max_size=5), setups, plans, versions, st.data())
def test_one_change_anywhere_before_the_last_statement_breaks_the_chain(facts, setting, plan, used, data):
    first = Initialized(
        id=setting.attempt, timestamp=facts[0].timestamp, setting=setting, link=Link(1, None), plan=plan, versions=used,
        commitment="ab" * 32, exposure=0, number=1, pool="open",
    )  # fmt: skip
    linked = [statements.build(first)]
    for sequence, one in enumerate(facts, start=2):
        linked.append(statements.build(replace(one, setting=setting, link=Link(sequence, linked[-1].hash))))
    parsed = [json.loads(one.text) for one in linked]
    assert chain.check(parsed) is None
    at = data.draw(st.integers(0, len(parsed) - 2))
    spoil = data.draw(st.sampled_from(["remove", "moment", "extension", "success", "exchange"]))
    if spoil == "remove":
        del parsed[at]
    elif spoil == "moment":
        parsed[at]["timestamp"] = "1999-01-01T00:00:00.000Z"
    elif spoil == "extension":
        parsed[at]["context"]["extensions"][vocabulary.ContextExtension.LANGUAGE] = "zz-changed"
    elif spoil == "success":
        result = parsed[at].setdefault("result", {})
        result["success"] = not result.get("success", False)
    else:
        parsed[at], parsed[at + 1] = parsed[at + 1], parsed[at]
    assert chain.check(parsed) is not None
