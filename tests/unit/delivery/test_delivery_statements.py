"""Statements reach their LRS once, in order, whatever it answers."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from delivery_rows import NOON, House, add_attempt, add_statements, rows, run_until_still, states
from delivery_servers import FakeLrs, Reply, Request

from lti_tool.delivery import Tally, Worker, outbox_status
from lti_tool.models import Database, Receiver


def receiver(database: Database, house: House) -> Receiver:
    with database.reading() as session:
        return session.get_one(Receiver, house.lrs)


@pytest.fixture
def attempt(database: Database, house: House) -> UUID:
    return add_attempt(database, house, "samia")


def test_statements_arrive_with_their_exact_bytes_and_the_rows_shrink(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 3, lane=1)
    texts = [row.body for row in rows(database)]
    assert worker.run_once(NOON) == Tally(sent=3)
    post = lrs.requests[0]
    assert post.body.decode() == f"[{','.join(text or '' for text in texts)}]"
    assert post.headers["X-Experience-API-Version"] == "1.0.3"
    assert post.headers["Authorization"] == "Basic dXNlcjpzZWNyZXQ="  # user:secret, unsealed
    assert post.headers["User-Agent"].startswith("PixLTI/")
    for row in rows(database):
        assert (row.state, row.body, row.leased_by, row.tries) == ("sent", None, None, 1)
        assert row.sent_at is not None


def test_a_turn_without_work_calls_nobody(worker: Worker, house: House, lrs: FakeLrs) -> None:
    assert worker.run_once(NOON) == Tally()
    assert lrs.requests == []


def test_a_row_that_is_not_due_yet_waits_and_holds_its_lane(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 1, lane=1, now=NOON + timedelta(minutes=1))
    add_statements(database, house, attempt, 1, lane=1)
    add_statements(database, house, attempt, 1, lane=2)
    worker.run_once(NOON)
    assert states(database) == ["due", "due", "sent"]


def test_batches_hold_fifty_statements_at_most(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 120, lane=1)
    assert worker.run_once(NOON) == Tally(sent=120)
    assert [len(json.loads(post.body)) for post in lrs.requests] == [50, 50, 20]


def test_batches_hold_half_a_megabyte_at_most_and_always_one_statement(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    for size in (200_000, 200_000, 200_000, 600_000, 10):
        add_statements(database, house, attempt, 1, lane=1, padding=size)
    assert worker.run_once(NOON) == Tally(sent=5)
    assert [len(json.loads(post.body)) for post in lrs.requests] == [2, 1, 1, 1]
    assert all(len(post.body) <= 512 * 1024 for post in lrs.requests[:2])


def test_a_poison_statement_is_buried_with_the_words_of_the_lrs_and_the_others_arrive(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 9, lane=1)
    lrs.poison = {str(ids[4])}
    assert worker.run_once(NOON) == Tally(sent=8, dead=1)
    dead = rows(database)[4]
    assert dead.state == "dead"
    assert dead.answer == "400: bad verb in a statement"
    assert dead.body  # kept, so that it can be looked at and sent again
    assert [number for _, number in lrs.order] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert receiver(database, house).last_error == dead.answer


def test_a_batch_that_is_too_large_for_the_lrs_is_halved(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    lrs.most = 10
    add_statements(database, house, attempt, 50, lane=1)
    assert worker.run_once(NOON) == Tally(sent=50)
    assert [number for _, number in lrs.order] == list(range(1, 51))


def test_a_conflict_with_our_own_earlier_sending_counts_as_sent(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 2, lane=1)
    lrs.always_conflict = True
    body = json.loads(rows(database)[0].body or "")
    lrs.stored[str(ids[0])] = body | {"version": "1.0.0", "stored": "2026-11-23T12:00:00Z"}
    assert worker.run_once(NOON) == Tally(sent=2)


def test_a_conflict_with_another_statement_of_that_id_is_buried(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 1, lane=1)
    body = json.loads(rows(database)[0].body or "")
    lrs.stored[str(ids[0])] = body | {"result": {"success": False}}
    assert worker.run_once(NOON) == Tally(dead=1)
    assert (rows(database)[0].answer or "").startswith("409: the LRS holds another statement of this id")


def test_a_conflict_without_a_statement_is_tried_again_while_other_lanes_go_on(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 2, lane=1)
    add_statements(database, house, attempt, 1, lane=2)

    def conflict_once(request: Request) -> Reply | None:
        posted = request.method == "POST" and str(ids[0]) in request.body.decode()
        return Reply(409, "known") if posted and lrs.count("GET") == 0 else None

    lrs.before = conflict_once
    assert worker.run_once(NOON) == Tally(sent=1, again=1)
    assert states(database) == ["due", "due", "sent"]
    assert worker.run_once(NOON + timedelta(minutes=1)) == Tally(sent=2)
    assert [number for _, number in lrs.order] == [3, 1, 2]


def test_a_conflict_that_cannot_be_looked_at_waits(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 1, lane=1)
    lrs.stored[str(ids[0])] = {"id": str(ids[0])}
    lrs.before = lambda request: Reply(503, "later") if request.method == "GET" else None
    assert worker.run_once(NOON) == Tally(again=1)
    assert states(database) == ["due"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, "oops"), Reply(503, "later"), Reply(408, ""), Reply(429, "slow"), Reply(cut=True),
        Reply(404, "where"),
        Reply(302, "", {"Location": "https://elsewhere.example/"}), Reply(200, "<html>hello</html>"),
        Reply(200, '["8a5a', half=True),
    ],
    ids=["500", "503", "408", "429", "dropped", "404", "redirect", "html with 200", "half a body"],
)  # fmt: skip
def test_whatever_goes_wrong_is_tried_again_with_a_back_off_and_never_given_up(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID, reply: Reply
) -> None:
    add_statements(database, house, attempt, 3, lane=1)
    lrs.before = lambda _request: reply
    now = NOON
    for failures in range(1, 4):
        assert worker.run_once(now).again == 3
        paused = receiver(database, house)
        assert paused.failures == failures
        assert paused.last_error
        assert paused.paused_until
        assert now < paused.paused_until <= now + timedelta(seconds=10)
        assert worker.run_once(now) == Tally()  # not before the pause is over
        now = paused.paused_until + timedelta(milliseconds=1)
    for _ in range(8):
        now += timedelta(minutes=10)
        worker.run_once(now)
    assert states(database) == ["due", "due", "due"]
    lrs.before = lambda _request: None
    assert run_until_still(worker, now + timedelta(minutes=10))[0].sent == 3
    assert receiver(database, house).failures == 0
    assert receiver(database, house).last_error is None


def test_answers_lost_after_the_store_double_nothing(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 5, lane=1)
    lrs.after = lambda _request: Reply(cut=True)
    assert worker.run_once(NOON) == Tally(again=5)
    assert len(lrs.stored) == 5
    lrs.after = lambda _request: None
    assert worker.run_once(NOON + timedelta(minutes=1)) == Tally(sent=5)
    assert [number for _, number in lrs.order] == [1, 2, 3, 4, 5]
    assert lrs.requests[0].body == lrs.requests[-1].body


@pytest.mark.parametrize(("asked", "seconds"), [("90", 90), ("86400", 3600)])
def test_retry_after_is_honoured_up_to_an_hour(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID, asked: str, seconds: int
) -> None:
    add_statements(database, house, attempt, 1, lane=1)
    lrs.before = lambda _request: Reply(503, "", {"Retry-After": asked})
    worker.run_once(NOON)
    until = receiver(database, house).paused_until
    assert until
    assert timedelta(0) <= until - NOON - timedelta(seconds=seconds) < timedelta(seconds=2)
    assert rows(database)[0].due_at <= NOON + timedelta(seconds=2)  # it is the receiver that waits


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_credentials_pause_the_lrs_for_a_quarter_of_an_hour(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID, status: int
) -> None:
    add_statements(database, house, attempt, 2, lane=1)
    lrs.before = lambda _request: Reply(status, "who are you")
    assert worker.run_once(NOON) == Tally(again=2)
    assert worker.run_once(NOON + timedelta(minutes=14)) == Tally()
    with database.reading() as session:
        line = outbox_status(session)[0]
    assert (line.waiting, line.last_error) == (2, f"{status}: who are you")
    lrs.before = lambda _request: None
    assert worker.run_once(NOON + timedelta(minutes=16)) == Tally(sent=2)


def test_a_statement_that_breaks_the_lrs_does_not_hold_up_the_others(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 3, lane=1)
    for lane in range(2, 12):
        add_statements(database, house, attempt, 4, lane=lane)
    lrs.breaking = {str(ids[1])}
    run_until_still(worker, NOON)
    assert states(database) == ["sent", "due", "due"] + ["sent"] * 40
    assert len(lrs.stored) == 41
    lrs.breaking = set()
    run_until_still(worker, NOON + timedelta(days=1))
    assert set(states(database)) == {"sent"}


def test_an_lrs_that_stays_down_is_asked_little(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    for lane in range(16):
        add_statements(database, house, attempt, 1, lane=lane)
    lrs.before = lambda _request: Reply(500, "down")
    now = NOON
    for _ in range(3):
        assert worker.run_once(now) == Tally(again=16)
        now += timedelta(minutes=10)
    lrs.requests.clear()
    assert worker.run_once(now) == Tally(again=2)  # two statements tried alone, the others given back
    assert len(lrs.requests) == 6  # 16, 8, 4, 2, 1 and 1
