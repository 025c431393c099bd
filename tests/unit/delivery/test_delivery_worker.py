"""The worker keeps receivers apart, sweeps once a minute, and stops in good order."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep
from uuid import UUID

import pytest
from delivery_rows import NOON, House, add_attempt, add_grade, add_statements, furnish, rows, states
from delivery_servers import FakeLms, FakeLrs, Reply, Request, serving
from structlog.testing import capture_logs

from lti_tool.delivery import Tally, Worker, nothing_due
from lti_tool.models import Database, Lease, Lrs, Receiver

MakeWorker = Callable[..., Worker]


@pytest.fixture
def attempt(database: Database, house: House) -> UUID:
    return add_attempt(database, house, "samia")


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not happen in time"
        sleep(0.01)


def test_grades_and_statements_leave_in_one_turn(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 2, lane=1)
    add_grade(database, house, attempt, 70)
    assert worker.run_once(NOON) == Tally(sent=3)


def test_a_receiver_that_is_down_does_not_touch_the_others(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms, attempt: UUID
) -> None:
    healthy = FakeLrs()
    with serving(healthy):
        other = furnish(database, healthy.url, lms.url, "two")
        add_statements(database, house, attempt, 2, lane=1)
        add_statements(database, other, add_attempt(database, other, "lina"), 2, lane=1)
        lrs.before = lambda _request: Reply(cut=True)
        lms.before = lambda _request: Reply(503)
        add_grade(database, house, attempt, 50)
        assert worker.run_once(NOON) == Tally(sent=2, again=3)
        assert len(healthy.stored) == 2


def test_an_lrs_whose_password_cannot_be_opened_is_backed_off_alone(
    make_worker: MakeWorker, database: Database, house: House, lms: FakeLms, attempt: UUID
) -> None:
    def closed(_sealed: str) -> str:
        raise ValueError("the secret is s3cr3t")

    worker = make_worker(database, unseal=closed)
    add_statements(database, house, attempt, 1, lane=1)
    add_grade(database, house, attempt, 50)
    with capture_logs() as logs:
        assert worker.run_once(NOON) == Tally(sent=1)
    assert [entry["event"] for entry in logs] == ["delivery.crashed"]
    assert "s3cr3t" not in str(logs)
    with database.reading() as session:
        row = session.get_one(Receiver, house.lrs)
    assert (row.failures, row.last_error) == (1, "internal: ValueError")
    assert states(database) == ["due", "sent"]


def test_an_address_that_the_guard_refuses_is_said_in_words(
    worker: Worker, database: Database, house: House, attempt: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Lrs, house.lrs).url = "ftp://lrs.example/xapi"
    add_statements(database, house, attempt, 1, lane=1)
    assert worker.run_once(NOON) == Tally(again=1)
    assert "bad_address" in (rows(database)[0].answer or "")


def test_logs_name_receivers_and_never_bodies(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 2, lane=1)
    lrs.poison = {str(ids[0])}
    lms.strangers = {"samia"}
    add_grade(database, house, attempt, 50)
    with capture_logs() as logs:
        assert worker.run_once(NOON) == Tally(sent=1, dead=2)
    assert {entry["event"] for entry in logs} == {"delivery.dead"}
    assert {entry["receiver"] for entry in logs} == {"lrs one", "lms one"}
    assert "samia" not in str(logs)
    assert "secret" not in str(logs)


def test_on_sqlite_a_second_worker_is_idle_until_the_first_ends(
    make_worker: MakeWorker, database: Database, house: House, attempt: UUID
) -> None:
    first, second = make_worker(database), make_worker(database)
    add_statements(database, house, attempt, 1, lane=1)
    assert first.run_once(NOON) == Tally(sent=1)
    add_statements(database, house, attempt, 1, lane=1)
    if not database.is_sqlite:
        assert second.run_once(NOON) == Tally(sent=1)
        return
    assert second.run_once(NOON + timedelta(seconds=29)) == Tally()
    assert second.run_once(NOON + timedelta(seconds=31)) == Tally(sent=1)
    assert first.run_once(NOON + timedelta(seconds=32)) == Tally()
    second.close()
    with database.reading() as session:
        assert session.get_one(Lease, "worker").until != NOON + timedelta(seconds=61)


def test_sweeps_run_once_a_minute_among_all_workers_and_one_that_fails_stops_nobody(
    make_worker: MakeWorker, database: Database
) -> None:
    swept: list[datetime] = []

    def broken(_now: datetime) -> None:
        raise RuntimeError("a name: Samia")

    first = make_worker(database, sweeps=[broken, swept.append])
    second = make_worker(database, sweeps=[swept.append])
    with capture_logs() as logs:
        assert first.sweep(NOON)
    assert logs == [{"event": "sweep.failed", "log_level": "error", "sweep": "broken", "problem": "RuntimeError"}]
    assert not second.sweep(NOON + timedelta(seconds=59))
    assert second.sweep(NOON + timedelta(seconds=61))
    assert not first.sweep(NOON + timedelta(seconds=62))
    assert swept == [NOON, NOON + timedelta(seconds=61)]


def test_a_running_worker_sweeps_delivers_what_appears_and_stops(
    make_worker: MakeWorker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    swept: list[datetime] = []
    worker = make_worker(database, sweeps=[swept.append])
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        for number in range(1, 4):
            add_statements(database, house, attempt, 1, lane=1)
            wait_for(lambda number=number: len(lrs.stored) == number)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert len(swept) == 1
    assert set(states(database)) == {"sent"}


def test_a_worker_that_is_stopped_finishes_its_request_and_gives_the_rest_back(
    make_worker: MakeWorker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    worker, stop = make_worker(database), threading.Event()
    add_statements(database, house, attempt, 4, lane=1)
    lrs.most = 1  # every batch is halved down to one statement

    def stop_after_the_first(_request: Request) -> Reply | None:
        if len(lrs.stored) == 1:
            stop.set()
        return None

    lrs.after = stop_after_the_first
    worker.run(stop)
    assert states(database) == ["sent", "due", "due", "due"]
    assert [row.tries for row in rows(database)] == [1, 0, 0, 0]


def test_a_database_that_fails_for_a_moment_does_not_end_the_worker(
    make_worker: MakeWorker, database: Database, house: House, lrs: FakeLrs, attempt: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    worker, stop = make_worker(database), threading.Event()
    add_statements(database, house, attempt, 1, lane=1)
    real, failed = worker.run_once, []

    def fails_once(now: datetime) -> Tally:
        if not failed:
            failed.append(now)
            raise OSError("the database is away")
        return real(now)

    monkeypatch.setattr(worker, "run_once", fails_once)
    lrs.after = lambda _request: stop.set()
    with capture_logs() as logs:
        worker.run(stop)
    assert "delivery.round_failed" in [entry["event"] for entry in logs]
    assert states(database) == ["sent"]


def test_nothing_is_due_only_when_all_has_left(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    def still() -> bool:
        with database.reading() as session:
            return nothing_due(session)

    assert still()
    add_statements(database, house, attempt, 1, lane=1, now=NOON + timedelta(hours=1))
    assert not still()
    seen: list[bool] = []
    lrs.after = lambda _request: seen.append(still())
    worker.run_once(NOON + timedelta(hours=2))
    assert seen == [False]  # while it is being sent
    assert still()
