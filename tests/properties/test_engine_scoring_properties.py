"""What holds for every set of answers: the score of record knows no order and rewards every right answer."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.engine import Item, Outcome, Plan, Score, score

COMPETENCES = {"1.1": "1", "1.2": "1", "3.4": "3"}
ITEMS = [
    Item(
        f"{name}.t{topic}@{level}", f"{name}.t{topic}@{level}", f"{name}.t{topic}", name, area, level, (0, 3, 2)[topic]
    )
    for name, area in COMPETENCES.items()
    for topic in range(3)
    for level in range(1, 8)
]
TOPICS = sorted({item.topic for item in ITEMS})

caps = st.sampled_from([1.0, 2.0, 2.5, 3.0, 5.0, 8.0])
plans = st.builds(
    lambda levels: Plan(dict(zip(TOPICS, levels, strict=True)), 63),
    st.lists(caps, min_size=len(TOPICS), max_size=len(TOPICS)),
)
answer_sets = st.lists(
    st.tuples(st.sampled_from([item.id for item in ITEMS]), st.sampled_from(list(Outcome))),
    unique_by=lambda answer: answer[0],
    min_size=1,
    max_size=60,
)
difficulties = st.dictionaries(
    st.sampled_from([item.id for item in ITEMS]), st.tuples(st.floats(-2, 10), st.floats(0, 2)), max_size=20
)
bounded = settings(max_examples=60, deadline=None)


@bounded
@given(plans, answer_sets, difficulties, st.randoms(use_true_random=False))
def test_answers_items_and_topics_in_any_order_give_the_same_score_to_the_last_bit(plan, answers, known, chance):
    shuffled, items, topics = list(answers), list(ITEMS), list(plan.topics.items())
    for run in (shuffled, items, topics):
        chance.shuffle(run)
    other = Plan(dict(topics), plan.max_items)
    assert score(other, items, shuffled, parameters=known) == score(plan, ITEMS, answers, parameters=known)


@bounded
@given(plans, answer_sets, difficulties)
def test_everything_of_record_stays_finite_and_within_the_scale(plan, answers, known):
    result = score(plan, ITEMS, answers, parameters=known)
    for name in result.measured:
        estimate = result.competences[name]
        highest = max(cap for topic, cap in plan.topics.items() if topic.startswith(name))
        assert 0 <= estimate.level <= highest
        assert 0 <= estimate.error <= highest / 2
    assert all(0 <= level <= plan.topics[topic] for topic, level in result.topics.items())
    assert result.share is None or 0 <= result.share <= 1


@bounded
@given(plans, answer_sets, difficulties, st.data())
def test_a_right_answer_instead_of_a_wrong_one_lowers_nothing(plan, answers, known, data):
    place = data.draw(st.integers(0, len(answers) - 1))
    better = [(item, Outcome.RIGHT if at == place else outcome) for at, (item, outcome) in enumerate(answers)]
    before, after = (score(plan, ITEMS, given, parameters=known) for given in (answers, better))
    assert after.measured == before.measured
    for old, new in zip(_levels(before), _levels(after), strict=True):
        assert new >= old


@bounded
@given(plans, answer_sets, st.randoms(use_true_random=False))
def test_which_kind_of_wrong_it_was_never_counts(plan, answers, chance):
    wrong = [outcome for outcome in Outcome if outcome is not Outcome.RIGHT]
    other = [(item, outcome if outcome is Outcome.RIGHT else chance.choice(wrong)) for item, outcome in answers]
    assert score(plan, ITEMS, other) == score(plan, ITEMS, answers)


@bounded
@given(plans, answer_sets)
def test_what_is_measured_follows_from_counts_alone(plan, answers):
    result = score(plan, ITEMS, answers)
    for name, estimate in result.competences.items():
        own = [item for item, _ in answers if item.startswith(name)]
        enough = len(own) >= 4 and len({item.split("@")[0] for item in own}) >= 2
        assert (estimate is not None) == enough
    assert (result.share is None) == (None in result.competences.values())
    assert (result.total is None) == (not result.measured)


def _levels(result: Score) -> list[float]:
    """Give every number of a score that more right answers may only raise."""
    levels = [estimate.level for estimate in result.competences.values() if estimate is not None]
    return [*levels, *result.topics.values(), result.share if result.share is not None else -math.inf]
