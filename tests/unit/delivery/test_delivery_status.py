"""What operators are told."""

from datetime import timedelta

from delivery_rows import NOON, House, add_attempt, add_grade, add_statements, furnish
from delivery_servers import FakeLms, FakeLrs, Reply

from lti_tool.delivery import ReceiverStatus, Worker, outbox_status
from lti_tool.models import Database


def test_every_receiver_has_a_line_also_without_rows(database: Database, house: House) -> None:
    with database.reading() as session:
        lines = outbox_status(session)
    empty = {"waiting": 0, "sent": 0, "dead": 0, "superseded": 0}
    silent = {"oldest_due": None, "paused_until": None, "last_error": None}
    assert lines == (
        ReceiverStatus(name="lrs one", kind="lrs", **empty, **silent),
        ReceiverStatus(name="lms one", kind="platform", **empty, **silent),
    )


def test_a_line_counts_what_waits_arrived_died_and_was_overtaken(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms
) -> None:
    furnish(database, lrs.url, lms.url, "two")
    attempt = add_attempt(database, house, "samia")
    ids = add_statements(database, house, attempt, 3, lane=1)
    add_grade(database, house, attempt, 10)
    add_grade(database, house, add_attempt(database, house, "samia"), 20)
    lrs.poison = {str(ids[1])}
    worker.run_once(NOON)
    lrs.before = lambda _request: Reply(503, "later")
    add_statements(database, house, attempt, 2, lane=2, now=NOON + timedelta(minutes=5))
    worker.run_once(NOON + timedelta(minutes=6))
    with database.reading() as session:
        one, two, lms_one, _ = outbox_status(session)
    assert (one.waiting, one.sent, one.dead, one.superseded) == (2, 2, 1, 0)
    assert one.oldest_due == NOON + timedelta(minutes=5)
    assert one.last_error == "503: later"
    assert one.paused_until
    assert (two.waiting, two.sent, two.last_error) == (0, 0, None)
    assert (lms_one.sent, lms_one.superseded) == (1, 1)
