"""Whose browser it is: without cookies by one click and a ticket, with cookies by the cookie; one person at a time."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from houses import House, open_house
from launching import add_activity, arrived, assert_refused, counts, without_cookies

from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import Played, form_to, play

_ADDRESS = re.compile(r'(?:href|src|action)="([^"#][^"]*)"')
_BARE = ("/static/", "/files/", "/places/")


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
