"""Asking a person to review a result: who sees it, who may answer, and what the trainee reads then."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from answering import play_all, told
from houses import House
from launching import assert_refused, neighbour, of_person, stranger
from ruling import add_ruled

from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms.records import Part
from lti_tool.demo.trainee import form_to
from lti_tool.models import ReviewRequest

WORDS = "I think that <b>question 2</b> was right"


@dataclass(frozen=True)
class Asked:
    """Samia's attempt, an exam, for which she asks a review."""

    activity: str
    placement: UUID
    attempt: UUID

    @property
    def record(self) -> str:
        """The instructor's page of it."""
        return f"/classes/{self.placement}/attempts/{self.attempt}"


@pytest.fixture(scope="module")
def asked(shared_house: House) -> Asked:
    activity = add_ruled(shared_house, "1.2", length=5, purpose="exam")
    browser = shared_house.begin(activity, "samia", "fr").browser
    page = play_all(shared_house, browser, right=False)
    ask(browser, page, WORDS)
    attempt = shared_house.attempts()[-1]
    return Asked(activity, attempt.placement_id, attempt.id)


def ask(browser: FormBrowser, page: Page, text: str) -> Page:
    return browser.submit(form_to(page, "/review"), {"text": text})


def request_of(house: House, attempt_id: UUID) -> ReviewRequest | None:
    with house.rows() as session:
        return session.get(ReviewRequest, attempt_id)


def ticket(page: Page) -> str:
    return dict(page.forms[0].fields)["ticket"]


def test_the_request_reaches_the_class_page_and_leads_to_the_record(shared_house: House, asked: Asked) -> None:
    tara = shared_house.client("fr")
    room = tara.launch(asked.activity, "tara")
    assert "Demandes de relecture" in room.text
    assert "Attend votre réponse" in room.text
    record = tara.browser.open(next(link.url for link in room.markup.links if str(asked.attempt) in link.url))
    text = told(record)
    assert WORDS in text
    assert "<b>question 2</b>" not in record.text
    assert text.count("Votre réponse") == 5 + 1  # five answers, and the instructor's own
    assert text.count("Bonne réponse") == 5  # an exam too is open to who reviews it
    assert text.count("Pas cette fois") == 5


def test_the_instructors_sentence_stands_on_the_results_page(shared_house: House, asked: Asked) -> None:
    tara = shared_house.client("fr")
    tara.launch(asked.activity, "tara")
    record = tara.browser.open(shared_house.tool + asked.record)
    after = tara.browser.submit(form_to(record, "/reply"), {"reply": "La réponse attendue était 12 & 14."})
    assert after.status == 200
    assert "Répondue le" in told(after)
    samia = shared_house.client("fr")
    samia.launch(asked.activity, "samia")
    results = samia.browser.open(f"{shared_house.tool}/attempts/{asked.attempt}/results")
    assert "La réponse attendue était 12 & 14." in told(results)
    assert not [form for form in results.forms if form.action.endswith("/review")]


def test_a_request_is_kept_once_and_another_text_is_refused(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=5)
    browser = shared_house.begin(activity, "dina").browser
    page = play_all(shared_house, browser, right=True)
    attempt = shared_house.attempts()[-1]
    assert "Your request has reached your instructor" in told(ask(browser, page, " Look at 3\0 "))
    assert told(ask(browser, page, "Look at 3")) == told(browser.reload())  # pressed twice
    assert_refused(ask(browser, page, "Look at 4"), "en", 409)
    kept = request_of(shared_house, attempt.id)
    assert kept is not None
    assert kept.text == "Look at 3"


TEXTS = {"nothing": "  ", "only a zero sign": "\0", "too much": "x" * 2001}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_request_that_says_nothing_or_too_much_is_refused(shared_house: House, text: str) -> None:
    browser = shared_house.begin(shared_house.add_test("1.2", length=4), "lina").browser
    page = play_all(shared_house, browser, right=True)
    assert_refused(ask(browser, page, text), "en", 400)
    assert request_of(shared_house, shared_house.attempts()[-1].id) is None


def test_a_running_attempt_is_not_reviewed(shared_house: House) -> None:
    browser = shared_house.begin(shared_house.add_test("1.2", length=8), "rami").browser
    attempt = shared_house.attempts()[-1]
    sent = browser.post(
        f"{shared_house.tool}/attempts/{attempt.id}/review", {"ticket": ticket(browser.page), "text": "x"}
    )
    assert_refused(sent, "en", 409)


def test_another_trainee_reaches_neither_the_results_nor_the_request(shared_house: House, asked: Asked) -> None:
    lina = shared_house.begin(asked.activity, "lina").browser
    mine = ticket(lina.page)
    assert_refused(lina.open(f"{shared_house.tool}/attempts/{asked.attempt}/results"), "en", 404)
    for end in ("review", "send-again"):
        sent = lina.post(f"{shared_house.tool}/attempts/{asked.attempt}/{end}", {"ticket": mine, "text": "x"})
        assert_refused(sent, "en", 404)
    assert_refused(lina.open(shared_house.tool + asked.record), "en", 403)
    assert_refused(lina.post(f"{shared_house.tool}{asked.record}/reply", {"ticket": mine, "reply": "x"}), "en", 403)


def test_the_trainee_does_not_answer_their_own_request(shared_house: House, asked: Asked) -> None:
    samia = shared_house.client("fr")
    page = samia.launch(asked.activity, "samia")
    sent = samia.browser.post(f"{shared_house.tool}{asked.record}/reply", {"ticket": ticket(page), "reply": "x"})
    assert_refused(sent, "fr", 403)


def test_an_instructor_of_another_course_is_refused(shared_house: House, asked: Asked) -> None:
    copied = shared_house.client().copy_activity(asked.activity, "3")
    other = shared_house.client()
    entered = of_person(shared_house, copied, stranger(Part.INSTRUCTOR), other).enter()
    assert "/classes/" in entered.url
    theirs = UUID(entered.url.split("?")[0].rsplit("/", 1)[-1])
    assert_refused(other.browser.open(shared_house.tool + asked.record), "en", 403)
    swapped = asked.record.replace(
        str(asked.placement), str(theirs)
    )  # a placement that is theirs, an attempt that is not
    assert_refused(other.browser.open(shared_house.tool + swapped), "en", 404)


def test_an_instructor_of_another_institution_finds_nothing(shared_house: House, asked: Asked) -> None:
    beside = neighbour(shared_house)
    tara = beside.client("fr")
    tara.launch(beside.add_test("1.2", length=4), "tara")
    assert_refused(tara.browser.open(shared_house.tool + asked.record), "fr", 404)


def test_an_attempt_for_which_nobody_asked_stays_closed_to_the_instructor(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    play_all(shared_house, shared_house.begin(activity, "mariam").browser, right=True)
    attempt = shared_house.attempts()[-1]
    tara = shared_house.client("fr")
    room = tara.launch(activity, "tara")
    assert "Demandes de relecture" not in room.text
    for unasked in (attempt.id, uuid4()):
        page = f"{shared_house.tool}/classes/{attempt.placement_id}/attempts/{unasked}"
        assert_refused(tara.browser.open(page), "fr", 404)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_reply_that_says_nothing_or_too_much_is_refused(shared_house: House, asked: Asked, text: str) -> None:
    tara = shared_house.client("fr")
    tara.launch(asked.activity, "tara")
    record = tara.browser.open(shared_house.tool + asked.record)
    assert_refused(tara.browser.submit(form_to(record, "/reply"), {"reply": text}), "fr", 400)


def test_the_record_says_why_each_question_was_asked(shared_house: House, asked: Asked) -> None:
    tara = shared_house.client("en")
    tara.launch(asked.activity, "tara")
    record = tara.browser.open(shared_house.tool + asked.record).text
    assert record.count("Pourquoi cette question") == 5
    assert "à la portée de qui débute" in record
    assert "en apprenait le plus à ce moment" in record or "ses propres questions" in record
    mine = shared_house.client("en").launch(asked.activity, "samia")
    assert "Pourquoi cette question" not in mine.text
