"""Every page of a trainee's and an instructor's way, in every language: nothing is cut off, out of reach or unseen."""

from urllib.parse import urlsplit

import pytest
from houses import House
from look import look_over
from playwright.sync_api import Page
from visits import Browse, enter, launch, placed, press, speak, take, unfold

from lti_tool.words import LANGUAGES

_MOST_PAGES = 20
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_the_way_through_a_test(one_site: House, browse: Browse, language: str) -> None:
    activity = one_site.add_test("1.1", length=6)
    page = enter(one_site, browse, "samia", language)
    launch(one_site, page, activity)
    assert page.get_attribute("html", "lang") == language
    found = look_over(page, f"{language}-start")
    press(page, "form[action*='/start'] button")
    report = page.locator("a[href*='/report']").get_attribute("href")
    seen: set[str] = set()
    for number in range(_MOST_PAGES):
        kind = str(page.locator("body").get_attribute("data-page"))
        found += look_over(page, f"{language}-{kind}-{number}")
        seen.add(kind)
        if kind == "results":
            break
        _go_on(page, kind, number)
    assert {"question", "checkpoint", "results"} <= seen
    page.goto(f"{one_site.tool}{report}")
    found += look_over(page, f"{language}-report")
    assert not found, "\n".join(found)


@each_language
def test_a_refused_answer_the_page_after_exit_and_an_error(one_site: House, browse: Browse, language: str) -> None:
    activity = one_site.add_test("1.1", length=6)
    page = enter(one_site, browse, "samia", language)
    launch(one_site, page, activity)
    press(page, "form[action*='/start'] button")
    press(page, "button[value=validate]")
    page.locator("#wrong").wait_for()
    found = look_over(page, f"{language}-refused")
    press(page, ".exit")
    found += look_over(page, f"{language}-left")
    page.goto(f"{one_site.tool}/attempts/00000000-0000-4000-8000-000000000000")
    found += look_over(page, f"{language}-error")
    assert not found, "\n".join(found)


@each_language
def test_a_level_reached_and_results_in_several_areas(one_site: House, browse: Browse, language: str) -> None:
    activity = one_site.add_test("1.1", "1.2", "4.1", length=15)
    speak(one_site, "samia", language)
    take(one_site, activity, "samia", known=0.4)
    take(one_site, activity, "samia", known=1.0, answers=10)
    page = enter(one_site, browse, "samia", language)
    launch(one_site, page, activity)
    found = look_over(page, f"{language}-start-again")
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/checkpoint")
    page.locator(".level-up").first.wait_for()
    found += look_over(page, f"{language}-level-up")
    take(one_site, activity, "samia", known=1.0)
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/results")
    page.locator(".profile").wait_for()
    unfold(page)
    found += look_over(page, f"{language}-results-areas")
    assert not found, "\n".join(found)


@each_language
def test_an_exam_with_focus_and_a_time_limit(one_site: House, browse: Browse, language: str) -> None:
    activity = placed(
        one_site, competence=("1.1",), length="6", purpose="exam", attention="focus", minutes="30", attempts="2"
    )
    page = enter(one_site, browse, "samia", language)
    launch(one_site, page, activity)
    found = look_over(page, f"{language}-start-exam")
    press(page, "form[action*='/start'] button")
    page.locator("#timer").wait_for()
    found += look_over(page, f"{language}-question-exam")
    assert not found, "\n".join(found)


@each_language
def test_a_fixed_test(one_site: House, browse: Browse, language: str) -> None:
    activity = placed(one_site, test=next(iter(one_site.parts.bank.tests)))
    speak(one_site, "samia", language)
    take(one_site, activity, "samia", known=0.6, answers=3)
    page = enter(one_site, browse, "samia", language)
    launch(one_site, page, activity)
    found = look_over(page, f"{language}-start-fixed")
    press(page, "form[action*='/start'] button")
    found += look_over(page, f"{language}-question-fixed")
    take(one_site, activity, "samia", known=0.6)
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/results")
    found += look_over(page, f"{language}-results-fixed")
    assert not found, "\n".join(found)


@each_language
def test_the_instructors_pages(one_site: House, browse: Browse, language: str) -> None:
    activity = one_site.add_test("1.1", length=6)
    empty = one_site.add_test("1.2", length=6)
    for username in ("samia", "youssef", "lina", "omar", "salma"):
        trainee = take(one_site, activity, username, known=0.7)
    form = next(one for one in trainee.browser.page.forms if "/review" in one.action)
    trainee.browser.submit(form, {"text": "La question 3 compte deux bonnes réponses."})
    take(one_site, activity, "karim", known=0.7, answers=2)
    page = enter(one_site, browse, "tara", language)
    page.goto(f"{one_site.lms_url}/courses/2/add/{one_site.deployment_id}/launch")
    assert page.get_attribute("html", "lang") == language
    unfold(page)
    found = look_over(page, f"{language}-picker")
    press(page, "button[value=add]")
    found += look_over(page, f"{language}-picker-refused")
    launch(one_site, page, empty)
    found += look_over(page, f"{language}-class-empty")
    launch(one_site, page, activity)
    found += look_over(page, f"{language}-class")
    of_class = page.url.split("?")[0]
    press(page, "main a[href*='/attempts/']")
    found += look_over(page, f"{language}-class-review")
    page.goto(f"{of_class}/people/{one_site.attempts()[-1].person_id}")
    page.locator("input[name=extra_time]").first.wait_for()
    found += look_over(page, f"{language}-class-person")
    assert not found, "\n".join(found)


@each_language
def test_a_launch_where_the_browser_keeps_no_cookie(two_sites: House, browse: Browse, language: str) -> None:
    activity = two_sites.add_test("1.1", length=6)
    page = enter(two_sites, browse, "samia", language, no_cookies_of=urlsplit(two_sites.tool).hostname)
    launch(two_sites, page, activity)
    page.locator("form#proof").wait_for()
    found = look_over(page, f"{language}-continue")
    assert not found, "\n".join(found)


def test_results_are_printed_without_what_one_presses(one_site: House, browse: Browse) -> None:
    activity = one_site.add_test("1.1", length=6)
    take(one_site, activity, "samia", known=0.8)
    page = enter(one_site, browse, "samia", "fr")
    launch(one_site, page, activity)
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/results")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".band, .scale").first.is_visible()
    assert [one for one in page.locator("button, .button, .exit").all() if one.is_visible()] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_the_checks_find_a_page_that_is_not_fit(one_site: House, browse: Browse) -> None:
    page = enter(one_site, browse, "tara", "en")
    page.set_content(
        "<html lang=en><title>Unfit</title><main><h1>Unfit</h1><p style='width: 60rem; color: #bbb'>Pale and wide</p>"
        "<p style='width: 3rem; overflow: hidden; white-space: nowrap'>Cut off in the middle</p>"
        "<button style='height: 12px; padding: 0; outline: none'>Small</button></main></html>"
    )
    found = "\n".join(look_over(page, "unfit"))
    for fault in ("scrolls sideways", "is cut off", "too small to press", "color-contrast", "shows no focus"):
        assert fault in found


def _go_on(page: Page, kind: str, number: int) -> None:
    """Answers the first thing there is, or skips where that is no answer or every third time; on from other pages."""
    if kind != "question":
        press(page, "main a.button")
        return
    if number % 3:
        for box in page.locator("article .choice input").all()[:1]:
            box.check()
        for field in page.locator("article input[type=text]").all():
            field.fill("12")
        for choice in page.locator("article select").all():
            choice.select_option(index=1)
        press(page, "button[value=validate]")
    if not number % 3 or page.locator("#wrong").count():
        press(page, "button[value=skip]")
