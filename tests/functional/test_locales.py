"""A launch says who reads which language where: the pages, the challenges and what is sent follow."""

import dataclasses
import random

import pytest
from houses import House

from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to, play
from lti_tool.models import Answer, Attempt
from lti_tool.words import best_language, words
from xapi.vocabulary import ContextExtension


def launched(house: House, locale: str, header: str = "en") -> LmsClient:
    """Zahra's start page, after a launch with that locale in a browser that asks for these languages."""
    for key, person in house.memory.people.items():
        if person.username == "zahra":
            house.memory.people[key] = dataclasses.replace(person, language=locale)
    trainee = LmsClient(house.lms_url, FormBrowser(language=header, verify=house.lms.browser.verify))
    trainee.launch(house.add_test("1.1", length=8), "zahra")
    return trainee


def direction(page: Page) -> str:
    """What the page says of its direction."""
    return page.text.split("<html", 1)[1].split(">", 1)[0].split('dir="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize(
    ("locale", "header", "language", "digits"),
    [
        ("ar-TN", "en", "ar", "8"),
        ("ar_JO", "en", "ar", "٨"),
        ("ar", "fr, ar-EG;q=0.5", "ar", "٨"),
        ("ar", "fr", "ar", "8"),
        ("fr_TN", "ar", "fr", "8"),
        ("de", "ar-JO, fr", "ar", "٨"),
        ("tlh", "tlh", "en", "8"),
    ],
)
def test_the_start_page_speaks_the_language_of_the_launch_in_the_digits_of_its_region(
    shared_house: House, locale: str, header: str, language: str, digits: str
) -> None:
    page = launched(shared_house, locale, header).browser.page
    assert page.markup.language == language
    assert direction(page) == ("rtl" if language == "ar" else "ltr")
    assert words(language).t("begin.start") in page.text
    said = words(f"{language}-JO" if digits == "٨" else language).t("begin.length", count=8, minutes=12)
    assert said in page.text


@pytest.mark.parametrize(("locale", "shown"), [("ar-TN", "fr"), ("ar-JO", "en"), ("ar", "fr"), ("fr", "fr")])
def test_a_challenge_is_in_the_nearest_language_and_the_answer_says_in_which(
    shared_house: House, locale: str, shown: str
) -> None:
    language = best_language(locale)
    trainee = launched(shared_house, locale)
    page = trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    question, _ = shared_house.truth(page)
    assert page.markup.language == language
    assert f'lang="{shown}" dir="ltr"' in page.text
    told = words(language).t(f"question.language.instead.{shown}")
    assert (told in page.text) == (language != shown)
    trainee.browser.press("skip")
    shared_house.deliver()
    with shared_house.rows() as session:
        attempt, answer = session.get_one(Attempt, question.attempt_id), session.get_one(Answer, question.id)
        assert (attempt.language, answer.language) == (language, shown)
        assert question.item_id in attempt.available
    mine = [one for one in shared_house.statement_list() if one["context"]["registration"] == str(question.attempt_id)]
    told_in = [one["context"]["extensions"][ContextExtension.LANGUAGE] for one in mine
               if one["verb"]["id"].endswith("/answered")]  # fmt: skip
    assert told_in == [shown]


def test_an_attempt_in_arabic_is_finished_and_its_grade_is_commented_in_arabic(shared_house: House) -> None:
    trainee = launched(shared_house, "ar-TN")
    played = play(trainee.browser, random.Random(3))
    assert played.end is not None
    assert played.end.markup.language == "ar"
    assert words("ar").t("results.title") in played.end.text
    shared_house.deliver()
    grade = shared_house.lms.grade(trainee.newest_activity(), "zahra")
    assert grade is not None
    assert grade.comment.startswith("المحاولة")


def test_the_region_is_kept_when_the_language_is_switched_and_switched_back(shared_house: House) -> None:
    browser = launched(shared_house, "ar-JO").browser
    assert browser.press("fr").markup.language == "fr"
    again = browser.press("ar")
    assert again.markup.language == "ar"
    assert words("ar-JO").t("begin.length", count=8, minutes=12) in again.text


def test_an_error_page_in_arabic_is_readable(shared_house: House) -> None:
    anyone = FormBrowser(language="ar-DZ, fr;q=0.5")
    page = anyone.open(f"{shared_house.tool}/attempts/00000000-0000-4000-8000-000000000000")
    assert (page.status, page.markup.language, direction(page)) == (401, "ar", "rtl")
    assert words("ar").t("session.none") in page.text
