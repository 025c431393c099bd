"""A trainee who sits at a question in Chromium, brought there by cookies, so that a test begins where it matters."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from houses import House
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import func, select, update

from lti_tool import clock
from lti_tool.models import Answer, Attempt, Placement

Browse = Callable[..., BrowserContext]
TYPED = "article form input[type=text]"
CHOSEN = "article .choice input"


def sit(house: House, browse: Browse, activity: str, username: str = "lina", **options: Any) -> Page:
    """The open question in a fresh browser, as the page's whole window."""
    context = browse(**options)
    return sit_down(house, context, activity, username)


def sit_down(house: House, context: BrowserContext, activity: str, username: str = "lina") -> Page:
    """The same in a browser that is open already: a launch of that person in it."""
    trainee = house.begin(activity, username)
    host = urlsplit(house.tool).hostname or ""
    context.add_cookies(
        [{"name": one.name, "value": one.value or "", "domain": host, "path": "/"}
         for one in trainee.browser.session.cookies if "pix-lti" in one.name]
    )  # fmt: skip
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(trainee.browser.page.url)
    return page


def rule(house: House, **rules: object) -> None:
    """Puts rules over those of the newest placement."""
    with house.parts.database.transaction() as session:
        newest = session.scalars(select(Placement).order_by(Placement.created_at.desc()).limit(1)).one()
        newest.rules = {**newest.rules, **rules}


def until(page: Page, selector: str) -> None:
    """Skips on to a question that has such an input."""
    for _ in range(60):
        if page.locator(selector).count():
            return
        press(page, "skip")
        while "/questions/" not in page.url:
            page.locator("a.button").first.click()
            page.wait_for_load_state()
    raise AssertionError(f"no question with {selector}")


def press(page: Page, action: str = "validate") -> None:
    """Validate or Skip, and the page that follows."""
    before = page.url
    page.locator(f"button[value={action}]").click()
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def question_of(page: Page) -> UUID:
    """The id of the question that the page shows."""
    return UUID(re.search(r"/questions/([0-9a-f-]{36})", page.url)[1])  # type: ignore[index]


def answer_to(house: House, question_id: UUID) -> Answer | None:
    """The answer of one question."""
    with house.rows() as session:
        return session.get(Answer, question_id)


def answers(house: House) -> int:
    """How many answers there are."""
    with house.rows() as session:
        return session.scalar(select(func.count()).select_from(Answer)) or 0


def comes(what: Callable[[], object], seconds: float = 15) -> None:
    """Waits until it is true."""
    until_when = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until_when, "it did not come"
        time.sleep(0.05)


def kept_here(page: Page) -> list[str]:
    """The names of what the pages of attempts have put into the tab's storage."""
    return list(page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('pix-lti '))"))


def said(page: Page) -> str:
    """What a screen reader was told last."""
    return str(page.locator("#said").text_content())


def end_in(house: House, seconds: float) -> None:
    """The newest attempt's time ends so many seconds from now."""
    attempt = house.attempts()[-1]
    with house.parts.database.transaction() as session:
        deadline = clock.now() + timedelta(seconds=seconds)
        session.execute(update(Attempt).where(Attempt.id == attempt.id).values(deadline=deadline))
