"""What a trainee reads on the way: the start page, the steps, the checkpoints, the result, in their language."""

import re
from html import unescape

import pytest
from answering import answers, past_checkpoint, play_all, question_of, send, skip, values
from houses import House
from launching import assert_refused, counts
from sqlalchemy import select

from lti_tool.content import explain, present
from lti_tool.demo.browser import Page
from lti_tool.demo.trainee import form_to
from lti_tool.models import Delivery, Phase, ProblemReport, Question


def told(page: Page) -> str:
    """What the page says: its text without markup."""
    text = re.sub(r"<(script|style).*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


START = {
    "fr": ("samia", "8 questions au plus", "environ 12 minutes", "carnet de notes", "sous un pseudonyme",
           "Commencer le test", "Réponses données par Samia", "revenir à la même question"),
    "en": ("lina", "8 questions at most", "about 12 minutes", "gradebook", "under a pseudonym", "Start the test",
           "Answering as Lina", "come back to the same question"),
}  # fmt: skip


@pytest.mark.parametrize("language", START)
def test_the_start_page_says_what_is_tested_how_long_and_what_is_sent(shared_house: House, language: str) -> None:
    username, *sentences = START[language]
    trainee = shared_house.client("ar")
    page = trainee.launch(shared_house.add_test("1.2", length=8), username)
    assert page.markup.language == language
    assert shared_house.parts.bank.competences["1.2"].titles[language] in told(page)
    for sentence in sentences:
        assert sentence in told(page)


QUESTION = {
    "fr": ("samia", "Quitter", "Valider", "Passer", "Signaler un problème", "Question 1, 8 au plus"),
    "en": ("lina", "Exit", "Validate", "Skip", "Report a problem", "Question 1, 8 at most"),
}


@pytest.mark.parametrize("language", QUESTION)
def test_a_question_has_numbered_steps_an_exit_two_buttons_and_a_way_to_report(
    shared_house: House, language: str
) -> None:
    username, leave, validate, passing, report, count = QUESTION[language]
    page = shared_house.begin(shared_house.add_test("1.2", length=8), username, "ar").browser.page
    assert page.markup.language == language
    assert re.search(r'<li class="now" aria-current="step">1</li>', page.text)
    assert len(re.findall(r"<li class=\"[a-z]*\"[^>]*>\d</li>", page.text)) == 5
    assert count in told(page)
    assert [button.label for button in form_to(page, "/exit").buttons] == [leave]
    buttons = [(button.label, button.name, button.value) for button in form_to(page, "/answer").buttons]
    assert buttons == [(validate, "action", "validate"), (passing, "action", "skip")]
    assert page.link(report).url.endswith("/report")


@pytest.mark.parametrize(("username", "language"), [("samia", "fr"), ("lina", "en")])
def test_after_five_answers_a_checkpoint_tells_each_outcome_the_right_answer_why_and_a_tip(
    shared_house: House, username: str, language: str
) -> None:
    browser = shared_house.begin(shared_house.add_test("1.1", "1.2", length=12), username, language).browser
    asked = []
    for number in range(5):
        page = browser.page
        assert "/questions/" in page.url, "a checkpoint came too early"
        asked.append(question_of(page))
        form = form_to(page, "/answer")
        if number < 4:
            send(browser, values(shared_house, page, right=number % 2 == 0))
        else:
            browser.submit(form, button=form.buttons[1])
    checkpoint = browser.page
    assert checkpoint.url.split("?")[0].endswith("/checkpoint")
    text = told(checkpoint)
    right, wrong, skipped = (
        ("Réussi", "Pas cette fois", "Passé") if language == "fr" else ("Right", "Not this time", "Skipped")
    )
    assert [text.count(f"{number} · {word}") for number, word in
            enumerate((right, wrong, right, wrong, skipped), start=1)] == [1] * 5  # fmt: skip
    with shared_house.rows() as session:
        for question in (session.get_one(Question, one) for one in asked):
            challenge = shared_house.parts.bank.challenges[question.item_id]
            explained = explain(challenge, question.facts, question.truth, language)
            shown = present(challenge, question.facts, language).instruction
            for part in (explained.right_answer, explained.why, shown):
                assert " ".join(part.split()) in text
    last = shared_house.parts.bank.challenges[question.item_id]
    assert " ".join(last.tips[language].split()) in text
    onwards = browser.open(next(link.url for link in checkpoint.markup.links if "/attempts/" in link.url))
    assert 'aria-current="step">6</li>' in onwards.text


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
        r"1 of 1 competences? measured",
        r"11 of 12 answers right",
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


def test_a_report_is_kept_and_shown_to_the_instructor_without_the_trainees_name(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    browser = shared_house.begin(activity, "mariam").browser
    question, before = browser.page, answers(shared_house)
    browser.follow("Report a problem")
    words = "The <b>picture</b> is too small"
    back = browser.submit(form_to(browser.page, "/report"), {"category": "display", "text": words})
    assert back.url.split("?")[0] == question.url
    assert "the problem has been noted" in back.text
    assert answers(shared_house) == before
    with shared_house.rows() as session:
        kept = session.scalars(select(ProblemReport).where(ProblemReport.question_id == question_of(question))).one()
        assert (kept.category, kept.text) == ("display", words)
    page = shared_house.client("fr").launch(activity, "tara")
    reports = page.text.split("Problèmes signalés")[-1]
    assert "The &lt;b&gt;picture" in reports
    assert "Quelque chose s’affiche mal" in reports
    assert "Mariam" in page.text.split("Problèmes signalés")[0]
    assert "Mariam" not in reports


REPORTS = {
    "of an unknown kind": {"category": "revenge", "text": ""},
    "without a kind": {"text": "x"},
    "of 2,001 characters": {"category": "other", "text": "x" * 2001},
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_report_that_cannot_be_one_is_refused_with_a_page(shared_house: House, report: dict[str, str]) -> None:
    browser = shared_house.begin(shared_house.add_test("1.2", length=4), "lina").browser
    question, ticket = browser.page, dict(form_to(browser.page, "/answer").fields)["ticket"]
    assert_refused(browser.post(f"{question.url}/report", {**report, "ticket": ticket}), "en", 400)
    with shared_house.rows() as session:
        kept = select(ProblemReport).where(ProblemReport.question_id == question_of(question))
        assert session.scalars(kept).all() == []


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


def test_exit_is_told_and_the_test_goes_on_at_the_same_question(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    trainee = shared_house.begin(activity, "anis", "fr")
    skip(trainee.browser)
    asked = trainee.browser.page
    left = trainee.browser.submit(form_to(asked, "/exit"))
    assert "Vos réponses sont gardées" in left.text
    assert_refused(trainee.browser.open(asked.url), "fr", 401)
    before = counts(shared_house)["attempts"]
    page = trainee.launch(activity)
    assert "Reprendre le test" in page.text
    assert trainee.browser.submit(form_to(page, "/start")).url == asked.url
    assert counts(shared_house)["attempts"] == before
    assert 'aria-current="step">2</li>' in trainee.browser.page.text
