"""What a trainee reads on the way: the start page, the steps, the checkpoints, the result, in their language."""

import re

import pytest
from answering import answers, play_all, question_of, send, skip, told, values
from houses import House
from launching import assert_refused, counts
from sqlalchemy import select

from lti_tool.content import explain, present
from lti_tool.demo.trainee import form_to
from lti_tool.models import ProblemReport, Question

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
    assert buttons[:2] == [(validate, "action", "validate"), (passing, "action", "skip")]
    assert {name for _, name, _ in buttons[2:]} == {"to"}  # the languages
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


def test_a_report_is_kept_and_shown_to_the_instructor_without_the_trainees_name(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    browser = shared_house.begin(activity, "mariam").browser
    question, before = browser.page, answers(shared_house)
    browser.follow("Report a problem")
    words = "The <b>picture</b> is\ntoo small"
    form = form_to(browser.page, "/report")
    browser.submit(form, {"category": "display", "text": f" {words}\0 "})
    back = browser.submit(form, {"category": "display", "text": words})  # pressed twice
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


def test_the_whole_test_is_taken_on_a_phone_without_what_needs_a_computer(shared_house: House) -> None:
    client = shared_house.client()
    client.browser.session.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile"
    page = client.launch(shared_house.add_test("1.1", "1.2", "4.1", length=14), "dina")
    client.browser.submit(form_to(page, "/start"))
    play_all(shared_house, client.browser, right=True)
    bank = shared_house.parts.bank
    with shared_house.rows() as session:
        rows = session.scalars(select(Question).where(Question.attempt_id == shared_house.attempts()[-1].id)).all()
        assert len(rows) == 14
        assert all(bank.challenges[row.item_id].device != "computer" for row in rows)


def test_who_switches_language_goes_on_with_the_same_question_in_the_other(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    trainee = shared_house.begin(activity, "youssef", "fr")
    asked = trainee.browser.page
    assert asked.markup.language == "fr"
    trainee.speak("en")
    trainee.launch(activity)
    page = trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    trainee.browser.open(page.url)
    assert (page.url, page.markup.language) == (asked.url, "en")
    assert "Your result" in play_all(shared_house, trainee.browser, right=True).text
    assert shared_house.attempts()[-1].language == "fr"


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
