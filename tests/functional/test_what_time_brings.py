"""What happens without anybody's request: idle attempts, attempts left alone, what has expired, exposure, errors."""

from datetime import datetime, timedelta

import pytest
from answering import play_all, skip
from houses import House
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from lti_tool import clock
from lti_tool.assessment.sweep import sweep
from lti_tool.models import Attempt, BrowserSession, ExposureSnapshot, LoginState, Phase, Question, Statement

IDLE, LEFT = timedelta(minutes=30), timedelta(days=30)


def swept(house: House, now: datetime) -> None:
    sweep(house.parts.database, house.parts.bank, IDLE, LEFT, now)


def leave_alone(house: House, attempt: Attempt, ago: timedelta) -> None:
    """As if the attempt had been touched last so long ago; then the sweep comes."""
    with house.parts.database.transaction() as session:
        session.execute(update(Attempt).where(Attempt.id == attempt.id).values(seen_at=clock.now() - ago))
    swept(house, clock.now())


def verbs_of(house: House, attempt: Attempt) -> list[str]:
    with house.rows() as session:
        query = select(Statement.verb).where(Statement.attempt_id == attempt.id).order_by(Statement.sequence)
        return [verb.rsplit("/", 1)[-1] for verb in session.scalars(query)]


def phase_of(house: House, attempt: Attempt) -> str:
    with house.rows() as session:
        return session.get_one(Attempt, attempt.id).phase


def test_an_attempt_that_nobody_touched_for_thirty_minutes_is_suspended_and_resumed_by_an_answer(
    shared_house: House,
) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=8), "lina")
    skip(trainee.browser)
    attempt = shared_house.attempts()[-1]
    leave_alone(shared_house, attempt, timedelta(minutes=31))
    assert phase_of(shared_house, attempt) == Phase.SUSPENDED
    assert verbs_of(shared_house, attempt)[-1] == "suspended"
    skip(trainee.browser)
    assert phase_of(shared_house, attempt) == Phase.OPEN
    assert verbs_of(shared_house, attempt)[-2:] == ["resumed", "answered"]


def test_an_attempt_left_alone_below_the_minimum_is_abandoned_without_a_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    trainee = shared_house.begin(activity, "dina")
    skip(trainee.browser)
    attempt = shared_house.attempts()[-1]
    leave_alone(shared_house, attempt, timedelta(days=31))
    assert phase_of(shared_house, attempt) == Phase.ABANDONED
    assert verbs_of(shared_house, attempt)[-1] == "abandoned"
    shared_house.deliver()
    assert shared_house.lms.grade(activity, "dina") is None
    assert trainee.browser.reload().status in {200, 401}


def test_an_attempt_left_alone_above_the_minimum_is_finished_with_its_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=16)
    trainee = shared_house.begin(activity, "rami")
    for _ in range(9):
        skip(trainee.browser)
    attempt = shared_house.attempts()[-1]
    leave_alone(shared_house, attempt, timedelta(days=31))
    assert phase_of(shared_house, attempt) == Phase.FINISHED
    assert verbs_of(shared_house, attempt)[-2:] == ["completed", "terminated"]
    shared_house.deliver()
    assert shared_house.lms.grade(activity, "rami") is not None


def test_what_has_expired_is_forgotten(shared_house: House) -> None:
    shared_house.begin(shared_house.add_test("1.2", length=8), "hala")
    with shared_house.parts.database.transaction() as session:
        session.execute(update(BrowserSession).values(seen_at=clock.now() - timedelta(days=2)))
    swept(shared_house, clock.now() + timedelta(days=2))
    with shared_house.rows() as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 0
        assert session.scalar(select(func.count()).select_from(LoginState)) == 0


def test_exposure_is_counted_once_an_hour_and_an_attempt_keeps_the_number_it_began_with(house: House) -> None:
    activity = house.add_test("1.2", length=8)
    first = house.begin(activity, "lina")
    now = clock.now()
    swept(house, now)
    swept(house, now + timedelta(minutes=59))
    with house.rows() as session:
        [snapshot] = session.scalars(select(ExposureSnapshot)).all()
        shown = session.scalars(select(Question.item_id)).all()
    assert snapshot.number == 1
    assert {item: share for item, share in snapshot.shares.items() if share} == dict.fromkeys(shown, 1.0)
    swept(house, now + timedelta(minutes=61))
    second = house.begin(activity, "samia")
    numbers = [attempt.exposure_number for attempt in house.attempts()]
    assert numbers == [0, 2]
    for one in (first, second):
        play_all(house, one.browser, right=True)


def test_an_error_of_the_database_names_no_value_of_a_row(shared_house: House) -> None:
    with shared_house.parts.database.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Samia Trabelsi"})
    assert "Samia" not in str(caught.value)
