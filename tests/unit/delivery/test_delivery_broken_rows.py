"""A row whose body is broken is buried alone, with a reason."""

from uuid import UUID

import pytest
from delivery_rows import NOON, House, add_attempt, add_grade, add_statements, rows, states
from delivery_servers import FakeLrs, Reply

from lti_tool.delivery import Tally, Worker
from lti_tool.models import Database


@pytest.fixture
def attempt(database: Database, house: House) -> UUID:
    return add_attempt(database, house, "samia")


def test_a_body_that_is_no_json_is_buried_alone(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 3, lane=1)
    with database.transaction() as session:
        broken = session.merge(rows(database)[1])
        broken.body = "{broken"
    assert worker.run_once(NOON) == Tally(sent=2, dead=1)
    assert states(database) == ["sent", "dead", "sent"]


def test_a_conflict_about_a_body_that_is_no_statement_is_buried(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, attempt: UUID
) -> None:
    ids = add_statements(database, house, attempt, 1, lane=1)
    with database.transaction() as session:
        session.merge(rows(database)[0]).body = "[1]"
    lrs.stored[str(ids[0])] = {"id": str(ids[0])}
    lrs.before = lambda request: Reply(409, "known") if request.method == "POST" else None
    assert worker.run_once(NOON) == Tally(dead=1)


@pytest.mark.parametrize(
    ("body", "words"),
    [("{", "cannot be read"), ("[]", "cannot be read"), ('{"placement": 3}', "cannot be read")],
)
def test_facts_that_cannot_be_read_are_buried(
    worker: Worker, database: Database, house: House, attempt: UUID, body: str, words: str
) -> None:
    add_grade(database, house, attempt, 1)
    with database.transaction() as session:
        session.merge(rows(database)[0]).body = body
    assert worker.run_once(NOON) == Tally(dead=1)
    assert words in (rows(database)[0].answer or "")


def test_a_score_that_no_platform_may_get_is_buried(
    worker: Worker, database: Database, house: House, attempt: UUID
) -> None:
    add_grade(database, house, attempt, 1, comment=" ")
    add_grade(database, house, add_attempt(database, house, "lina"), 101)
    assert worker.run_once(NOON) == Tally(dead=2)
