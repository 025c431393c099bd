"""The results page of each kind of test: several competences, capped, fixed, an exam, training; and an earlier one."""

import re

import pytest
from answering import past_checkpoint, play_all, send, skip, told, values
from houses import House
from picking import DISCOVERY, picked
from ruling import add_ruled
from sqlalchemy import update

from lti_tool import clock
from lti_tool.assessment.finish import close
from lti_tool.demo.browser import Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.models import Attempt, Question

KEYS_BEGIN = {"answer", "attempt", "band", "begin", "checkpoint", "outcome", "question", "results", "rules", "timer"}


def played(house: House, trainee: LmsClient, pattern: str) -> Page:
    """The page after those answers: r right, w wrong, s skipped."""
    for how in pattern:
        if how == "s":
            skip(trainee.browser)
        else:
            page = send(trainee.browser, values(house, trainee.browser.page, right=how == "r"))
            past_checkpoint(page, trainee.browser)
    return trainee.browser.page


def test_several_competences_are_shown_at_a_glance_and_in_a_table(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.1", "1.2", "4.1", length=15), "lina")
    page = play_all(shared_house, trainee.browser, right=True)
    text = told(page)
    assert "Competences measured: 3 of 3" in text
    assert "2 of 2 measured" in text  # the first area
    assert page.text.count('class="bar-fill"') == 3
    table = page.text.split("<tbody>")[1].split("</tbody>")[0]
    assert len(re.findall(r"<tr>", table)) == 3
    assert re.search(r"\d\.\d and \d\.\d", table)
    total = sum(int(one) for one in re.findall(r'<td class="number">(\d+)</td>\s*</tr>', table))
    headline = re.search(r'class="big-number">(\d+) pix', page.text)
    assert headline is not None
    assert abs(int(headline[1]) - total) <= 2  # each is rounded by itself


def test_what_was_not_asked_enough_is_not_measured_and_has_no_grade(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.1", "1.2", length=10), "dina")
    played(shared_house, trainee, "rr")
    attempt = shared_house.attempts()[-1]
    with shared_house.parts.database.transaction() as session:
        close(session, shared_house.parts.bank, session.get_one(Attempt, attempt.id), clock.now())
    page = trainee.browser.open(f"{shared_house.tool}/attempts/{attempt.id}/results")
    text = told(page)
    assert "This attempt was closed before" in text
    assert "Competences measured: 0 of 2" in text
    assert "Score of this attempt" not in text


def test_a_capped_test_tells_the_share_of_its_target_and_no_level_of_the_whole_scale(shared_house: House) -> None:
    activity = picked(shared_house, **{"competence": ["1.2"], "length": "8", "cap-1.2": "3"})
    page = play_all(shared_house, shared_house.begin(activity, "rami").browser, right=True)
    text = told(page)
    assert re.search(r"You reach \d+% of what this test aims at\.", text)
    assert "says nothing about what lies above" in text
    assert "(up to 3 in this test)" in text
    assert not re.search(r"\d+ pix", text)
    assert not re.search(r"Novice|Independent|Advanced|Expert", text)


def test_a_fixed_list_tells_right_answers_and_no_level(shared_house: House) -> None:
    trainee = shared_house.begin(picked(shared_house, test=DISCOVERY), "hala")
    page = played(shared_house, trainee, "rwrrrswr")
    text = told(page)
    assert "5 right answers of 8" in text
    assert "not at which level you are" in text
    assert not re.search(r"Novice|Independent|Advanced|Expert|\d+ pix|Level \d|Competences measured", text)
    assert "Your strengths" in text
    assert text.count("Not this time") + text.count("Skipped") == 3


def test_an_exam_hides_which_answers_were_right_and_offers_a_review(shared_house: House) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=6, purpose="exam"), "mariam")
    page = played(shared_house, trainee, "rwrrrs")
    text = told(page)
    assert "This was an exam" in text
    assert "Right answers: 4 of 6" in text
    for word in ("Every answer, explained", "Not this time", "How to find it", 'class="told"'):
        assert word not in page.text
    assert form_to(page, "/review")


def test_training_ends_with_levels_and_without_a_grade(shared_house: House) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=6, purpose="training"), "dina")
    text = told(played(shared_house, trainee, "rrwrrw"))
    assert "No grade was sent to the course for this attempt." in text
    assert "Your strengths" in text


def test_a_second_attempt_stands_beside_the_first_with_what_the_margins_allow(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=16)
    first = play_all(shared_house, shared_house.begin(activity, "lina").browser, right=False)
    assert "Since your attempt" not in told(first)
    second = told(play_all(shared_house, shared_house.begin(activity, "lina").browser, right=True))
    assert re.search(r"Since your attempt 1, on .* Level then: [0-2]\.\d\. Level now: [4-8]\.\d\.", second)
    assert re.search(r"Difference: \+\d\.\d, more than the margins: this is real progress\.", second)
    third = told(play_all(shared_house, shared_house.begin(activity, "lina").browser, right=True))
    assert re.search(r"Since your attempt 2, .* Difference: [+−]0\.\d, within the margins", third)
    fourth = told(play_all(shared_house, shared_house.begin(activity, "lina").browser, right=False))
    assert re.search(r"Difference: −\d\.\d, more than the margins\.", fourth)


def test_a_fixed_list_is_compared_by_its_right_answers(shared_house: House) -> None:
    activity = picked(shared_house, test=DISCOVERY)
    played(shared_house, shared_house.begin(activity, "rami"), "rrrwwwww")
    text = told(played(shared_house, shared_house.begin(activity, "rami"), "rrrrrrww"))
    assert "Right answers then: 3 of 8. Now: 6 of 8." in text


def test_a_challenge_that_left_the_bank_leaves_the_page_standing(shared_house: House) -> None:
    trainee = shared_house.begin(picked(shared_house, test=DISCOVERY), "mariam")
    page = played(shared_house, trainee, "rrrrrrrr")
    attempt = shared_house.attempts()[-1]
    with shared_house.parts.database.transaction() as session:
        gone = update(Question).where(Question.attempt_id == attempt.id, Question.ordinal == 3)
        session.execute(gone.values(item_id="1.1.gone@1/nowhere"))
    text = told(trainee.browser.open(page.url))
    assert "This challenge is no longer in the bank" in text
    assert "8 right answers of 8" in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_whole_in_each_language(shared_house: House, language: str) -> None:
    activity = shared_house.add_test("1.1", "1.2", "4.1", length=13)
    page = play_all(
        shared_house, shared_house.begin(activity, {"fr": "samia", "en": "hala"}[language]).browser, right=True
    )
    assert page.markup.language == language
    asked = {challenge.split(".")[0] for challenge in re.findall(r">([a-z_]+(?:\.[a-z_]+)+)<", page.text)}
    assert not asked & KEYS_BEGIN  # a key in place of its text; names of files may look like one


def test_what_a_language_has_not_is_shown_in_another_and_marked_as_such(shared_house: House) -> None:
    trainee = shared_house.client("fr")
    page = trainee.launch(shared_house.add_test("1.2", length=6), "samia")
    form = form_to(page, "/language")
    page = trainee.browser.submit(form, button=next(one for one in form.buttons if one.value == "ar"))
    trainee.browser.submit(form_to(page, "/start"))
    page = play_all(shared_house, trainee.browser, right=True)
    assert (page.markup.language, 'dir="rtl"' in page.text) == ("ar", True)
    foreign = set(re.findall(r'<h3 lang="(\w\w)" dir="(\w\w\w)">', page.text))
    assert foreign <= {("fr", "ltr"), ("ar", "rtl")}
    assert foreign
