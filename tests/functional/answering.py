"""Answering the open question of a page: rightly, wrongly, or as nobody should."""

import re
import threading
from collections.abc import Callable, Collection, Mapping
from html import unescape
from uuid import UUID

from houses import House
from sqlalchemy import func, select

from lti_tool.content.kinds import KINDS
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.trainee import form_to
from lti_tool.models import Answer, Question

TYPED = frozenset({"text", "number", "fields"})
CHOSEN = frozenset({"single", "multiple"})


def question_of(page: Page) -> UUID:
    """The id of the question that the page shows."""
    return UUID(page.url.split("?")[0].rsplit("/", 1)[-1])


def kind_of(house: House, page: Page) -> str:
    """Its kind of challenge."""
    with house.rows() as session:
        item_id = session.get_one(Question, question_of(page)).item_id
    return house.parts.bank.challenges[item_id].kind


def values(house: House, page: Page, *, right: bool) -> dict[str, list[str]]:
    """A form as somebody would fill it in who knows the answer, or who does not."""
    question, truth = house.truth(page)
    challenge = house.parts.bank.challenges[question.item_id]
    kind = KINDS[challenge.kind]
    fill = kind.right_form if right else kind.wrong_form
    form = fill(challenge, question.facts, truth, page.markup.language)
    return {name: list(given) for name, given in form.items()}


def send(browser: FormBrowser, given: Mapping[str, Collection[str]], *, page: Page | None = None) -> Page:
    """Validates the question of that page (by default the one shown)."""
    form = form_to(page or browser.page, "/answer")
    return browser.submit(form, given, button=next(one for one in form.buttons if one.value == "validate"))


def skip(browser: FormBrowser, *, page: Page | None = None) -> Page:
    """Skips it; a checkpoint is passed at once."""
    form = form_to(page or browser.page, "/answer")
    return past_checkpoint(
        browser.submit(form, button=next(one for one in form.buttons if one.value == "skip")), browser
    )


def past_checkpoint(page: Page, browser: FormBrowser) -> Page:
    """The next question where the page is a checkpoint, else the page itself."""
    if page.url.split("?")[0].endswith("/checkpoint"):
        return browser.open(next(link.url for link in page.markup.links if "/attempts/" in link.url))
    return page


def skip_until(house: House, browser: FormBrowser, kinds: Collection[str]) -> Page:
    """Skips on to a question of one of those kinds; LookupError when the test ends before."""
    while kind_of(house, browser.page) not in kinds:
        skip(browser)
    return browser.page


def play_all(house: House, browser: FormBrowser, *, right: bool) -> Page:
    """Answers every question rightly, or wrongly, up to the results page, which is returned."""
    page = browser.page
    while "/questions/" in page.url:
        page = past_checkpoint(send(browser, values(house, page, right=right)), browser)
    assert page.url.split("?")[0].endswith("/results"), (page.url, page.text)
    return page


def answers(house: House) -> int:
    """How many answers there are."""
    with house.rows() as session:
        return session.scalar(select(func.count()).select_from(Answer)) or 0


def answer_to(house: House, question_id: UUID) -> Answer | None:
    """The answer of one question."""
    with house.rows() as session:
        return session.get(Answer, question_id)


def ticket_of(page: Page) -> str:
    """The ticket in the question's form."""
    return dict(form_to(page, "/answer").fields)["ticket"]


def at_once(*deeds: Callable[[], Page]) -> list[Page]:
    """Does all of them at the same moment, each on a thread of its own."""
    barrier, done = threading.Barrier(len(deeds)), dict[int, Page]()

    def do(number: int, deed: Callable[[], Page]) -> None:
        barrier.wait(timeout=10)
        done[number] = deed()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [done[number] for number in range(len(deeds))]


def tab(browser: FormBrowser, url: str) -> FormBrowser:
    """A second tab: the same cookies, a page of its own."""
    other = FormBrowser(language="en")
    for cookie in browser.session.cookies:
        other.session.cookies.set_cookie(cookie)
    other.open(url)
    return other


def told(page: Page) -> str:
    """What the page says: its text without markup."""
    text = re.sub(r"<(script|style).*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
