"""What holds for every run of a test: a state is a value, and choosing keeps to the plan."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.engine import Choice, Engine, Item, Outcome, Plan, Stop

ITEMS = [
    Item(f"{c}.{t}.{level}.{variant}", f"{c}.{t}@{level}", f"{c}.{t}", c, c[0], level, 4 * variant)
    for c in ("1.1", "1.2", "2.1")
    for t in ("a", "b", "c")
    for level in (1, 2, 4, 6, 8)
    for variant in (0, 1)
]
IDS = sorted(item.id for item in ITEMS)
TOPICS = sorted({item.topic for item in ITEMS})
ENGINE = Engine(ITEMS)

plans = st.builds(
    lambda topics, length, target: Plan(topics, length, target_error=target),
    st.dictionaries(st.sampled_from(TOPICS), st.sampled_from([1.0, 2.5, 4.0, 6.0, 8.0]), min_size=1),
    st.integers(12, 30),
    st.sampled_from([None, 0.6, 0.9]),
)
outcomes = st.lists(st.sampled_from(list(Outcome)), min_size=30, max_size=30)
some_ids = st.frozensets(st.sampled_from(IDS), max_size=60)
bounded = settings(max_examples=50, deadline=None)


@bounded
@given(plans, st.binary(min_size=16, max_size=16), outcomes, some_ids, some_ids)
def test_a_test_asks_each_item_once_within_plan_caps_and_what_is_at_hand(plan, seed, marks, barred, missing):
    available = set(IDS) - missing
    by_id = {item.id: item for item in ITEMS}
    state = ENGINE.start(plan, seed, available=available)
    asked = []
    while isinstance(choice := ENGINE.choose(state, barred), Choice):
        item = by_id[choice.item_id]
        assert item.level <= plan.topics[item.topic]
        assert item.id in available - barred - set(asked)
        state = ENGINE.record(state, item.id, marks[len(asked)])
        asked.append(item.id)
    assert isinstance(ENGINE.choose(state, barred), Stop)
    assert len(asked) <= plan.max_items
    if choice.reason == "longest":
        assert len(asked) == plan.max_items
    if choice.reason == "precision":
        assert len(asked) >= plan.min_items
        assert None not in ENGINE.score(state).competences.values()


@bounded
@given(plans, st.integers(), outcomes)
def test_a_state_rebuilt_from_its_answers_equals_the_one_lived_through(plan, seed, marks):
    state = ENGINE.start(plan, seed)
    for mark in marks:
        choice = ENGINE.choose(state)
        if isinstance(choice, Stop):
            break
        state = ENGINE.record(state, choice.item_id, mark, "fr")
        rebuilt = ENGINE.start(plan, seed)
        for answer in state.answers:
            rebuilt = ENGINE.record(rebuilt, *answer)
        assert rebuilt == state
        assert ENGINE.choose(rebuilt) == ENGINE.choose(state)


@bounded
@given(
    st.permutations(IDS).map(lambda ids: ids[:40]), st.lists(st.sampled_from(list(Outcome)), min_size=40, max_size=40)
)
def test_the_belief_stays_bounded_its_variances_positive_and_right_answers_raise_it(ids, marks):
    plan = Plan(dict.fromkeys(TOPICS, 8.0), 40)
    state = ENGINE.start(plan, 1)
    for item_id, mark in zip(ids, marks, strict=True):
        right, wrong = (ENGINE.record(state, item_id, outcome) for outcome in (Outcome.RIGHT, Outcome.WRONG))
        assert (right.mean >= wrong.mean).all()
        state = right if mark is Outcome.RIGHT else wrong
        assert np.linalg.eigvalsh(state.covariance).min() > 0
    for estimate in ENGINE.estimate(state).values():
        assert 0 <= estimate.level <= 8
        assert 0 < estimate.error < 4
    assert all(0 <= chance <= 1 for chance in ENGINE.skills(state).values())
