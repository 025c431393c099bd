"""Who may send what: lanes, leases, several workers."""

from datetime import timedelta
from uuid import UUID

import pytest
from delivery_rows import NOON, House, add_attempt, add_grade, add_statements, rows, states

from lti_tool.delivery import leases, settle
from lti_tool.delivery.claim import LANES_A_CLAIM, Claim, Leased, lease_grades, lease_statements
from lti_tool.models import Database

SOON = NOON + timedelta(minutes=2)


@pytest.fixture
def attempt(database: Database, house: House) -> UUID:
    return add_attempt(database, house, "samia")


def lease(database: Database, house: House, holder: str, most: int = 50, minutes: float = 0) -> tuple[Leased, ...]:
    now = NOON + timedelta(minutes=minutes)
    with database.transaction() as session:
        return lease_statements(session, Claim(house.lrs, holder, now, now + timedelta(minutes=2)), most)


def lease_grade(database: Database, house: House, holder: str, most: int = 5, minutes: float = 0) -> tuple[Leased, ...]:
    now = NOON + timedelta(minutes=minutes)
    with database.transaction() as session:
        return lease_grades(session, Claim(house.platform, holder, now, now + timedelta(minutes=2)), most)


def test_two_workers_never_share_a_lane(database: Database, house: House, attempt: UUID) -> None:
    add_statements(database, house, attempt, 5, lane=1)
    add_statements(database, house, attempt, 5, lane=2)
    first = lease(database, house, "a", most=3)
    second = lease(database, house, "b", most=50)
    assert {row.lane for row in first} == {1}
    assert {row.lane for row in second} == {2}
    assert lease(database, house, "c") == ()


def test_one_claim_leaves_lanes_to_other_workers(database: Database, house: House, attempt: UUID) -> None:
    for lane in range(40):
        add_statements(database, house, attempt, 1, lane=lane)
    claims = [lease(database, house, name) for name in "abc"]
    assert [len(claim) for claim in claims] == [LANES_A_CLAIM, LANES_A_CLAIM, 8]
    assert [row.lane for row in claims[0]] == list(range(16))  # the longest waiting first


def test_a_lane_goes_on_after_its_front_was_settled(database: Database, house: House, attempt: UUID) -> None:
    add_statements(database, house, attempt, 4, lane=1)
    first = lease(database, house, "a", most=2)
    with database.transaction() as session:
        settle.sent(session, [row.position for row in first], "a", NOON)
    assert [row.position for row in lease(database, house, "b")] == [row.position + 2 for row in first]


def test_an_expired_lease_is_taken_back_in_doubt_and_its_holder_settles_nothing_any_more(
    database: Database, house: House, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 2, lane=1)
    first = lease(database, house, "a")
    assert [row.in_doubt for row in first] == [False, False]
    assert lease(database, house, "b", minutes=1.9) == ()
    second = lease(database, house, "b", minutes=2)
    assert [(row.in_doubt, row.tries) for row in second] == [(True, 2), (True, 2)]
    with database.transaction() as session:
        settle.dead(session, [row.position for row in first], "a", "too late")
    assert states(database) == ["sending", "sending"]


def test_no_row_passes_an_earlier_one_of_its_lane_that_waits_for_its_time(
    database: Database, house: House, attempt: UUID
) -> None:
    add_statements(database, house, attempt, 1, lane=1)
    add_statements(database, house, attempt, 1, lane=1, now=NOON + timedelta(minutes=5))
    add_statements(database, house, attempt, 1, lane=1)
    assert len(lease(database, house, "a")) == 1
    assert states(database) == ["sending", "due", "due"]


def test_the_doubt_of_an_expired_lease_outlives_the_next_one(database: Database, house: House, attempt: UUID) -> None:
    add_grade(database, house, attempt, 40)
    lease_grade(database, house, "a")
    (row,) = lease_grade(database, house, "b", minutes=2)
    with database.transaction() as session:
        settle.given_back(session, [row.position], "b")
    (back,) = lease_grade(database, house, "c", minutes=2)
    assert back.in_doubt


def test_rows_given_back_are_as_they_were(database: Database, house: House, attempt: UUID) -> None:
    add_statements(database, house, attempt, 1, lane=1)
    (row,) = lease(database, house, "a")
    with database.transaction() as session:
        settle.given_back(session, [row.position], "a")
    (back,) = rows(database)
    assert (back.state, back.tries, back.leased_by, back.in_doubt) == ("due", 0, None, False)


def test_a_newer_grade_waits_while_an_older_one_is_on_its_way(database: Database, house: House, attempt: UUID) -> None:
    add_grade(database, house, attempt, 40)
    (first,) = lease_grade(database, house, "a")
    add_grade(database, house, add_attempt(database, house, "samia"), 60)
    assert lease_grade(database, house, "b") == ()
    (second,) = lease_grade(database, house, "b", minutes=2)  # a's lease has run out: its grade is overtaken
    assert second.position > first.position
    assert states(database) == ["superseded", "sending"]


def test_a_newer_grade_that_waits_for_its_time_still_overtakes(database: Database, house: House, attempt: UUID) -> None:
    add_grade(database, house, attempt, 40)
    add_grade(database, house, add_attempt(database, house, "samia"), 60, at=NOON + timedelta(minutes=30))
    assert lease_grade(database, house, "a") == ()
    assert states(database) == ["superseded", "due"]


def test_grades_are_leased_a_few_at_a_time(database: Database, house: House) -> None:
    for number in range(7):
        add_grade(database, house, add_attempt(database, house, f"p{number}"), 40, lane=number)
    assert len(lease_grade(database, house, "a", most=5)) == 5
    assert len(lease_grade(database, house, "b", most=5)) == 2


def test_a_named_lease_has_one_holder_until_it_runs_out(database: Database) -> None:
    def hold(holder: str, seconds: int) -> bool:
        now = NOON + timedelta(seconds=seconds)
        with database.transaction() as session:
            return leases.hold(session, "worker", holder, now, now + timedelta(seconds=30))

    assert hold("a", 0)
    assert not hold("b", 29)
    assert hold("a", 20)  # renewed, to 50
    assert not hold("b", 49)
    assert hold("b", 50)
    assert not hold("a", 51)


def test_a_lease_that_is_taken_is_not_renewed_and_ends_early_only_for_its_holder(database: Database) -> None:
    with database.transaction() as session:
        assert leases.take(session, "sweeps", "a", NOON, SOON)
        assert not leases.take(session, "sweeps", "a", NOON, SOON)
        leases.end(session, "sweeps", "b", NOON)
        assert not leases.take(session, "sweeps", "b", NOON, SOON)
        leases.end(session, "sweeps", "a", NOON)
        assert leases.take(session, "sweeps", "b", NOON, SOON)


def test_words_of_a_receiver_are_kept_short_and_legible() -> None:
    assert settle.legible("a\x00b\n\tc\u202e d\ud800") == "a b c d"
    assert len(settle.legible("x" * 10_000)) == 500
