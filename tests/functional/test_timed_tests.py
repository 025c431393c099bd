"""Tests with a time limit: the deadline, the grace, extra time, and who closes what nobody comes back to."""

from datetime import timedelta

import pytest
from answering import answer_to, answers, past_checkpoint, question_of, send, skip, told, values
from houses import House
from launching import assert_refused, counts
from ruling import add_ruled, newest_attempt, set_deadline
from sqlalchemy import select

from lti_tool import clock
from lti_tool.assessment.sweep import sweep
from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.models import Accommodation, Attempt, Person, Phase, Placement, Statement

IDLE, LEFT = timedelta(minutes=30), timedelta(days=30)
TIME_UP = "Time is up. What you answered before counts."
TOO_LATE = "This answer came after the end of the time, so it could not count."


@pytest.fixture(scope="module")
def timed(shared_house: House) -> str:
    """A test of thirty minutes."""
    return add_ruled(shared_house, "1.2", length=12, minutes=30)


def swept(house: House) -> None:
    sweep(house.parts.database, house.parts.bank, IDLE, LEFT, clock.now())


def seconds_left(browser: FormBrowser) -> float | None:
    left = browser.request("GET", f"{browser.page.url.split('?')[0]}/clock").json()["left"]
    return None if left is None else float(left)


def test_the_deadline_is_the_start_and_the_minutes_of_the_test_and_the_page_counts_from_it(
    shared_house: House, timed: str
) -> None:
    trainee = shared_house.begin(timed, "lina")
    attempt = newest_attempt(shared_house)
    assert attempt.deadline == attempt.started_at + timedelta(minutes=30)
    assert "Time left" in told(trainee.browser.page)
    assert "About 30 minutes" in told(trainee.browser.page)
    left = seconds_left(trainee.browser)
    assert left is not None
    assert 1790 < left <= 1800


def test_a_test_without_limit_shows_no_timer(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=8), "lina")
    assert newest_attempt(shared_house).deadline is None
    assert "Time left" not in told(trainee.browser.page)
    assert seconds_left(trainee.browser) is None


def test_a_pause_does_not_stop_the_time(shared_house: House, timed: str) -> None:
    trainee = shared_house.begin(timed, "dina")
    before = newest_attempt(shared_house)
    trainee.browser.submit(form_to(trainee.browser.page, "/exit"))
    shared_house.begin(timed, "dina")
    after = newest_attempt(shared_house)
    assert (after.id, after.deadline) == (before.id, before.deadline)


@pytest.mark.parametrize("answered", [2, 9])
def test_the_answer_that_is_being_typed_counts_within_the_grace_and_ends_the_test(
    shared_house: House, answered: int
) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=12, minutes=30), "rami")
    for _ in range(answered):
        skip(trainee.browser)
    page, attempt = trainee.browser.page, newest_attempt(shared_house)
    set_deadline(shared_house, attempt.id, seconds=-3)
    ended = send(trainee.browser, values(shared_house, page, right=True))
    kept = answer_to(shared_house, question_of(page))
    assert kept is not None
    assert kept.outcome == "right"
    assert ended.url.split("?")[0].endswith("/results")
    assert TIME_UP in told(ended)
    assert TIME_UP in told(send(trainee.browser, values(shared_house, page, right=True), page=page))  # sent twice
    closed = newest_attempt(shared_house)
    assert (closed.phase, closed.stop_reason) == (Phase.FINISHED if answered == 9 else Phase.ABANDONED, "time")


def test_an_answer_after_the_grace_does_not_count_and_a_sentence_says_why(shared_house: House, timed: str) -> None:
    trainee = shared_house.begin(timed, "hala")
    page, attempt, before = trainee.browser.page, newest_attempt(shared_house), answers(shared_house)
    set_deadline(shared_house, attempt.id, seconds=-11)
    ended = send(trainee.browser, values(shared_house, page, right=True))
    assert ended.url.split("?")[0].endswith("/results")
    assert TOO_LATE in told(ended)
    assert answers(shared_house) == before
    again = send(trainee.browser, values(shared_house, page, right=True), page=page)  # the attempt is closed by now
    assert TOO_LATE in told(again)
    assert answers(shared_house) == before


def test_an_unreadable_answer_at_the_end_of_the_time_closes_the_test_rather_than_asking_again(
    shared_house: House, timed: str
) -> None:
    trainee = shared_house.begin(timed, "karim")
    page, attempt = trainee.browser.page, newest_attempt(shared_house)
    set_deadline(shared_house, attempt.id, seconds=-3)
    fields = {"ticket": dict(form_to(page, "/answer").fields)["ticket"], "action": "validate"}
    ended = trainee.browser.post(f"{page.url}/answer", fields)
    assert (ended.status, ended.url.split("?")[0].rsplit("/", 1)[-1]) == (200, "results")
    assert newest_attempt(shared_house).phase == Phase.ABANDONED


def test_whoever_looks_at_a_question_after_the_deadline_finds_the_test_closed(shared_house: House, timed: str) -> None:
    trainee = shared_house.begin(timed, "mariam")
    attempt = newest_attempt(shared_house)
    set_deadline(shared_house, attempt.id, seconds=-1)
    closed = trainee.browser.reload()
    assert closed.url.split("?")[0].endswith("/results")
    assert TIME_UP in told(closed)


def test_a_new_launch_after_the_deadline_leads_to_the_result(shared_house: House, timed: str) -> None:
    shared_house.begin(timed, "ilyas", "fr")
    set_deadline(shared_house, newest_attempt(shared_house).id, seconds=-60)
    again = shared_house.client("fr")
    again.launch(timed, "ilyas")
    page = again.browser.submit(form_to(again.browser.page, "/start"))
    assert page.url.split("?")[0].endswith("/results")
    assert "Le temps est écoulé" in told(page)


def test_the_sweep_closes_what_is_out_of_time_once_its_last_answer_can_no_longer_arrive(
    shared_house: House, timed: str
) -> None:
    shared_house.begin(timed, "salma", "fr")
    attempt = newest_attempt(shared_house)
    set_deadline(shared_house, attempt.id, seconds=-5)
    swept(shared_house)
    assert newest_attempt(shared_house).phase == Phase.OPEN
    set_deadline(shared_house, attempt.id, seconds=-15)
    swept(shared_house)
    closed = newest_attempt(shared_house)
    assert (closed.phase, closed.stop_reason) == (Phase.ABANDONED, "time")


def test_a_test_closed_by_time_above_the_minimum_sends_its_grade(shared_house: House) -> None:
    activity = add_ruled(shared_house, "1.2", length=16, minutes=30)
    trainee = shared_house.begin(activity, "omar", "fr")
    for _ in range(9):
        skip(trainee.browser)
    set_deadline(shared_house, newest_attempt(shared_house).id, seconds=-15)
    swept(shared_house)
    assert newest_attempt(shared_house).phase == Phase.FINISHED
    shared_house.deliver()
    assert shared_house.lms.grade(activity, "omar") is not None


# Extra time


def conditions(house: House, activity: str, username: str) -> tuple[LmsClient, str]:
    """The instructor, and the address of the page where a trainee's extra time is set."""
    teacher = house.client()
    teacher.launch(activity, "tara")
    subject = house.memory.person_named(username).id
    with house.rows() as session:
        person = session.scalars(select(Person).where(Person.subject == subject)).one()
        placement = session.scalars(select(Placement).order_by(Placement.created_at.desc())).first()
    assert placement is not None
    return teacher, f"{house.tool}/classes/{placement.id}/people/{person.id}"


def give(teacher: LmsClient, address: str, extra: str) -> None:
    form = form_to(teacher.browser.open(address), address.rsplit("/", 1)[-1])
    page = teacher.browser.submit(form, {"extra_time": extra})
    assert page.status == 200, page.text


@pytest.mark.parametrize(
    ("extra", "minutes"), [("third", 40), ("half", 45), ("double", 60), ("unlimited", None), ("none", 30)]
)
def test_extra_time_moves_the_deadline_of_the_next_attempt(
    shared_house: House, extra: str, minutes: int | None
) -> None:
    activity = add_ruled(shared_house, "1.2", length=8, minutes=30, attempts=0)
    shared_house.client().launch(activity, "youssef")
    give(*conditions(shared_house, activity, "youssef"), extra)
    shared_house.begin(activity, "youssef")
    attempt = newest_attempt(shared_house)
    expected = None if minutes is None else attempt.started_at + timedelta(minutes=minutes)
    assert attempt.deadline == expected


def test_a_running_test_is_lengthened_and_never_shortened(shared_house: House) -> None:
    activity = add_ruled(shared_house, "1.2", length=8, minutes=30)
    shared_house.begin(activity, "anis", "fr")
    teacher, address = conditions(shared_house, activity, "anis")
    for extra, minutes in (("double", 60), ("third", 60), ("none", 60), ("unlimited", None), ("none", None)):
        give(teacher, address, extra)
        attempt = newest_attempt(shared_house)
        expected = None if minutes is None else attempt.started_at + timedelta(minutes=minutes)
        assert attempt.deadline == expected, extra


def test_extra_time_stands_in_no_statement(shared_house: House) -> None:
    activity = add_ruled(shared_house, "1.2", length=4, minutes=30)
    shared_house.client().launch(activity, "samia")
    give(*conditions(shared_house, activity, "samia"), "double")
    trainee = shared_house.begin(activity, "samia", "fr")
    while "/questions/" in trainee.browser.page.url:
        past_checkpoint(skip(trainee.browser), trainee.browser)
    with shared_house.rows() as session:
        attempt = session.scalars(select(Attempt).order_by(Attempt.started_at.desc())).first()
        assert attempt is not None
        kept = [row.facts for row in session.scalars(select(Statement).where(Statement.attempt_id == attempt.id))]
    assert kept
    written = str(kept)
    assert "double" not in written
    assert "accommodation" not in written


@pytest.mark.parametrize("extra", ["", "triple", "NONE", "half\0"])
def test_an_extra_time_that_there_is_not_is_refused(shared_house: House, timed: str, extra: str) -> None:
    shared_house.begin(timed, "lina")
    teacher, address = conditions(shared_house, timed, "lina")
    form = form_to(teacher.browser.open(address), address.rsplit("/", 1)[-1])
    assert_refused(teacher.browser.post(address, {**dict(form.fields), "extra_time": extra}), "fr", 400)
    with shared_house.rows() as session:
        assert extra not in {one.extra_time for one in session.scalars(select(Accommodation))}


def test_only_who_teaches_the_course_sees_and_sets_a_trainees_conditions(shared_house: House, timed: str) -> None:
    trainee = shared_house.begin(timed, "lina")
    teacher, address = conditions(shared_house, timed, "lina")
    before = counts(shared_house)
    ticket = dict(form_to(trainee.browser.page, "/answer").fields)["ticket"]
    assert_refused(trainee.browser.open(address), "en", 403)
    assert_refused(trainee.browser.post(address, {"ticket": ticket, "extra_time": "double"}), "en", 403)
    base = address.rsplit("/", 1)[0]
    mine = form_to(teacher.browser.open(address), address.rsplit("/", 1)[-1])
    with shared_house.rows() as session:
        tara = session.scalars(
            select(Person).where(Person.subject == shared_house.memory.person_named("tara").id)
        ).first()
    assert tara is not None
    for somebody in (tara.id, "00000000-0000-4000-8000-000000000000"):
        assert_refused(teacher.browser.open(f"{base}/{somebody}"), "fr", 404)
        fields = {**dict(mine.fields), "extra_time": "double"}
        assert_refused(teacher.browser.post(f"{base}/{somebody}", fields), "fr", 404)
    assert counts(shared_house) == before
