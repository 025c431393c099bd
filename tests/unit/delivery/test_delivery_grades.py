"""Grades reach the platform once, the latest last, with strictly rising timestamps."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from delivery_rows import NOON, House, add_attempt, add_grade, another_placement, rows, states
from delivery_servers import FakeLms, Reply, Request

from lti_tool.delivery import Tally, Worker
from lti_tool.models import Attempt, Database, Placement, Receiver, SentGrade

COLUMN = "/items/1"


@pytest.fixture
def attempt(database: Database, house: House) -> UUID:
    return add_attempt(database, house, "samia")


def sent_scores(lms: FakeLms, subject: str = "samia", column: str = COLUMN) -> list[float]:
    return [score["scoreGiven"] for score in lms.scores.get((column, subject), [])]


def receiver(database: Database, house: House) -> Receiver:
    with database.reading() as session:
        return session.get_one(Receiver, house.platform)


def on_scores(reply: Reply) -> Callable[[Request], Reply | None]:
    return lambda request: reply if request.path.endswith("/scores") else None


def test_a_grade_arrives_final_with_its_comment_and_the_time_of_the_event(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 82.4)
    assert worker.run_once(NOON + timedelta(seconds=30)) == Tally(sent=1)
    (score,) = lms.scores[COLUMN, "samia"]
    assert (score["scoreGiven"], score["scoreMaximum"], score["comment"]) == (82.4, 100, "3 competences")
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert score["timestamp"] == "2026-11-23T12:00:00.000Z"
    assert lms.requests[-1].query == {"type_id": "2"}
    row = rows(database)[0]
    assert (row.state, row.body) == ("sent", None)


def test_later_grades_have_timestamps_a_whole_second_later(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    for number in range(3):
        add_grade(database, house, attempt, 50 + number, at=NOON + timedelta(milliseconds=100 * number))
        assert worker.run_once(NOON + timedelta(seconds=1)) == Tally(sent=1)
    times = [datetime.fromisoformat(score["timestamp"]) for score in lms.scores[COLUMN, "samia"]]
    assert times == [NOON, NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)]
    with database.reading() as session:
        (kept,) = session.query(SentGrade).all()
    assert (kept.timestamp, kept.score) == (times[-1], 52)


def test_an_overtaken_grade_is_superseded_and_never_sent(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    other = add_attempt(database, house, "youssef")
    second = add_attempt(database, house, "samia")
    add_grade(database, house, attempt, 40)
    add_grade(database, house, other, 70)
    add_grade(database, house, second, 60, at=NOON + timedelta(minutes=1))
    assert worker.run_once(NOON + timedelta(minutes=2)) == Tally(sent=2)
    assert states(database) == ["superseded", "sent", "sent"]
    assert sent_scores(lms) == [60]
    assert sent_scores(lms, "youssef") == [70]


def test_a_grade_at_another_placement_overtakes_nothing(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    elsewhere = another_placement(database, house, lms.url + "/items/2")
    add_grade(database, house, attempt, 40)
    add_grade(database, house, add_attempt(database, house, "samia", elsewhere), 60)
    assert worker.run_once(NOON) == Tally(sent=2)
    assert sent_scores(lms) == [40]
    assert sent_scores(lms, column="/items/2") == [60]


def test_a_placement_without_a_column_waits_and_holds_up_nobody(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    bare = another_placement(database, house, None)
    add_grade(database, house, add_attempt(database, house, "samia", bare), 10)
    add_grade(database, house, attempt, 20)
    assert worker.run_once(NOON) == Tally(sent=1, again=1)
    waiting = rows(database)[0]
    assert (waiting.state, waiting.answer) == ("due", "no grade column")
    assert timedelta(minutes=15) <= waiting.due_at - NOON < timedelta(minutes=15, seconds=2)
    with database.transaction() as session:
        session.get_one(Placement, bare).line_item_url = lms.url + "/items/3"
    assert worker.run_once(NOON + timedelta(minutes=14)) == Tally()
    assert worker.run_once(NOON + timedelta(minutes=16)) == Tally(sent=1)
    assert sent_scores(lms, column="/items/3") == [10]


def test_a_final_refusal_is_buried_with_the_words_of_the_platform_and_the_others_arrive(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    lms.strangers = {"samia"}
    add_grade(database, house, attempt, 40)
    add_grade(database, house, add_attempt(database, house, "lina"), 50)
    assert worker.run_once(NOON) == Tally(sent=1, dead=1)
    assert states(database) == ["dead", "sent"]
    assert rows(database)[0].answer == "400: User could not be found"


def test_a_grade_whose_answer_was_lost_is_compared_and_not_sent_twice(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 82.4)
    lms.maximum = 10
    lms.after = on_scores(Reply(cut=True))
    assert worker.run_once(NOON) == Tally(again=1)
    assert rows(database)[0].in_doubt
    lms.after = lambda _request: None
    assert worker.run_once(NOON + timedelta(minutes=1)) == Tally(sent=1)
    assert sent_scores(lms) == [82.4]
    assert lms.count("POST", "/scores") == 1
    assert lms.count("GET", "/results") == 1


def test_a_grade_in_doubt_that_did_not_arrive_is_sent_with_a_later_timestamp(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 40)
    worker.run_once(NOON)
    add_grade(database, house, add_attempt(database, house, "samia"), 60, at=NOON + timedelta(minutes=1))
    lms.before = on_scores(Reply(cut=True))
    assert worker.run_once(NOON + timedelta(minutes=2)) == Tally(again=1)
    lms.before = lambda _request: None
    assert worker.run_once(NOON + timedelta(minutes=3)) == Tally(sent=1)
    assert sent_scores(lms) == [40, 60]
    assert lms.scores[COLUMN, "samia"][-1]["timestamp"] >= "2026-11-23T12:03"


def test_a_conflict_over_an_older_score_is_answered_with_a_later_timestamp(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    lms.scores[COLUMN, "samia"] = [{"timestamp": "2026-11-23T12:00:30Z", "scoreGiven": 10}]
    lms.results[COLUMN, "samia"] = {"userId": "samia", "resultScore": 10, "resultMaximum": 100}
    add_grade(database, house, attempt, 82.4)
    assert worker.run_once(NOON) == Tally(again=1)
    assert worker.run_once(NOON + timedelta(minutes=1)) == Tally(sent=1)
    assert sent_scores(lms) == [10, 82.4]


def test_a_conflict_over_the_same_score_counts_as_sent(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    lms.scores[COLUMN, "samia"] = [{"timestamp": "2026-11-23T12:00:30Z", "scoreGiven": 82.4}]
    lms.results[COLUMN, "samia"] = {"userId": "samia", "resultScore": 82.4, "resultMaximum": 100}
    add_grade(database, house, attempt, 82.4)
    assert worker.run_once(NOON) == Tally(sent=1)
    assert sent_scores(lms) == [82.4]


def test_a_platform_that_lets_us_post_and_not_read_gets_the_grade_anew(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    lms.can_read = False
    add_grade(database, house, attempt, 82.4)
    lms.after = on_scores(Reply(500, "oops"))
    assert worker.run_once(NOON) == Tally(again=1)
    lms.after = lambda _request: None
    assert worker.run_once(NOON + timedelta(minutes=1)) == Tally(sent=1)
    assert sent_scores(lms) == [82.4, 82.4]


@pytest.mark.parametrize("reply", [Reply(200, "<html>"), Reply(503, "later"), Reply(429, "slow"), Reply(401, "who")])
def test_results_that_cannot_be_read_are_waited_for_a_few_times_only(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID, reply: Reply
) -> None:
    add_grade(database, house, attempt, 82.4)
    lms.after = on_scores(Reply(500, "oops"))
    worker.run_once(NOON)
    lms.after = lambda _request: None
    lms.before = lambda request: reply if request.path.endswith("/results") else None
    now, tally = NOON, Tally()
    for _ in range(8):
        now += timedelta(minutes=10)
        tally += worker.run_once(now)
    assert tally == Tally(sent=1, again=5)
    assert sent_scores(lms) == [82.4, 82.4]


@pytest.mark.parametrize("reply", [Reply(503, "later"), Reply(cut=True), Reply(429, "slow", {"Retry-After": "60"})])
def test_a_platform_that_is_down_is_waited_for(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID, reply: Reply
) -> None:
    add_grade(database, house, attempt, 82.4)
    add_grade(database, house, add_attempt(database, house, "lina"), 50)
    lms.before = lambda _request: reply
    now = NOON
    for _ in range(30):
        assert worker.run_once(now).sent == 0
        now += timedelta(minutes=10)
    assert states(database) == ["due", "due"]
    assert 10 <= receiver(database, house).failures <= 30
    lms.before = lambda _request: None
    assert worker.run_once(now + timedelta(hours=1)) == Tally(sent=2)
    assert sent_scores(lms) == [82.4]


def test_a_grade_that_breaks_the_platform_does_not_hold_up_the_others(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 82.4)
    for name in ("lina", "youssef", "amine"):
        add_grade(database, house, add_attempt(database, house, name), 50)
    lms.before = lambda request: Reply(500) if b"samia" in request.body else None
    tally = Tally()
    for second in range(0, 20, 2):
        tally += worker.run_once(NOON + timedelta(seconds=second))
    assert tally.sent == 3
    assert states(database) == ["due", "sent", "sent", "sent"]


def test_a_refused_token_pauses_the_platform(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    lms.token_status = 401
    add_grade(database, house, attempt, 82.4)
    assert worker.run_once(NOON) == Tally(again=1)
    assert worker.run_once(NOON + timedelta(minutes=14)) == Tally()
    assert "invalid_client" in (receiver(database, house).last_error or "")
    lms.token_status = 200
    assert worker.run_once(NOON + timedelta(minutes=16)) == Tally(sent=1)


def test_the_facts_of_a_grade_stay_while_it_waits(
    worker: Worker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 82.4)
    before = json.loads(rows(database)[0].body or "")
    lms.before = lambda _request: Reply(503)
    worker.run_once(NOON)
    assert json.loads(rows(database)[0].body or "") == before
    with database.reading() as session:
        assert session.get_one(Attempt, attempt).person_id == UUID(before["person"])
