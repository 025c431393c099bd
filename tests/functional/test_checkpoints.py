"""The page after a stretch of answers: what was answered, what is right, levels reached; in an exam nothing of it."""

import re

from answering import past_checkpoint, send, skip, told, values
from houses import House
from ruling import add_ruled

from lti_tool.demo.browser import Page
from lti_tool.demo.lms_client import LmsClient


def answered(house: House, trainee: LmsClient, pattern: str) -> Page:
    """The page after those answers, r right and w wrong, checkpoints passed before the last."""
    page = trainee.browser.page
    for how in pattern:
        page = past_checkpoint(page, trainee.browser)
        page = send(trainee.browser, values(house, page, right=how == "r"))
    return page


def is_checkpoint(page: Page) -> bool:
    return page.url.split("?")[0].endswith("/checkpoint")


def test_it_shows_what_i_answered_beside_what_is_right(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=12), "lina")
    page = answered(shared_house, trainee, "rwrww")
    assert is_checkpoint(page)
    text = told(page)
    assert text.count("Your answer") == 5
    assert text.count("Right answer") >= 3  # those that went wrong; a right one is not told twice
    assert text.count("For next time") == 3
    assert "5 answers so far, 12 at most. Right among the last 5: 2." in text


def test_a_skipped_question_has_no_answer_and_a_tip(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=12), "dina")
    answered(shared_house, trainee, "rrrr")
    skip(trainee.browser)
    trainee.browser.open(f"{shared_house.tool}/attempts/{shared_house.attempts()[-1].id}/checkpoint")
    assert re.search(r"5 · Skipped .* No answer", told(trainee.browser.page))


def test_a_level_reached_since_the_last_checkpoint_is_celebrated_once(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=25), "rami")
    first = answered(shared_house, trainee, "wwwww")
    before = re.findall(r"Level (\d) reached", told(first))
    second = answered(shared_house, trainee, "rrrrr")
    after = re.findall(r"Level (\d) reached in Manage data", told(second))
    assert len(after) == 1
    assert [int(level) for level in before] < [int(after[0])]
    third = answered(shared_house, trainee, "wwwww")
    assert "reached" not in told(third)


def test_an_exam_tells_that_answers_were_recorded_and_nothing_else(shared_house: House) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=12, purpose="exam"), "mariam")
    page = answered(shared_house, trainee, "rrrww")
    assert is_checkpoint(page)
    text = told(page)
    assert text.count("Recorded") == 5
    assert text.count("Your answer") == 5
    for word in ("Right", "Not this time", "Right answer", "How to find it", "For next time", "reached"):
        assert word not in text, word
    assert 'class="right"' not in page.text
    assert "5 answers so far, 12 at most." in text


def test_an_exams_steps_do_not_show_what_was_right(shared_house: House) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=12, purpose="exam"), "hala")
    page = answered(shared_house, trainee, "rw")
    assert 'aria-current="step"' in page.text
    assert not re.search(r'<li[^>]*class="[^"]*\b(right|wrong)\b', page.text)


def test_in_training_every_answer_has_its_page(shared_house: House) -> None:
    trainee = shared_house.begin(add_ruled(shared_house, "1.2", length=8, purpose="training"), "mariam")
    page = answered(shared_house, trainee, "w")
    assert is_checkpoint(page)
    assert told(page).count("Your answer") == 1
    assert "For next time" in told(page)
    assert "1 answer so far, 8 at most." in told(page)
