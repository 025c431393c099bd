"""The end of a test: when it may end, what the result says, and which attempt counts."""

import re

from answering import past_checkpoint, play_all, send, skip, told, values
from houses import House
from launching import assert_refused
from sqlalchemy import select

from lti_tool.demo.trainee import form_to
from lti_tool.models import Delivery, Phase


def test_the_result_tells_band_probability_level_interval_pix_and_what_to_work_on(shared_house: House) -> None:
    browser = shared_house.begin(shared_house.add_test("1.2", length=12), "dina").browser
    for right in (True, True, False, True):
        past_checkpoint(send(browser, values(shared_house, browser.page, right=right)), browser)
    page = play_all(shared_house, browser, right=True)
    text = told(page)
    for pattern in (
        r"(Novice|Independent|Advanced|Expert) Sure at \d+%",
        r"Level \d \(up to \d in this test\)",
        r"very probably between \d\.\d and \d\.\d",
        r"\d+ pix",
        r"Competences measured: 1 of 1",
        r"Right answers: 11 of 12",
        r"Score of this attempt: \d+\.\d / 100",
        r"Your grade is on its way to the course\.",
        r"Your strengths .+ level \d",
        r"What to work on next",
        r"not a certificate",
    ):
        assert re.search(pattern, text), pattern
    shared_house.deliver()
    assert "Your grade reached the course on" in browser.reload().text


def test_before_the_minimum_a_test_cannot_be_finished(shared_house: House) -> None:
    browser = shared_house.begin(shared_house.add_test("1.2", length=12), "rami").browser
    for _ in range(3):
        skip(browser)
    attempt = shared_house.attempts()[-1]
    refused = browser.post(
        f"{shared_house.tool}/attempts/{attempt.id}/finish",
        {"ticket": dict(form_to(browser.page, "/answer").fields)["ticket"]},
    )
    assert_refused(refused, "en", 409)
    assert shared_house.attempts()[-1].phase == Phase.OPEN


def test_finish_now_is_offered_once_the_minimum_is_reached_and_sends_the_grade(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=30)
    browser = shared_house.begin(activity, "hala").browser
    offered = False
    while not offered:
        page = send(browser, values(shared_house, browser.page, right=True))
        if page.url.split("?")[0].endswith("/checkpoint"):
            offered = any(form.action.split("?")[0].endswith("/finish") for form in page.forms)
            if not offered:
                past_checkpoint(page, browser)
    result = browser.submit(form_to(browser.page, "/finish"))
    assert result.url.split("?")[0].endswith("/results")
    finished = shared_house.attempts()[-1]
    assert (finished.phase, finished.stop_reason) == (Phase.FINISHED, "asked")
    shared_house.deliver()
    grade = shared_house.lms.grade(activity, "hala")
    assert grade is not None
    assert f"{grade.score:.1f} / 100" in told(result)
    again = browser.reload()
    assert again.url.split("?")[0].endswith("/results")


def test_the_best_attempt_counts_a_higher_one_is_sent_and_a_lower_one_is_not(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    grades = []
    for right in (False, True, False):
        browser = shared_house.begin(activity, "salma", "fr").browser
        text = told(play_all(shared_house, browser, right=right))
        found = re.search(r"Score de cette tentative : ([\d,]+) / 100", text)
        assert found is not None
        grades.append(float(found[1].replace(",", ".")))
        if len(grades) == 3:
            assert "Aucune note n’a été transmise au cours pour cette tentative." in text
    assert grades[0] < grades[1] > grades[2]
    shared_house.deliver()
    best = shared_house.lms.grade(activity, "salma")
    assert best is not None
    assert (best.score, best.comment[:11]) == (grades[1], "Tentative 2")
    attempts = shared_house.attempts()[-3:]
    assert [one.number for one in attempts] == [1, 2, 3]
    with shared_house.rows() as session:
        states = [
            [
                row.state
                for row in session.scalars(
                    select(Delivery).where(Delivery.attempt_id == one.id, Delivery.kind == "grade")
                )
            ]
            for one in attempts
        ]
    assert states == [["superseded"], ["sent"], []]
    start = shared_house.client("fr").launch(activity, "salma")
    assert "Repasser le test" in start.text
    assert "Voir mon dernier résultat" in start.text
