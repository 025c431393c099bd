"""Rules out of a form, in and out of a placement, in words; where checkpoints fall; what a list's score is."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.assessment.fixed import following, share_right
from lti_tool.assessment.rules import (
    MOST_ATTEMPTS,
    MOST_HOURS,
    MOST_MINUTES,
    Attention,
    Counts,
    Purpose,
    Rules,
    chosen_rules,
    rules_in_words,
    rules_of,
    whole_of,
)
from lti_tool.assessment.step import checkpoint_every, steps_in_row
from lti_tool.assessment.training import AIM, aim_of
from lti_tool.engine import Choice, Engine, Item, Outcome, Plan, Stop
from lti_tool.errors import BadInput
from lti_tool.models import Attempt, GradePolicy, Placement
from lti_tool.words import LANGUAGES, words

any_rules = st.builds(
    Rules,
    purpose=st.sampled_from(Purpose),
    attention=st.sampled_from(Attention),
    attempts=st.integers(0, MOST_ATTEMPTS),
    delay=st.integers(0, MOST_HOURS),
    best_or_last=st.sampled_from(Counts),
    minutes=st.integers(0, MOST_MINUTES),
)
FIELDS = ("purpose", "attention", "attempts", "delay", "best_or_last", "minutes")


def placed(rules: Rules | None = None, **more: object) -> Placement:
    kept = (rules or Rules()).to_json()
    return Placement(rules={**kept, **more}, grade_policy=GradePolicy.SCORE, scoring_version="scoring/v1")


@given(any_rules)
def test_rules_come_back_from_a_placement_as_they_were(rules: Rules) -> None:
    assert rules_of(placed(rules)) == rules


@given(any_rules)
def test_a_form_that_says_everything_is_taken_at_its_word(rules: Rules) -> None:
    assert chosen_rules({name: str(value) for name, value in rules.to_json().items()}) == rules


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=9) | st.sampled_from(["exam", "focus", "last", "7"])))
def test_any_form_gives_rules_within_their_bounds_or_a_refusal_in_words(form: dict[str, str]) -> None:
    refused: list[BadInput] = []
    try:
        rules = chosen_rules(form)
    except BadInput as error:
        refused.append(error)
        rules = Rules()
    assert all(words("en").t(error.key, **error.values) for error in refused)
    assert 0 <= rules.attempts <= MOST_ATTEMPTS
    assert 0 <= rules.delay <= MOST_HOURS
    assert 0 <= rules.minutes <= MOST_MINUTES


def test_a_placement_from_before_a_rule_existed_has_its_usual_value() -> None:
    old = Placement(rules={"purpose": "positioning", "attention": "free", "attempts": 2, "best_or_last": "last"})
    assert rules_of(old) == Rules(attempts=2, best_or_last=Counts.LAST)


def test_an_empty_form_gives_the_usual_rules_and_an_exam_its_own() -> None:
    assert chosen_rules({}) == Rules()
    exam = Rules(purpose=Purpose.EXAM, attention=Attention.FOCUS, attempts=1)
    assert chosen_rules({"purpose": "exam"}) == exam
    assert chosen_rules({"purpose": "exam", "attempts": "0", "attention": "free"}) == replace(
        exam, attention=Attention.FREE, attempts=0
    )


@pytest.mark.parametrize(("typed", "number"), [("", 5), ("  ", 5), ("0", 0), (" 12 ", 12), ("٤٨", 48), ("007", 7)])
def test_a_number_is_read_in_whichever_digits_it_was_typed(typed: str, number: int) -> None:
    assert whole_of({"n": typed}, "n", 60, "rules.minutes", empty=5) == number


@pytest.mark.parametrize("typed", ["61", "-1", "+1", "1.0", "1e1", "six", "²", "1 0", "1_0", "0x1", "9" * 7, "Ⅳ"])
def test_what_is_no_number_within_bounds_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        whole_of({"n": typed}, "n", 60, "rules.minutes")
    assert refused.value.values == {"most": 60}


# --- in words


@pytest.mark.parametrize("language", LANGUAGES)
@given(rules=any_rules)
def test_any_rules_can_be_said(language: str, rules: Rules) -> None:
    said = rules_in_words(placed(rules), words(language))
    assert len(said) >= 3
    assert all(sentence.strip() and "{" not in sentence for sentence in said)


def test_the_rules_are_said_as_they_are() -> None:
    rules = Rules(Purpose.EXAM, Attention.FOCUS, attempts=2, delay=36, best_or_last=Counts.LAST, minutes=90)
    assert rules_in_words(placed(rules), words("en")) == [
        "This is an exam: the right answers are not shown.",
        "Stay on the page of the test: your instructor sees when you leave it. Your result does not depend on it.",
        "You have 2 attempts.",
        "Between two attempts you have to wait: 1 day and 12 hours.",
        "The last attempt counts.",
        "The time is limited: 1 hour and 30 minutes for the whole test. A pause does not stop it.",
    ]


def test_of_a_single_attempt_nothing_is_said_that_needs_a_second() -> None:
    said = " ".join(rules_in_words(placed(Rules(attempts=1, delay=96)), words("en")))
    assert "wait" not in said
    assert "counts" not in said


def test_where_no_score_is_told_nobody_is_told_which_attempt_counts() -> None:
    placement = placed(Rules(purpose=Purpose.TRAINING))
    placement.grade_policy = GradePolicy.NONE
    assert "counts" not in " ".join(rules_in_words(placement, words("en")))


# --- where one stops on the way


@pytest.mark.parametrize(
    ("purpose", "listed", "stretch", "row"),
    [
        (Purpose.POSITIONING, 0, 5, 5),
        (Purpose.EXAM, 0, 5, 5),
        (Purpose.TRAINING, 0, 1, 5),
        (Purpose.POSITIONING, 8, 8, 8),
        (Purpose.TRAINING, 8, 1, 8),
        (Purpose.POSITIONING, 12, 12, 12),
        (Purpose.POSITIONING, 13, 5, 5),
    ],
)
def test_checkpoints_come_every_five_answers_each_one_in_practice_and_never_within_a_short_list(
    purpose: Purpose, listed: int, stretch: int, row: int
) -> None:
    placement = placed(Rules(purpose=purpose), **({"items": ["x"] * listed} if listed else {}))
    assert (checkpoint_every(placement), steps_in_row(placement)) == (stretch, row)


def test_only_practice_aims_at_a_chance_of_success() -> None:
    aims = [aim_of(placed(Rules(purpose=one))) for one in (Purpose.TRAINING, Purpose.POSITIONING, Purpose.EXAM)]
    assert aims == [AIM, None, None]


# --- lists


def test_the_share_of_a_list_waits_for_its_last_challenge() -> None:
    outcomes = [Outcome.RIGHT, Outcome.SKIPPED, Outcome.WRONG]
    assert [share_right(length, outcomes) for length in (0, 3, 4)] == [None, 0.3333, None]


@given(st.lists(st.sampled_from(Outcome), min_size=1, max_size=60), st.randoms())
def test_the_share_of_a_list_is_the_same_in_any_order(outcomes: list[Outcome], chance: Random) -> None:
    shuffled = chance.sample(outcomes, len(outcomes))
    share = share_right(len(outcomes), outcomes)
    assert share == share_right(len(outcomes), shuffled)
    assert share is not None
    assert 0 <= share <= 1


def test_the_next_of_a_list_is_the_first_without_an_answer_that_the_bank_still_has() -> None:
    items = [Item(name, "s", "t", "c", "a", 1) for name in ("one", "two", "three")]
    engine = Engine(items)
    state = engine.start(Plan({"t": 8.0}, 3, 3, 0), seed=1)
    attempt = Attempt(available=["three", "one", "two"])
    chosen = following(attempt, state, {"one", "two", "three"})
    assert isinstance(chosen, Choice)
    assert (chosen.item_id, chosen.reason["key"]) == ("three", "engine.reason.listed")
    state = engine.record(state, "three", Outcome.WRONG)
    after = following(attempt, state, {"two", "three"})
    assert isinstance(after, Choice)
    assert after.item_id == "two"
    assert following(attempt, engine.record(state, "two", Outcome.RIGHT), {"two", "three"}) == Stop("longest")
