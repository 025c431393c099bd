"""Tests that ask for focus: what the script tells is kept within bounds, shown to the instructor, changes nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from answering import past_checkpoint, question_of, skip, ticket_of, told
from houses import House
from launching import assert_refused, counts
from ruling import add_ruled, newest_attempt
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.assessment.absence import MOST
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.models import Absence, Question, Statement


@pytest.fixture(scope="module")
def focused(shared_house: House) -> str:
    """A test that asks for focus."""
    return add_ruled(shared_house, "1.2", length=12, attention="focus")


def away(browser: FormBrowser, seconds: object, page: Page | None = None) -> int:
    """The script's message; its status."""
    page = page or browser.page
    fields = {"ticket": ticket_of(page), "seconds": str(seconds)}
    return browser.request("POST", f"{page.url.split('?')[0]}/absence", data=fields).status_code


def kept(house: House, question: UUID) -> list[float]:
    with house.rows() as session:
        query = select(Absence.seconds).where(Absence.question_id == question).order_by(Absence.left_at)
        return list(session.scalars(query))


def shown_ago(house: House, question: UUID, minutes: int) -> None:
    with house.parts.database.transaction() as session:
        since = clock.now() - timedelta(minutes=minutes)
        session.execute(update(Question).where(Question.id == question).values(shown_at=since))


def test_the_page_says_whether_one_may_look_things_up(shared_house: House, focused: str) -> None:
    page = shared_house.begin(focused, "lina").browser.page
    assert "Stay on this page" in told(page)
    assert "this is noted for your instructor" in told(page)
    free = shared_house.begin(shared_house.add_test("1.2", length=8), "lina").browser.page
    assert "You may look things up elsewhere" in told(free)
    assert "noted for your instructor" not in told(free)
    assert "/absence" not in free.text


def test_an_absence_is_kept_with_its_question_and_shown_to_the_instructor(shared_house: House) -> None:
    activity = add_ruled(shared_house, "1.2", length=12, attention="focus")
    trainee = shared_house.begin(activity, "dina")
    question = question_of(trainee.browser.page)
    shown_ago(shared_house, question, 10)
    assert away(trainee.browser, 12.5) == 204
    assert away(trainee.browser, 90) == 204
    assert sorted(kept(shared_house, question)) == [12.5, 90.0]
    teacher = shared_house.client()
    teacher.launch(activity, "tara")
    assert "a quitté la page 2 fois" in told(teacher.browser.page)
    attempt = newest_attempt(shared_house)
    page = teacher.browser.open(teacher.browser.page.link(f"/people/{attempt.person_id}").url)
    assert "absence de 12 secondes" in told(page) or "absence de 13 secondes" in told(page)
    assert "Le score n’en dépend pas" in told(page)


def test_nobody_is_away_for_longer_than_the_question_has_been_shown(shared_house: House, focused: str) -> None:
    trainee = shared_house.begin(focused, "rami")
    question = question_of(trainee.browser.page)
    for seconds in (1e9, "inf"):
        assert away(trainee.browser, seconds) == 204
    assert all(seconds < 60 for seconds in kept(shared_house, question))


def test_what_is_no_absence_is_not_kept(shared_house: House, focused: str) -> None:
    trainee = shared_house.begin(focused, "hala")
    question = question_of(trainee.browser.page)
    for seconds in (0, -5, "nan"):
        assert away(trainee.browser, seconds) == 204
    assert away(trainee.browser, "long") == 400
    assert kept(shared_house, question) == []
    free = shared_house.begin(shared_house.add_test("1.2", length=8), "hala")
    assert away(free.browser, 20) == 204
    assert kept(shared_house, question_of(free.browser.page)) == []


def test_no_more_than_some_absences_are_kept(shared_house: House, focused: str) -> None:
    trainee = shared_house.begin(focused, "karim")
    question = question_of(trainee.browser.page)
    shown_ago(shared_house, question, 10)
    for _ in range(MOST + 3):
        assert away(trainee.browser, 1) == 204
    assert len(kept(shared_house, question)) == MOST


def test_nobody_is_said_to_be_away_by_somebody_else(shared_house: House, focused: str) -> None:
    theirs, mine = shared_house.begin(focused, "anis", "fr"), shared_house.begin(focused, "mariam")
    question = theirs.browser.page
    fields = {"ticket": ticket_of(mine.browser.page), "seconds": "5"}
    assert_refused(mine.browser.post(f"{question.url}/absence", fields), "en", 404)
    assert kept(shared_house, question_of(question)) == []


def test_absences_change_neither_the_score_nor_what_is_told(shared_house: House, focused: str) -> None:
    trainee = shared_house.begin(focused, "salma", "fr")
    shown_ago(shared_house, question_of(trainee.browser.page), 10)
    before = counts(shared_house)["statements"]
    away(trainee.browser, 30)
    assert counts(shared_house)["statements"] == before
    while "/questions/" in trainee.browser.page.url:
        past_checkpoint(skip(trainee.browser), trainee.browser)
    attempt = newest_attempt(shared_house)
    with shared_house.rows() as session:
        facts = [row.facts for row in session.scalars(select(Statement).where(Statement.attempt_id == attempt.id))]
    assert "absence" not in str(facts)
    assert attempt.result is not None
