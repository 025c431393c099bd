"""Several tabs, devices and clicks of one person at the same moment: one of each thing, and a page for everybody."""

from collections.abc import Callable

import pytest
from answering import (
    answers,
    at_once,
    send,
    skip,
    tab,
    ticket_of,
    values,
)
from houses import House
from launching import coming, counts
from sqlalchemy import select

from lti_tool.demo.browser import Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.models import Delivery, Person


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """A long test over all that is offered."""
    return shared_house.add_test("1.1", "1.2", "4.1", length=40)


def test_two_tabs_answer_the_same_question_once_and_both_go_on(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "hala")
    page, before = trainee.browser.page, answers(shared_house)
    second = tab(trainee.browser, page.url)
    assert second.page.url == page.url
    here = skip(trainee.browser)
    there = send(second, values(shared_house, page, right=True))
    assert (here.status, there.status) == (200, 200)
    assert answers(shared_house) == before + 1
    assert there.url.split("?")[0] == here.url.split("?")[0]


def test_two_answers_at_the_same_moment_make_one_answer_and_two_pages(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "samia", "fr")
    for _ in range(4):
        page, before = trainee.browser.page, answers(shared_house)
        tabs = [tab(trainee.browser, page.url) for _ in range(2)]
        right, wrong = (values(shared_house, page, right=truly) for truly in (True, False))
        pages = at_once(lambda: send(tabs[0], right), lambda: send(tabs[1], wrong))  # noqa: B023 done within the turn
        assert [one.status for one in pages] == [200, 200]
        assert answers(shared_house) == before + 1
        trainee.browser.open(f"{shared_house.tool}/attempts/{shared_house.attempts()[-1].id}")


def test_two_starts_at_the_same_moment_make_one_attempt(shared_house: House, activity: str) -> None:
    before = counts(shared_house)["attempts"]
    clients = [shared_house.client(), shared_house.client()]
    for client in clients:
        client.launch(activity, "karim")
    pages = at_once(*(_starting(client) for client in clients))
    assert [one.status for one in pages] == [200, 200]
    assert pages[0].url == pages[1].url
    assert counts(shared_house)["attempts"] == before + 1


def _starting(client: LmsClient) -> Callable[[], Page]:
    return lambda: client.browser.submit(form_to(client.browser.page, "/start"))


def test_two_ends_at_the_same_moment_send_one_grade(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=4), "omar", "fr")
    for _ in range(3):
        skip(trainee.browser)
    tabs = [tab(trainee.browser, trainee.browser.page.url) for _ in range(2)]
    pages = at_once(lambda: skip(tabs[0]), lambda: skip(tabs[1]))
    assert [one.url.split("?")[0].rsplit("/", 1)[1] for one in pages] == ["results", "results"]
    with shared_house.rows() as session:
        ended = select(Delivery.kind).where(Delivery.attempt_id == shared_house.attempts()[-1].id)
        kinds = session.scalars(ended).all()
    assert (kinds.count("grade"), kinds.count("statement")) == (1, 7)


def test_exit_and_answer_at_the_same_moment_both_get_a_page(shared_house: House, activity: str) -> None:
    for _ in range(3):
        trainee = shared_house.begin(activity, "rami")
        tabs = [tab(trainee.browser, trainee.browser.page.url) for _ in range(2)]
        leaving = form_to(trainee.browser.page, "/exit")
        pages = at_once(lambda: tabs[0].submit(leaving), lambda: skip(tabs[1]))  # noqa: B023 done within the turn
        assert pages[0].status == 200
        assert pages[1].status in {200, 401}  # the session had ended, or not yet


def test_launches_and_starts_in_two_tabs_at_the_same_moment_do_not_block_each_other(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "hala")
    fields = {"ticket": ticket_of(trainee.browser.page)}
    start = f"{shared_house.tool}/tests/{shared_house.attempts()[-1].placement_id}/start"
    starting = tab(trainee.browser, trainee.browser.page.url)
    launching = LmsClient(shared_house.lms_url, tab(trainee.browser, trainee.browser.page.url))
    launching.sign_in("hala")
    statuses = []

    def starts() -> Page:
        statuses.extend(starting.post(start, fields).status for _ in range(40))
        return starting.page

    def launches() -> Page:
        statuses.extend(launching.launch(activity).status for _ in range(20))
        return launching.browser.page

    at_once(starts, launches)
    assert set(statuses) == {200}
    assert len(statuses) == 60


def test_first_launches_of_one_person_at_the_same_moment_all_come_in(shared_house: House) -> None:
    activity = shared_house.add_test(length=4)
    launches = [coming(shared_house, activity, "salma", shared_house.client()) for _ in range(3)]
    pages = at_once(*(launch.enter for launch in launches))
    assert [page.status for page in pages] == [200, 200, 200]
    with shared_house.rows() as session:
        assert len(session.scalars(select(Person).where(Person.given_name == "Salma")).all()) == 1
