"""From the answer to the LMS and the LRS, however often these fail on the way: everything arrives, once."""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
from answering import play_all, skip
from houses import House
from launching import assert_refused, counts
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.delivery.status import nothing_due
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import play
from lti_tool.models import Attempt, Delivery, Person, Pseudonym, Receiver, Statement
from xapi import chain

ATTEMPT = "https://w3id.org/pix-lti/extension/attempt"
SEQUENCE = "https://w3id.org/pix-lti/extension/sequence"
SENT = "https://w3id.org/pix-lti/extension/score-sent"


def lrs_faults(house: House, **switches: object) -> None:
    """Breaks or mends the LRS."""
    requests.post(f"{house.lrs_url}/faults", json=switches, timeout=10).raise_for_status()


def deliver_in_the_end(house: House) -> int:
    """Lets the worker try until nothing is due, as if the waiting times between had passed; how many rounds it took."""
    for count in range(1, 30):
        house.worker.run_once(clock.now())
        with house.parts.database.transaction() as session:
            if nothing_due(session):
                return count
            past = clock.now() - timedelta(seconds=1)
            session.execute(update(Receiver).values(paused_until=None))
            session.execute(update(Delivery).where(Delivery.state == "due").values(due_at=past))
    raise AssertionError("deliveries are still due")


def ledger(house: House, attempt: Attempt) -> list[str]:
    """The ids of all statements that an attempt made, in order."""
    with house.rows() as session:
        made = session.scalars(select(Statement).where(Statement.attempt_id == attempt.id).order_by(Statement.sequence))
        return [str(one.id) for one in made]


def arrived(house: House, attempt: Attempt) -> list[dict[str, Any]]:
    """What the LRS holds of an attempt, in its sequence."""
    answer = requests.get(
        f"{house.lrs_url}/statements", params={"registration": str(attempt.id), "limit": "100"},
        auth=("pix-lti", "demo"), headers={"X-Experience-API-Version": "1.0.3"}, timeout=10,
    )  # fmt: skip
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()["statements"]
    return sorted(found, key=lambda one: int(one["context"]["extensions"][SEQUENCE]))


def verbs(found: list[dict[str, Any]]) -> list[str]:
    """Their verbs, in short."""
    return [one["verb"]["id"].rsplit("/", 1)[-1] for one in found]


@pytest.fixture(autouse=True)
def _mended(shared_house: House) -> Iterator[None]:
    """Whatever a test broke is whole for the next."""
    yield
    lrs_faults(shared_house, outage=False, lose_answers=0, delay=0)
    shared_house.lms.faults(outage=False, lose_answers=0, refuse_tokens=0)
    deliver_in_the_end(shared_house)


def test_with_lms_and_lrs_down_the_trainee_notices_nothing_and_later_everything_arrives_once(
    shared_house: House,
) -> None:
    activity = shared_house.add_test("1.2", length=6)
    trainee = shared_house.begin(activity, "lina")
    shared_house.lms.faults(outage=True)
    lrs_faults(shared_house, outage=True)
    for _ in range(2):
        skip(trainee.browser)
        shared_house.worker.run_once(clock.now())
    page = play_all(shared_house, trainee.browser, right=True)
    shared_house.worker.run_once(clock.now())
    assert page.status == 200
    assert "on its way to the course" in page.text
    attempt = shared_house.attempts()[-1]
    assert arrived_nothing(shared_house, attempt)
    shared_house.lms.faults(outage=False)
    lrs_faults(shared_house, outage=False)
    deliver_in_the_end(shared_house)
    assert verbs(arrived(shared_house, attempt)) == ["initialized", *["answered"] * 6, "completed", "terminated"]
    assert [one["id"] for one in arrived(shared_house, attempt)] == ledger(shared_house, attempt)
    grade = shared_house.lms.grade(activity, "lina")
    assert grade is not None
    assert attempt.result is not None
    assert grade.score == attempt.result["grade"]
    assert "Your grade reached the course" in trainee.browser.reload().text


def arrived_nothing(house: House, attempt: Attempt) -> bool:
    """Whether the LRS holds nothing of an attempt (asked in its memory: its services are down)."""
    return not any(str(attempt.id) in stored.text for stored in house.statements._all)


@pytest.mark.parametrize("lost_by", ["drop", "error"])
def test_answers_that_get_lost_after_the_work_was_done_make_nothing_arrive_twice(
    shared_house: House, lost_by: str
) -> None:
    activity = shared_house.add_test("1.2", length=4)
    trainee = shared_house.begin(activity, "dina")
    play_all(shared_house, trainee.browser, right=True)
    shared_house.lms.faults(lose_answers=2, lose_by=lost_by)
    lrs_faults(shared_house, lose_answers=2, lose_by=lost_by)
    assert deliver_in_the_end(shared_house) > 1
    attempt = shared_house.attempts()[-1]
    found = arrived(shared_house, attempt)
    assert [one["id"] for one in found] == ledger(shared_house, attempt)
    grade = shared_house.lms.grade(activity, "dina")
    assert grade is not None
    assert grade.comment
    with shared_house.rows() as session:
        states = session.scalars(select(Delivery.state).where(Delivery.attempt_id == attempt.id)).all()
    assert set(states) == {"sent"}


def test_refused_and_forgotten_tokens_only_delay_a_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    play_all(shared_house, shared_house.begin(activity, "rami").browser, right=True)
    shared_house.lms.forget_tokens()
    shared_house.lms.faults(refuse_tokens=1)
    deliver_in_the_end(shared_house)
    assert shared_house.lms.grade(activity, "rami") is not None


def test_an_instructor_takes_no_test_and_gets_no_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    play_all(shared_house, shared_house.begin(activity, "hala").browser, right=True)
    placement = shared_house.attempts()[-1].placement_id
    tara = shared_house.client("fr")
    tara.launch(activity, "tara")
    before = counts(shared_house)
    tara.open_picker(shared_house.deployment_id)
    ticket = dict(tara.browser.page.forms[0].fields)["ticket"]
    trial = tara.browser.post(f"{shared_house.tool}/tests/{placement}/start", {"ticket": ticket})
    assert_refused(trial, "fr", 403)
    assert_refused(tara.browser.open(f"{shared_house.tool}/tests/{placement}"), "fr", 403)
    assert counts(shared_house) == before
    deliver_in_the_end(shared_house)
    column = next(one for one in shared_house.lms.gradebook() if one.activity_id == activity)
    assert set(column.grades) == {"hala"}


def test_full_marks_for_completion_and_nothing_where_nothing_is_wanted(shared_house: House) -> None:
    complete, none = (shared_house.add_test("1.2", length=4, grade=policy) for policy in ("completion", "none"))
    results = []
    for activity in (complete, none):
        page = play_all(shared_house, shared_house.begin(activity, "karim", "fr").browser, right=False)
        results.append((shared_house.attempts()[-1], page))
    deliver_in_the_end(shared_house)
    full = shared_house.lms.grade(complete, "karim")
    assert full is not None
    assert (full.score, bool(full.comment)) == (100, True)
    assert shared_house.lms.grade(none, "karim") is None
    assert all(column.activity_id != none for column in shared_house.lms.gradebook())
    sent = [arrived(shared_house, attempt)[-2]["result"]["extensions"].get(SENT) for attempt, _ in results]
    assert sent == [100, None]


def test_statements_know_nobody_by_name_and_one_person_by_one_pseudonym(shared_house: House) -> None:
    activities = [shared_house.add_test("1.2", length=4) for _ in range(2)]
    for activity in activities:
        play_all(shared_house, shared_house.begin(activity, "salma", "fr").browser, right=True)
    play_all(shared_house, shared_house.begin(activities[0], "omar", "fr").browser, right=True)
    attempts = shared_house.attempts()[-3:]
    deliver_in_the_end(shared_house)
    said = json.dumps([arrived(shared_house, attempt) for attempt in attempts], ensure_ascii=False).lower()
    for person in ("salma", "omar"):
        known = shared_house.memory.person_named(person)
        for secret in (known.given_name, known.family_name, known.email, known.username):
            assert secret.lower() not in said, secret
    actors = [{one["actor"]["account"]["name"] for one in arrived(shared_house, attempt)} for attempt in attempts]
    assert actors[0] == actors[1] != actors[2]
    assert [len(one) for one in actors] == [1, 1, 1]
    with shared_house.rows() as session:
        person = session.scalars(select(Person).where(Person.given_name == "Salma")).one()
        pseudonym = session.get_one(Pseudonym, person.id)
        assert actors[0] == {str(pseudonym.account)}
        assert str(person.id) not in said
        assert person.subject not in actors[0]


def test_the_statements_of_an_attempt_are_one_chain_also_over_exit_and_return(shared_house: House) -> None:
    activity = shared_house.add_test("1.1", "1.2", length=10)
    trainee = shared_house.begin(activity, "ilyas", "fr")
    for _ in range(2):
        skip(trainee.browser)
        trainee = _leave_and_return(shared_house, trainee, activity)
    assert play(trainee.browser, random.Random(8)).end is not None
    attempt = shared_house.attempts()[-1]
    deliver_in_the_end(shared_house)
    found = arrived(shared_house, attempt)
    assert chain.check(found) is None
    assert verbs(found).count("suspended") == verbs(found).count("resumed") == 2
    assert verbs(found).count("answered") == 10
    assert chain.check([*found[:4], *found[5:]]) is not None
    assert found[0]["context"]["extensions"][ATTEMPT] == str(attempt.id)
    seed = next(value for key, value in found[-2]["result"]["extensions"].items() if key.endswith("/seed"))
    assert seed == attempt.seed.hex()
    assert seed not in json.dumps(found[:-2])


def _leave_and_return(house: House, trainee: LmsClient, activity: str) -> LmsClient:
    exit_form = next(form for form in trainee.browser.page.forms if form.action.split("?")[0].endswith("/exit"))
    trainee.browser.submit(exit_form)
    return house.begin(activity, "ilyas", "fr")


def test_an_attempt_that_was_not_finished_sends_no_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    trainee = shared_house.begin(activity, "anis", "fr")
    for _ in range(3):
        skip(trainee.browser)
    deliver_in_the_end(shared_house)
    assert shared_house.lms.grade(activity, "anis") is None
    assert verbs(arrived(shared_house, shared_house.attempts()[-1])) == ["initialized", *["answered"] * 3]
