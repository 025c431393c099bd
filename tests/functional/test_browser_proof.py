"""Whose browser it is: without cookies by one click and a ticket, with cookies by the cookie; one person at a time."""

import json
import random
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from houses import House, open_house
from launching import add_activity, assert_refused, counts
from sqlalchemy import update
from structlog.testing import capture_logs

from lti_tool import clock
from lti_tool.app import configure_logging
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import Played, form_to, play
from lti_tool.models import BrowserSession, Phase

_ADDRESS = re.compile(r'(?:href|src|action)="([^"#][^"]*)"')
_BARE = ("/static/", "/files/", "/places/")


def without_cookies(house: House, language: str = "en") -> LmsClient:
    """A browser that refuses every cookie of the tool."""
    return house.client(language, blocked=["localhost"])


def arrived(house: House, activity: str, username: str = "lina") -> LmsClient:
    """A trainee without cookies, past the page that asks them to continue."""
    trainee = without_cookies(house)
    trainee.launch(activity, username)
    trainee.browser.submit(form_to(trainee.browser.page, "/continue"))
    return trainee


def our_cookies(trainee: LmsClient) -> dict[str, str | None]:
    """The cookies that the tool set."""
    return {cookie.name: cookie.value for cookie in trainee.browser.session.cookies if "pix" in cookie.name}


def addresses(page: Page) -> list[str]:
    """Every address of ours on the page."""
    return [found.replace("&amp;", "&") for found in _ADDRESS.findall(page.text)]


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """A test over all that is offered, so that files and places are met."""
    return shared_house.add_test("1.1", "1.2", "4.1", length=14)


@pytest.mark.parametrize(("username", "language"), [("samia", "fr"), ("lina", "en")])
def test_without_a_cookie_a_page_names_person_course_and_platform_before_anything_is_stored(
    shared_house: House, activity: str, username: str, language: str
) -> None:
    before = counts(shared_house)
    browser = without_cookies(shared_house, "ar").browser  # the launch says the language, not the browser
    page = LmsClient(shared_house.lms_url, browser).launch(activity, username)
    assert page.status == 200
    assert page.markup.language == language
    person = shared_house.memory.person_named(username)
    for named in (person.name, "Compétences numériques", shared_house.memory.config.name):
        assert named in page.text
    assert counts(shared_house) == before
    assert not [cookie for cookie in browser.session.cookies if cookie.domain.startswith("localhost")]


def test_the_whole_test_is_taken_without_cookies_and_every_page_address_carries_the_ticket(
    shared_house: House, activity: str
) -> None:
    trainee = arrived(shared_house, activity, "hala")
    bare: set[str] = set()

    def looked_at(_played: Played) -> bool:
        page = trainee.browser.page
        for address in addresses(page):
            if address.startswith(_BARE):
                assert "ticket" not in address
                bare.add(address.split("/")[1])
            else:
                assert "ticket=" in address, f"{address} on {page.url}"
        assert "ticket=" in page.url
        assert "Set-Cookie" not in page.headers
        return False

    assert trainee.browser.page.markup.language == "en"
    played = play(trainee.browser, random.Random(3), until=looked_at)
    assert played.end is not None
    assert played.answered + played.skipped == 14
    assert {"static", "files"} <= bare or {"static", "places"} <= bare, bare
    looked_at(played)


def test_files_and_places_open_without_a_session(shared_house: House, activity: str) -> None:
    trainee, seen = arrived(shared_house, activity, "rami"), set[str]()
    play(
        trainee.browser, random.Random(4),
        until=lambda _: bool(seen.update(one for one in addresses(trainee.browser.page) if one.startswith(_BARE))),
    )  # fmt: skip
    for address in seen:
        answer = FormBrowser().request("GET", shared_house.tool + address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers


def test_reload_back_and_a_second_tab_work_without_cookies(shared_house: House, activity: str) -> None:
    trainee = arrived(shared_house, activity, "dina")
    start = trainee.browser.page.url
    first = trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    assert "/questions/" in first.url
    assert trainee.browser.reload().url == first.url
    assert trainee.browser.open(start).status == 200
    tab = FormBrowser()
    assert tab.open(first.url).status == 200
    form = form_to(tab.page, "/answer")
    after = tab.submit(form, button=form.buttons[1])
    assert after.status == 200
    assert "ticket=" in after.url


def test_the_click_counts_once_and_an_invented_one_never(shared_house: House, activity: str) -> None:
    trainee = without_cookies(shared_house)
    page = trainee.launch(activity, "lina")
    form = form_to(page, "/continue")
    assert trainee.browser.submit(form).status == 200
    before = counts(shared_house)
    for proof in (dict(form.fields)["proof"], "invented", "", "\0"):
        assert_refused(trainee.browser.post(f"{shared_house.tool}/lti/continue", {"proof": proof}), "en", 400)
    assert_refused(trainee.browser.post(f"{shared_house.tool}/lti/continue", {}), "en", 400)
    assert counts(shared_house) == before


def test_a_test_is_added_by_deep_linking_without_cookies(shared_house: House) -> None:
    teacher = without_cookies(shared_house, "fr")
    page = teacher.open_picker(shared_house.deployment_id)
    form = form_to(page, "/continue")
    assert all("_blank" not in button.label for button in form.buttons)
    assert 'formtarget="_blank"' not in page.text  # a new window could not bring the choice back
    picker = teacher.browser.submit(form)
    assert "ticket=" in picker.url
    teacher.browser.press("add", {"competence": ["1.2"], "length": "4", "title": "Sans cookies"})
    assert "Sans cookies" in teacher.activities().values()


def test_a_ticket_that_was_changed_or_made_up_opens_nothing(shared_house: House, activity: str) -> None:
    trainee = arrived(shared_house, activity, "anis")
    address = trainee.browser.page.url
    assert FormBrowser().open(address).status == 200
    bare, ticket = address.split("?ticket=")
    for other in (ticket[:-1], ticket + "x", ticket.split(".")[0], "", "ÿ", "." * 200, "%00"):
        assert_refused(FormBrowser(language="en").open(f"{bare}?ticket={other}"), "en", 401)


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
    assert len(mine) == 1
    page = trainee.browser.page
    trainee.launch(add_activity(shared_house), "anis")  # a second launch of the same person, in another tab
    assert our_cookies(trainee) == mine
    form = form_to(page, "/answer")
    assert trainee.browser.submit(form, button=form.buttons[1]).status == 200


@pytest.fixture
def storage_house(database_address: str, tmp_path: Path, keys_folder: Path) -> Iterator[House]:
    """An LMS that keeps a tool's state in its own frame (LTI Client Side postMessages)."""
    hosts = ("localhost", "127.0.0.1")
    with open_house(database_address, tmp_path, keys_folder, hosts=hosts, platform_storage=True) as opened:
        yield opened


def test_what_the_platform_stored_proves_the_browser_and_another_browsers_secret_does_not(
    storage_house: House,
) -> None:
    activity = add_activity(storage_house)
    for stored, enters in (("the right one", True), ("somebody else’s", False), ("", True)):
        trainee = without_cookies(storage_house)
        trainee.sign_in("lina")
        trainee.browser.open(f"{storage_house.lms_url}/activities/{activity}")
        keeping = trainee.browser.enter_frame()
        secret = re.search(r'data-value="([^"]+)"', keeping.text)
        assert secret is not None
        page = trainee.browser.follow("/auth")
        assert 'data-target="_parent"' in page.text
        value = secret.group(1) if stored == "the right one" else stored
        after = trainee.browser.submit(form_to(page, "/continue"), {"stored": value})
        assert ("/tests/not-ready" in after.url) is enters, after.text
        if not enters:
            assert_refused(after, "en", 400)
