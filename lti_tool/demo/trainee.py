"""A trainee who plays a test through the tool's pages, as a browser without JavaScript shows them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.markup import Button, Form

_MOST_PAGES = 400


@dataclass(slots=True)
class Played:
    """What a trainee met: questions answered, skipped, checkpoints, and the page at the end."""

    answered: int = 0
    skipped: int = 0
    checkpoints: int = 0
    addresses: list[str] = field(default_factory=list)
    end: Page | None = None


def play(browser: FormBrowser, chance: random.Random, until: Callable[[Played], bool] | None = None) -> Played:
    """Answers at random, skipping some, until the results page or until `until` says so; the start page is open."""
    played = Played()
    page = browser.page
    if "/tests/" in page.url:
        page = browser.submit(form_to(page, "/start"))
    for _ in range(_MOST_PAGES):
        if until is not None and until(played):
            return played
        if "/questions/" in page.url:
            played.addresses.append(page.url)
            page = answer_one(browser, page, chance, played)
        elif page.url.split("?")[0].endswith("/checkpoint"):
            played.checkpoints += 1
            page = browser.open(next(link.url for link in page.markup.links if "/attempts/" in link.url))
        elif page.url.split("?")[0].endswith("/results"):
            played.end = page
            return played
        else:
            break
    msg = f"the test led to {page.url} (status {page.status}): {page.text[:500]!r}"
    raise LookupError(msg)


def form_to(page: Page, end: str) -> Form:
    """The form of the page whose address ends so; LookupError when there is none."""
    for form in page.forms:
        if form.action.split("?")[0].endswith(end):
            return form
    msg = f"no form to {end} on {page.url} (status {page.status})"
    raise LookupError(msg)


def answer_one(browser: FormBrowser, page: Page, chance: random.Random, played: Played) -> Page:
    """Gives one question a random answer, or skips it one time in eight, and where the answer cannot be read."""
    if chance.random() >= 1 / 8:
        form = form_to(page, "/answer")
        page = browser.submit(form, _values(page, form, chance), button=_button(form, "validate"))
        if page.status != 400:
            played.answered += 1
            return page
    form = form_to(page, "/answer")
    played.skipped += 1
    return browser.submit(form, {}, button=_button(form, "skip"))


def _button(form: Form, value: str) -> Button:
    return next(button for button in form.buttons if button.value == value)


def _values(page: Page, form: Form, chance: random.Random) -> dict[str, str]:
    """Something for every control: one of its choices, or a plain number where it is typed."""
    offered = _Offered()
    offered.feed(page.text)
    names = sorted(form.names - {"ticket", "action"})
    return {name: chance.choice(offered.values.get(name) or ["3", "12", "42"]) for name in names}


class _Offered(HTMLParser):
    """The values that boxes and lists of a page offer, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._list = given.get("name", "")
        elif tag == "option" and given.get("value"):
            self.values.setdefault(self._list, []).append(given["value"])
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self.values.setdefault(given.get("name", ""), []).append(given.get("value", ""))
