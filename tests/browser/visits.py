"""Short ways to the tool's pages: tests placed with rules, tests taken without a browser, and a browser signed in."""

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from houses import House
from playwright.sync_api import BrowserContext, Page

from lti_tool.content.kinds import KINDS
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to

Browse = Callable[..., BrowserContext]
_MOST_PAGES = 100


def placed(house: House, **rules: Any) -> str:
    """As the instructor, adds a test with what the picker's form is to hold; the activity's id."""
    office = house.client("fr")
    office.open_picker(house.deployment_id)
    office.browser.press("add", rules)
    office.sign_in("tara")
    return office.newest_activity()


def speak(house: House, username: str, language: str) -> None:
    """Sets somebody's language at the LMS."""
    people = house.memory.people
    key = next(key for key, person in people.items() if person.username == username)
    people[key] = dataclasses.replace(people[key], language=language)


def enter(house: House, browse: Browse, username: str, language: str, **options: Any) -> Page:
    """A browser in which somebody is signed in at the LMS, in their language."""
    page = browse(locale=language, **options).pages[0]
    page.goto(f"{house.lms_url}/sign-in")
    page.get_by_role("button", name=username.capitalize()).first.click()
    speak(house, username, language)
    return page


def launch(house: House, page: Page, activity: str) -> None:
    """Opens an activity in a window of its own."""
    page.goto(f"{house.lms_url}/activities/{activity}/launch?window=1")
    page.locator(".mark").wait_for()
    assert not page.locator(".reference").count(), page.locator("main").inner_text()


def take(house: House, activity: str, username: str, *, known: float, answers: int = _MOST_PAGES) -> LmsClient:
    """Takes a test by its forms, knowing a share of the answers; stops after so many, or at its end."""
    trainee = house.begin(activity, username)
    chance = random.Random(f"{username} {known}")
    given = 0
    for _ in range(_MOST_PAGES):
        page = trainee.browser.page
        if "/questions/" in page.url and given < answers:
            question, truth = house.truth(page)
            challenge = house.parts.bank.challenges[question.item_id]
            kind = KINDS[challenge.kind]
            fill = kind.right_form if chance.random() < known else kind.wrong_form
            filled = {name: list(some) for name, some in fill(challenge, question.facts, truth, "fr").items()}
            form = form_to(page, "/answer")
            trainee.browser.submit(form, filled, button=next(one for one in form.buttons if one.value == "validate"))
            given += 1
        elif page.url.split("?")[0].endswith("/checkpoint") and given < answers:
            trainee.browser.open(next(link.url for link in page.markup.links if "/attempts/" in link.url))
        else:
            return trainee
    raise AssertionError("the test does not end")


def press(page: Page, what: str) -> None:
    """Presses, and waits for the page that follows."""
    with page.expect_navigation():
        page.locator(what).first.click()


def unfold(page: Page) -> None:
    """Opens everything that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
