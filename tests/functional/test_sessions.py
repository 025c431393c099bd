"""How long a session lives, whose it is, and what ends it."""

import json
from datetime import timedelta

import pytest
from houses import House
from launching import add_activity, arrived, assert_refused, counts
from sqlalchemy import update
from structlog.testing import capture_logs

from lti_tool import clock
from lti_tool.app import configure_logging
from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.models import BrowserSession, Phase


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """A test over all that is offered, so that files and places are met."""
    return shared_house.add_test("1.1", "1.2", "4.1", length=14)


def our_cookies(trainee: LmsClient) -> dict[str, str | None]:
    """The cookies that the tool set."""
    return {cookie.name: cookie.value for cookie in trainee.browser.session.cookies if "pix" in cookie.name}


def test_exit_ends_the_session_of_a_ticket(shared_house: House, activity: str) -> None:
    trainee = arrived(shared_house, activity, "ilyas")
    page = trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    assert trainee.browser.submit(form_to(page, "/exit")).status == 200
    assert_refused(trainee.browser.open(page.url), "en", 401)


def test_another_persons_launch_ends_the_session_and_back_shows_nothing_of_it(
    shared_house: House, activity: str
) -> None:
    lina = shared_house.begin(activity, "mariam")
    left, form = lina.browser.page, form_to(lina.browser.page, "/answer")
    assert "Mariam" in left.text
    lina.launch(activity, "salma")
    assert "Salma" in lina.browser.page.text
    before = counts(shared_house)
    back = lina.browser.open(left.url)
    assert back.status in {401, 404}
    assert "Mariam" not in back.text
    assert_refused(lina.browser.submit(form, button=form.buttons[1]), "fr", 401)
    assert counts(shared_house) == before


def test_an_earlier_persons_page_cannot_be_opened_with_their_ticket_where_a_cookie_names_the_browser(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "karim")
    ticket = dict(form_to(trainee.browser.page, "/answer").fields)["ticket"]
    assert "ticket=" not in trainee.browser.page.url
    assert_refused(FormBrowser(language="en").open(f"{trainee.browser.page.url}?ticket={ticket}"), "en", 401)


@pytest.mark.parametrize("cookies", [True, False])
def test_thirty_idle_minutes_end_a_session_and_a_launch_leads_back_to_the_question(
    shared_house: House, activity: str, cookies: bool
) -> None:
    trainee = shared_house.begin(activity, "youssef") if cookies else arrived(shared_house, activity, "youssef")
    if not cookies:
        trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    asked = trainee.browser.page
    _idle(shared_house, minutes=29)
    assert trainee.browser.reload().status == 200
    _idle(shared_house, minutes=31)
    assert_refused(trainee.browser.reload(), "en", 401)
    before = counts(shared_house)
    form = form_to(asked, "/answer")
    assert_refused(trainee.browser.submit(form, button=form.buttons[1]), "en", 401)
    assert counts(shared_house) == before
    again = shared_house.begin(activity, "youssef")
    assert again.browser.page.url.split("?")[0] == asked.url.split("?")[0]


def _idle(house: House, minutes: int) -> None:
    with house.parts.database.transaction() as session:
        session.execute(update(BrowserSession).values(seen_at=clock.now() - timedelta(minutes=minutes)))


def test_a_form_without_its_ticket_is_refused_although_the_cookie_comes_back(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "omar")  # who reads French
    before, question = counts(shared_house), trainee.browser.page.url
    for fields in ({"action": "skip"}, {"action": "skip", "ticket": "invented"}):
        assert_refused(trainee.browser.post(f"{question}/answer", fields), "fr", 401)
    assert counts(shared_house) == before
    assert any(attempt.phase == Phase.OPEN for attempt in shared_house.attempts())


def test_the_logs_hold_no_ticket_and_no_name(shared_house: House, activity: str) -> None:
    trainee = arrived(shared_house, activity, "samia")
    ticket = trainee.browser.page.query["ticket"]
    configure_logging("debug")
    try:
        with capture_logs() as logs:
            trainee.browser.open(f"/attempts/00000000-0000-4000-8000-000000000000?ticket={ticket}")
            trainee.browser.post(f"{shared_house.tool}/tests/not-ready", {"ticket": ticket})
            trainee.browser.post(f"{shared_house.tool}/lti/launch", {"state": ticket, "id_token": "Samia"})
            trainee.browser.open(f"{shared_house.tool}/lti/register?invitation={ticket}")
    finally:
        configure_logging("error")
    assert logs
    written = json.dumps(logs, default=str)
    assert ticket[:24] not in written
    assert "Samia" not in written


def test_one_browser_keeps_its_cookie_over_launches_and_its_tickets_stay_good(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "anis")
    mine = our_cookies(trainee)
    assert len(mine) == 2  # the browser's name and the session's secret
    page = trainee.browser.page
    trainee.launch(add_activity(shared_house), "anis")  # a second launch of the same person, in another tab
    assert our_cookies(trainee) == mine
    form = form_to(page, "/answer")
    assert trainee.browser.submit(form, button=form.buttons[1]).status == 200
