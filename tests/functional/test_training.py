"""Practice: every answer explained at once, near one's edge, where one is weak, and never a grade."""

from datetime import timedelta

from answering import past_checkpoint, play_all, question_of, send, values
from houses import House
from launching import assert_refused
from picking import DISCOVERY, audited, newest_placement, picked, placement_of
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.assessment.record import record_of
from lti_tool.assessment.state import engine_of, state_of
from lti_tool.assessment.training import AIM
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.trainee import form_to
from lti_tool.insights.trainee import steps_of
from lti_tool.models import Attempt, Delivery, Phase, Question


def practice(house: House, username: str, **fields: str | list[str]) -> tuple[str, FormBrowser]:
    """A practice test that somebody has begun."""
    activity = picked(house, purpose="training", **fields)
    return activity, house.begin(activity, username).browser


def answered(house: House, browser: FormBrowser, *, right: bool) -> Page:
    return send(browser, values(house, browser.page, right=right))


def stopped(browser: FormBrowser) -> Page:
    """The button that ends the test, wherever the page has it."""
    return browser.submit(form_to(browser.page, "/finish"))


def reasons(house: House, attempt: Attempt) -> list[dict[str, object]]:
    with house.rows() as session:
        query = select(Question.reason).where(Question.attempt_id == attempt.id).order_by(Question.ordinal)
        return list(session.scalars(query))


def test_each_answer_is_explained_at_once_and_the_steps_stay_in_fives(shared_house: House) -> None:
    _, browser = practice(shared_house, "lina")
    for number in range(1, 4):
        page = answered(shared_house, browser, right=number != 2)
        assert page.url.split("?")[0].endswith("/checkpoint")
        assert ("wrong" in page.text) == (number == 2)
        past_checkpoint(page, browser)
    with shared_house.rows() as session:
        asked = session.get_one(Question, question_of(browser.page))
        steps = steps_of(session, asked.attempt)
    assert (steps.numbers, steps.current) == ((1, 2, 3, 4, 5), 4)


def test_practice_may_stop_after_any_answer_but_not_before_the_first(shared_house: House) -> None:
    _, browser = practice(shared_house, "dina")
    attempt = shared_house.attempts()[-1]
    address = f"{shared_house.tool}/attempts/{attempt.id}/finish"
    ticket = dict(form_to(browser.page, "/answer").fields)["ticket"]
    asked = browser.page
    assert_refused(browser.post(address, {"ticket": ticket}), "en", 409)
    browser.open(asked.url)
    answered(shared_house, browser, right=True)
    page = stopped(browser)
    assert page.url.split("?")[0].endswith("/results")
    assert page.status == 200
    attempt = shared_house.attempts()[-1]
    assert (attempt.phase, attempt.stop_reason) == (Phase.FINISHED, "asked")
    assert audited(shared_house, attempt).agrees


def test_practice_never_sends_a_grade_whatever_the_form_asked(house: House) -> None:
    activity = picked(house, purpose="training", grade="score", length="4")
    assert newest_placement(house).grade_policy == "none"
    play_all(house, house.begin(activity, "lina").browser, right=True)
    with house.rows() as session:
        assert not session.scalars(select(Delivery).where(Delivery.kind == "grade")).all()
    house.deliver()
    assert house.lms.grade(activity, "lina") is None
    (attempt,) = house.attempts()
    assert attempt.result is not None
    assert attempt.result["grade"] is not None  # known to the trainee, told to nobody else
    assert audited(house, attempt).agrees


def test_no_grade_leaves_even_where_a_column_and_a_policy_were_slipped_in(house: House) -> None:
    activity = picked(house, purpose="training", length="4")
    trainee = house.begin(activity, "lina")
    with house.parts.database.transaction() as session:
        placement = session.merge(placement_of(house, activity))
        placement.grade_policy, placement.line_item_url = "score", f"{house.lms_url}/somewhere"
    play_all(house, trainee.browser, right=True)
    with house.rows() as session:
        assert not session.scalars(select(Delivery).where(Delivery.kind == "grade")).all()


def test_practice_ends_at_its_longest(shared_house: House) -> None:
    _, browser = practice(shared_house, "hala", length="4")
    play_all(shared_house, browser, right=False)
    attempt = shared_house.attempts()[-1]
    assert (attempt.phase, attempt.stop_reason) == (Phase.FINISHED, "longest")


def test_practice_chooses_near_the_chance_that_teaches(shared_house: House) -> None:
    _, browser = practice(shared_house, "rami", length="10")
    play_all(shared_house, browser, right=True)
    told_why = reasons(shared_house, shared_house.attempts()[-1])
    assert {why["key"] for why in told_why} == {"engine.reason.practice"}
    assert max(abs(float(str(why["p_right"])) - AIM) for why in told_why) < 0.15


def test_practice_begins_where_the_last_test_left_off_and_an_exam_never_does(house: House) -> None:
    positioning, training, exam = (
        picked(house, competence=["1.2"], length="12", purpose=one) for one in ("positioning", "training", "exam")
    )
    play_all(house, house.begin(positioning, "lina").browser, right=True)
    for activity, username in ((training, "lina"), (training, "samia"), (exam, "lina")):
        house.begin(activity, username)
    firm, trained, beginner, examined = house.attempts()
    assert trained.selection_prior is not None
    assert set(trained.selection_prior) == set(newest_placement(house).plan["topics"])
    assert all(level > 2.7 for level, _ in trained.selection_prior.values())  # above the mean: every answer was right
    assert (firm.selection_prior, beginner.selection_prior, examined.selection_prior) == (None, None, None)


def test_what_was_shown_long_ago_steers_less(house: House) -> None:
    first, second, third = (picked(house, length="8") for _ in range(3))
    play_all(house, house.begin(first, "lina").browser, right=True)
    house.begin(second, "lina")
    with house.parts.database.transaction() as session:
        long_ago = clock.now() - timedelta(days=400)
        session.execute(update(Attempt).where(Attempt.phase == Phase.FINISHED).values(ended_at=long_ago))
    house.begin(third, "lina")
    _, soon, late = house.attempts()
    assert soon.selection_prior is not None
    assert late.selection_prior is not None
    for topic, (level, error) in soon.selection_prior.items():
        assert late.selection_prior[topic][0] == level
        assert late.selection_prior[topic][1] > error


def test_earlier_results_steer_the_questions_and_never_the_score(house: House) -> None:
    activity = picked(house, length="8")
    play_all(house, house.begin(activity, "lina").browser, right=True)
    play_all(house, house.begin(activity, "lina").browser, right=False)
    second = house.attempts()[-1]
    assert second.selection_prior is not None
    with house.rows() as session:
        attempt, bank = session.get_one(Attempt, second.id), house.parts.bank
        engine = engine_of(bank, attempt.placement)
        steered, scored = engine.topics(state_of(session, engine, attempt)), record_of(session, bank, attempt)
        attempt.selection_prior = None
        assert record_of(session, bank, attempt) == scored
        assert engine.topics(state_of(session, engine, attempt)) != steered
        session.rollback()
    assert audited(house, *house.attempts()).agrees


def test_a_question_is_asked_once_in_an_attempt_and_may_come_again_in_the_next(house: House) -> None:
    activity = picked(house, purpose="training", competence=["4.1"], length="20")
    for _ in range(3):
        play_all(house, house.begin(activity, "lina").browser, right=False)
    with house.rows() as session:
        asked = [
            session.scalars(select(Question.item_id).where(Question.attempt_id == one.id)).all()
            for one in house.attempts()
        ]
    assert all(len(items) == len(set(items)) for items in asked)
    assert audited(house, *house.attempts()).agrees


def test_an_earlier_test_of_challenges_that_are_gone_steers_nothing_and_stops_nobody(house: House) -> None:
    activity = picked(house, length="4")
    play_all(house, house.begin(activity, "lina").browser, right=True)
    with house.parts.database.transaction() as session:
        session.execute(update(Question).where(Question.ordinal == 2).values(item_id="1.2.gone@1/away"))
    house.begin(activity, "lina")
    second = house.attempts()[-1]
    assert (second.number, second.selection_prior) == (2, None)


def test_a_list_steers_a_later_test_too(house: House) -> None:
    play_all(house, house.begin(picked(house, test=DISCOVERY), "lina").browser, right=True)
    house.begin(picked(house, competence=["4.1"]), "lina")
    listed, after = house.attempts()
    assert listed.selection_prior is None
    assert after.selection_prior is not None
    assert set(after.selection_prior) < set(newest_placement(house).plan["topics"])
