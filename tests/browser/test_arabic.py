"""The way of somebody who reads Arabic, in a real browser: a page that mirrors, a challenge in the nearest language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from houses import House
from playwright.sync_api import BrowserContext, Page

from lti_tool.words import words

Browse = Callable[..., BrowserContext]
OUTPUT = Path(__file__).parents[1] / "output"
_MOST_PAGES = 60
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"


@pytest.mark.parametrize(
    ("person", "locale", "width", "given", "challenges"),
    [("زهرة", "ar-TN", 320, "زهرة", "fr"), ("طارق", "ar-JO", 1280, "طارق", "en")],
)
def test_a_test_is_taken_in_arabic_from_launch_to_result(
    one_site: House, browse: Browse, person: str, locale: str, width: int, given: str, challenges: str
) -> None:
    say = words(locale)
    activity = one_site.add_test("1.1", "1.2", length=10)
    page = _launch(one_site, browse(locale="ar", viewport={"width": width, "height": 900}), person, activity)
    seen: list[str] = []
    for number in range(_MOST_PAGES):
        kind = str(page.locator("body").get_attribute("data-page"))
        _expect_a_mirrored_page(page)
        if kind not in seen or kind == "question":
            page.screenshot(path=OUTPUT / f"{locale}-{kind}-{number}.png", full_page=True)
        seen.append(kind)
        if kind == "start":
            assert say.t("begin.start") in page.inner_text("main")
            _press(page, "form[action*='/start'] button")
        elif kind == "question":
            _expect_a_challenge(page, challenges)
            assert given in page.inner_text("body")
            _answer(page)
        elif kind == "results":
            break
        else:
            _press(page, "main a.button")
    assert {"start", "question", "checkpoint", "results"} <= set(seen)
    shown = page.inner_text("main")
    assert say.t("results.title") in shown
    assert one_site.attempts()[-1].language == "ar"
    _expect_digits_of_the_region(shown, locale)


def _expect_a_mirrored_page(page: Page) -> None:
    """Arabic from right to left, nothing cut off, no text left without its message."""
    assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == ("ar", "rtl")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    start = page.locator("h1, h2, .instruction p").first.bounding_box()
    assert start is not None
    mark, leave = page.locator(".bar .mark").bounding_box(), page.locator(".bar .exit")
    assert mark is not None
    if leave.count():
        end = leave.bounding_box()
        assert end is not None
        assert end["x"] < mark["x"]


def _expect_a_challenge(page: Page, language: str) -> None:
    """The challenge in the language of the region's schools, marked as such, with a sentence that says so."""
    assert page.get_attribute(".instruction", "lang") == language or page.locator(f"[lang={language}][dir=ltr]").count()
    assert words("ar").t(f"question.language.instead.{language}") in page.inner_text("main")


def _expect_digits_of_the_region(shown: str, locale: str) -> None:
    assert any(digit in shown for digit in _ARABIC_DIGITS) == (locale == "ar-JO")


def _launch(house: House, context: BrowserContext, person: str, activity: str) -> Page:
    OUTPUT.mkdir(exist_ok=True)
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"{house.lms_url}/sign-in")
    page.get_by_role("button", name=person).first.click()
    page.wait_for_url("**/courses")
    assert page.get_attribute("html", "dir") == "rtl"
    page.goto(f"{house.lms_url}/activities/{activity}/launch?window=1")
    page.locator("body[data-page=start]").wait_for()
    return page


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _answer(page: Page) -> None:
    """The first thing that there is to answer; what cannot be read is skipped."""
    for box in page.locator("article .choice input").all()[:1]:
        box.check()
    for field in page.locator("article input[type=text]").all():
        field.fill("12")
    for choice in page.locator("article select").all():
        choice.select_option(index=1)
    _press(page, "button[value=validate]")
    if page.locator("#wrong").count():
        _press(page, "button[value=skip]")
