"""The grade once more: where the LMS refused it or has lost it, and never so that it would do harm."""

from datetime import timedelta

from answering import play_all, told
from houses import House
from launching import assert_refused
from ruling import add_ruled
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.trainee import form_to
from lti_tool.models import Attempt, Delivery, DeliveryState, Placement


def rows_of(house: House, attempt: Attempt) -> list[Delivery]:
    with house.rows() as session:
        query = select(Delivery).where(Delivery.attempt_id == attempt.id, Delivery.kind == "grade")
        return list(session.scalars(query.order_by(Delivery.position)))


def finished(house: House, activity: str, username: str, *, right: bool = True) -> tuple[FormBrowser, Attempt]:
    """A trainee on the results page, and the attempt."""
    browser = house.begin(activity, username).browser
    play_all(house, browser, right=right)
    return browser, house.attempts()[-1]


def bury(house: House, attempt: Attempt) -> None:
    """As if the LMS had refused the grade for good."""
    with house.parts.database.transaction() as session:
        mine = (Delivery.attempt_id == attempt.id) & (Delivery.kind == "grade")
        session.execute(update(Delivery).where(mine).values(state=DeliveryState.DEAD, answer="400: no"))


def is_offered(page: Page) -> bool:
    return any(form.action.split("?")[0].endswith("/send-again") for form in page.forms)


def press(house: House, browser: FormBrowser, attempt: Attempt) -> Page:
    """Presses the button, or posts what it would where the page does not show it."""
    ticket = dict(form_to(browser.page, "/review").fields)["ticket"]
    return browser.post(f"{house.tool}/attempts/{attempt.id}/send-again", {"ticket": ticket})


def lose(house: House, activity: str, username: str) -> None:
    """The LMS forgets the grade of one person."""
    column = house.memory.column_of(house.memory.activities[activity])
    assert column is not None
    with house.memory.lock:
        del house.memory.grades[(column.id, house.memory.person_named(username).id)]


def test_a_grade_that_the_lms_refused_is_sent_again_and_arrives(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser, attempt = finished(shared_house, activity, "dina")
    assert not is_offered(browser.page)  # it is on its way
    bury(shared_house, attempt)
    page = browser.reload()
    assert "did not accept your grade" in told(page)
    after = browser.submit(form_to(page, "/send-again"))
    assert "Your grade is sent again if the course does not show it." in told(after)
    assert "the course is being checked" in told(after)
    shared_house.deliver()
    grade = shared_house.lms.grade(activity, "dina")
    assert grade is not None
    assert f"{grade.score:.1f} / 100" in told(browser.reload())
    assert [row.state for row in rows_of(shared_house, attempt)] == ["dead", "sent"]


def test_a_grade_that_the_lms_lost_is_posted_anew(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser, _ = finished(shared_house, activity, "rami")
    shared_house.deliver()
    before = shared_house.lms.grade(activity, "rami")
    lose(shared_house, activity, "rami")
    assert shared_house.lms.grade(activity, "rami") is None
    browser.submit(form_to(browser.reload(), "/send-again"))
    shared_house.deliver()
    after = shared_house.lms.grade(activity, "rami")
    assert before is not None
    assert after is not None
    assert (after.score, after.comment) == (before.score, before.comment)


def test_a_grade_that_the_lms_has_is_not_posted_a_second_time(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser, attempt = finished(shared_house, activity, "lina")
    shared_house.deliver()
    before = shared_house.lms.grade(activity, "lina")
    browser.submit(form_to(browser.reload(), "/send-again"))
    shared_house.deliver()
    assert [row.state for row in rows_of(shared_house, attempt)] == ["sent", "sent"]
    assert shared_house.lms.grade(activity, "lina") == before  # its time too: nothing was posted


def test_it_is_not_sent_while_it_is_on_its_way_nor_twice_in_ten_minutes(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser, attempt = finished(shared_house, activity, "hala")
    assert_refused(press(shared_house, browser, attempt), "en", 409)
    browser.open(f"{shared_house.tool}/attempts/{attempt.id}/results")
    shared_house.deliver()
    press(shared_house, browser, attempt)
    shared_house.deliver()
    assert not is_offered(browser.reload())
    assert "ten minutes" in assert_refused(press(shared_house, browser, attempt), "en", 409)
    with shared_house.parts.database.transaction() as session:
        past = clock.now() - timedelta(minutes=11)
        session.execute(update(Delivery).where(Delivery.attempt_id == attempt.id).values(made_at=past))
    assert is_offered(browser.open(f"{shared_house.tool}/attempts/{attempt.id}/results"))


def test_whoever_asked_a_dozen_times_is_told_to_ask_a_person(shared_house: House) -> None:
    browser, attempt = finished(shared_house, shared_house.add_test("1.2", length=5), "dina")
    shared_house.deliver()
    past = clock.now() - timedelta(hours=1)
    for _ in range(11):
        press(shared_house, browser, attempt)
        browser.open(f"{shared_house.tool}/attempts/{attempt.id}/results")
        with shared_house.parts.database.transaction() as session:
            mine = Delivery.attempt_id == attempt.id
            session.execute(update(Delivery).where(mine).values(made_at=past))
            session.execute(update(Delivery).where(mine, Delivery.state == "due").values(state="sent", sent_at=past))
    assert len(rows_of(shared_house, attempt)) == 12
    assert "instructor" in assert_refused(press(shared_house, browser, attempt), "en", 409)


def test_an_attempt_that_does_not_count_cannot_put_its_lower_grade_back(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    _, lower = finished(shared_house, activity, "mariam", right=False)
    browser, best = finished(shared_house, activity, "mariam")
    shared_house.deliver()
    assert is_offered(browser.reload())
    page = browser.open(f"{shared_house.tool}/attempts/{lower.id}/results")
    assert not is_offered(page)
    assert "Another of your attempts counts" in assert_refused(press(shared_house, browser, lower), "en", 409)
    assert best.id != lower.id


def test_where_the_last_counts_the_better_one_before_it_stays_behind(shared_house: House) -> None:
    activity = add_ruled(shared_house, "1.2", length=5, best_or_last="last")
    _, better = finished(shared_house, activity, "lina")
    browser, last = finished(shared_house, activity, "lina", right=False)
    shared_house.deliver()
    assert is_offered(browser.reload())
    assert not is_offered(browser.open(f"{shared_house.tool}/attempts/{better.id}/results"))
    assert last.number == 2


def test_training_and_tests_without_grade_offer_nothing_to_send(shared_house: House) -> None:
    for activity in (
        add_ruled(shared_house, "1.2", length=5, purpose="training"),
        shared_house.add_test("1.2", length=5, grade="none"),
    ):
        browser, attempt = finished(shared_house, activity, "rami")
        assert not is_offered(browser.page)
        assert_refused(press(shared_house, browser, attempt), "en", 409)
        assert rows_of(shared_house, attempt) == []


def test_completion_sends_its_full_marks_again(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5, grade="completion")
    browser, _ = finished(shared_house, activity, "hala", right=False)
    shared_house.deliver()
    lose(shared_house, activity, "hala")
    browser.submit(form_to(browser.reload(), "/send-again"))
    shared_house.deliver()
    grade = shared_house.lms.grade(activity, "hala")
    assert grade is not None
    assert grade.score == 100.0


def test_a_grade_column_that_came_later_gets_the_grade_that_was_never_sent(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser = shared_house.begin(activity, "dina").browser
    with shared_house.parts.database.transaction() as session:
        placement = session.scalars(select(Placement).where(Placement.resource_link_id == activity)).one()
        address, placement.line_item_url = placement.line_item_url, None
    play_all(shared_house, browser, right=True)
    assert not is_offered(browser.page)
    with shared_house.parts.database.transaction() as session:
        session.execute(update(Placement).where(Placement.resource_link_id == activity).values(line_item_url=address))
    browser.submit(form_to(browser.reload(), "/send-again"))
    shared_house.deliver()
    assert shared_house.lms.grade(activity, "dina") is not None
