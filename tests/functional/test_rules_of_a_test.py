"""What an instructor rules: chosen in the picker, frozen, told in the first statement, and held to."""

from datetime import timedelta

import pytest
from answering import play_all, told
from houses import House
from launching import counts
from picking import audited, newest_placement, pick, picked, placement_of, statements_of
from sqlalchemy import update

from lti_tool import clock
from lti_tool.demo.browser import Page
from lti_tool.models import Attempt, Placement
from lti_tool.words.zones import local_moment
from xapi.vocabulary import ContextExtension

USUAL = {"purpose": "positioning", "attention": "free", "attempts": 0, "delay": 0, "best_or_last": "best", "minutes": 0}


def rules_of(placement: Placement) -> dict[str, object]:
    return {name: placement.rules[name] for name in USUAL}


def plan_told(house: House, attempt: Attempt) -> dict[str, object]:
    """The plan in the first statement of an attempt."""
    plan: dict[str, object] = statements_of(house, attempt)[0]["context"]["extensions"][ContextExtension.PLAN]
    return plan


def begun_again(house: House, activity: str, username: str) -> Page:
    """What the start address answers to somebody whose attempt is over: their page may not offer it any more."""
    trainee = house.client("en")
    page = trainee.launch(activity, username)
    ticket = next(dict(form.fields)["ticket"] for form in page.forms if "ticket" in dict(form.fields))
    return trainee.browser.post(f"{page.url.split('?')[0]}/start", {"ticket": ticket})


def end_earlier(house: House, attempt: Attempt, ago: timedelta) -> None:
    """As if the attempt had ended so long ago."""
    with house.parts.database.transaction() as session:
        session.execute(update(Attempt).where(Attempt.id == attempt.id).values(ended_at=clock.now() - ago))


def test_a_test_has_the_usual_rules_where_nothing_else_is_chosen(shared_house: House) -> None:
    picked(shared_house)
    placement = newest_placement(shared_house)
    assert rules_of(placement) == USUAL
    assert (placement.rules["kind"], placement.rules["capped"]) == ("adaptive", False)


def test_an_exam_allows_one_attempt_and_asks_for_focus_unless_another_is_chosen(shared_house: House) -> None:
    picked(shared_house, purpose="exam")
    assert rules_of(newest_placement(shared_house)) == {**USUAL, "purpose": "exam", "attention": "focus", "attempts": 1}
    picked(shared_house, purpose="exam", attention="free", attempts="0")
    assert rules_of(newest_placement(shared_house)) == {**USUAL, "purpose": "exam"}


def test_what_is_ruled_is_frozen_told_before_the_test_and_in_its_first_statement(shared_house: House) -> None:
    activity = picked(
        shared_house, purpose="exam", attention="focus", attempts="3", delay="٤٨", best_or_last="last", minutes="20"
    )
    page = shared_house.client("en").launch(activity, "lina")
    for sentence in (
        "This is an exam: the right answers are not shown.",
        "You have 3 attempts.",
        "Between two attempts you have to wait: 2 days.",
        "The last attempt counts.",
    ):
        assert sentence in told(page)
    shared_house.begin(activity, "lina")
    attempt = shared_house.attempts()[-1]
    assert rules_of(placement_of(shared_house, activity)) == {
        "purpose": "exam", "attention": "focus", "attempts": 3, "delay": 48, "best_or_last": "last", "minutes": 20,
    }  # fmt: skip
    said = plan_told(shared_house, attempt)
    ruled = {"purpose": "exam", "attention": "focus", "attempts": 3, "delay": 48, "counts": "last", "minutes": 20}
    assert {name: said[name] for name in ruled} == ruled


def test_what_is_not_limited_is_not_told_as_a_limit(shared_house: House) -> None:
    shared_house.begin(picked(shared_house), "lina")
    said = plan_told(shared_house, shared_house.attempts()[-1])
    assert not {"attempts", "delay", "minutes", "items"} & set(said)
    assert said["attention"] == "free"


NONSENSE = {
    "an invented purpose": {"purpose": "holiday"},
    "an invented attention": {"attention": "<script>"},
    "an invented way of counting": {"best_or_last": "worst"},
    "attempts in words": {"attempts": "three"},
    "attempts below nothing": {"attempts": "-1"},
    "half an attempt": {"attempts": "1.5"},
    "a hundred attempts": {"attempts": "100"},
    "attempts beyond all numbers": {"attempts": "9" * 6000},
    "a power as a number": {"attempts": "²"},
    "a wait of more than a year": {"delay": "8761"},
    "a wait with a unit": {"delay": "4 days"},
    "time without end": {"minutes": "601"},
    "a zero byte": {"minutes": "3\0"},
    "an unknown list": {"test": "discovery/99"},
    "no list": {"test": ""},
    "a cap above the top": {"cap-1.2": "9"},
    "a cap in words": {"cap-1.2": "two"},
}


@pytest.mark.parametrize("wrong", NONSENSE.values(), ids=NONSENSE)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence_and_what_was_typed(
    shared_house: House, wrong: dict[str, str]
) -> None:
    before = counts(shared_house)["placements"]
    typed = {"competence": ["1.2"], "length": "12", "title": "My own test", **wrong}
    teacher = shared_house.client("fr")
    page = teacher.open_picker(shared_house.deployment_id)
    hidden = {"ticket": [dict(page.forms[0].fields)["ticket"]], "action": ["add"]}
    page = teacher.browser._show(teacher.browser.request("POST", page.url, data={**hidden, **typed}), settle=True)
    assert page.status == 400
    assert 'role="alert"' in page.text
    assert 'value="My own test"' in page.text
    assert counts(shared_house)["placements"] == before


def test_the_part_of_the_form_that_is_wrong_stays_open(shared_house: House) -> None:
    _, page = pick(shared_house, {"competence": ["1.2"], "attempts": "1000"})
    assert page.status == 400
    assert page.text.count("<details open>") == 1


# --- attempts and delays


def test_no_attempt_begins_beyond_those_allowed(shared_house: House) -> None:
    activity = picked(shared_house, attempts="1", length="4")
    play_all(shared_house, shared_house.begin(activity, "lina").browser, right=True)
    refused = begun_again(shared_house, activity, "lina")
    assert refused.status == 403
    assert "all the attempts that this test allows" in told(refused)


def test_an_attempt_before_its_time_is_refused_with_the_hour_at_which_it_is_possible(shared_house: House) -> None:
    activity = picked(shared_house, delay="96", length="4")
    play_all(shared_house, shared_house.begin(activity, "dina").browser, right=True)
    end_earlier(shared_house, shared_house.attempts()[-1], timedelta(hours=90, minutes=30))
    attempt = shared_house.attempts()[-1]
    refused = begun_again(shared_house, activity, "dina")
    assert refused.status == 403
    assert attempt.ended_at is not None
    assert "The next attempt is possible in 5 hours and " in told(refused)
    opens = local_moment(attempt.ended_at + timedelta(hours=96), "en")
    assert " ".join(opens.split()) in told(refused)
    assert len([one for one in shared_house.attempts() if one.placement_id == attempt.placement_id]) == 1
    end_earlier(shared_house, attempt, timedelta(hours=97))
    shared_house.begin(activity, "dina")
    assert shared_house.attempts()[-1].number == 2


def test_a_wait_never_holds_up_an_attempt_that_is_under_way(shared_house: House) -> None:
    activity = picked(shared_house, delay="96")
    first = shared_house.begin(activity, "hala")
    again = shared_house.begin(activity, "hala")
    assert again.browser.page.url == first.browser.page.url


@pytest.mark.parametrize(("counts_as", "kept"), [("best", "first"), ("last", "second")])
def test_the_best_or_the_last_attempt_is_what_the_gradebook_shows(house: House, counts_as: str, kept: str) -> None:
    activity = picked(house, best_or_last=counts_as, length="4")
    play_all(house, house.begin(activity, "lina").browser, right=True)
    house.deliver()
    play_all(house, house.begin(activity, "lina").browser, right=False)
    house.deliver()
    attempts = house.attempts()
    grades = {name: attempt.result["grade"] for name, attempt in zip(("first", "second"), attempts, strict=True)
              if attempt.result}  # fmt: skip
    assert grades["first"] > grades["second"]
    shown = house.lms.grade(activity, "lina")
    assert shown is not None
    assert shown.score == grades[kept]
    assert audited(house, *attempts).agrees


# --- levels for an occupation


def test_a_cap_bounds_what_is_asked_and_the_grade_is_the_share_of_it(house: House) -> None:
    activity = picked(house, **{"competence": ["1.1", "1.2"], "length": "12", "cap-1.2": "2"})
    placement, bank = newest_placement(house), house.parts.bank
    caps = {topic: cap for topic, cap in placement.plan["topics"].items() if topic.startswith("1.2")}
    assert placement.rules["capped"]
    assert set(caps.values()) <= {1.0, 2.0}
    assert max(cap for topic, cap in placement.plan["topics"].items() if topic.startswith("1.1")) > 5
    play_all(house, house.begin(activity, "lina").browser, right=True)
    (attempt,) = house.attempts()
    asked = [one["context"]["extensions"].get(ContextExtension.ITEM) for one in statements_of(house, attempt)]
    assert all(bank.challenges[item].level <= 2 for item in asked if item and item.startswith("1.2"))
    house.deliver()
    grade = house.lms.grade(activity, "lina")
    assert grade is not None
    assert "of what the test aims at" in (grade.comment or "")
    assert "level" not in (grade.comment or "").lower()
    assert audited(house, attempt).agrees


def test_a_cap_at_the_top_caps_nothing(shared_house: House) -> None:
    picked(shared_house, **{"cap-1.2": ""})
    assert not newest_placement(shared_house).rules["capped"]


def test_a_cap_of_a_competence_that_is_not_ticked_says_nothing(shared_house: House) -> None:
    picked(shared_house, **{"cap-4.1": "1"})
    placement = newest_placement(shared_house)
    assert not placement.rules["capped"]
    assert {topic[:3] for topic in placement.plan["topics"]} == {"1.2"}
