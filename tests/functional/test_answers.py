"""Answers as real people and worse ones send them: nothing counts twice, nothing is lost, nothing breaks."""

from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from answering import (
    CHOSEN,
    TYPED,
    answer_to,
    answers,
    play_all,
    question_of,
    send,
    skip,
    skip_until,
    ticket_of,
    values,
)
from houses import House
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from launching import assert_refused, counts

from lti_tool.content import parse_response
from lti_tool.demo.browser import Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.errors import PixError
from lti_tool.models import Phase


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """A long test over all that is offered."""
    return shared_house.add_test("1.1", "1.2", "4.1", length=120)


def test_reload_shows_the_same_question_and_counts_nothing(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "lina")
    before, shown = counts(shared_house), trainee.browser.page
    for _ in range(3):
        again = trainee.browser.reload()
        assert (again.status, again.url) == (200, shown.url)
    assert counts(shared_house) == before


def test_back_to_an_answered_question_leads_to_where_the_test_stands(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "dina")
    answered = trainee.browser.page.url
    now = skip(trainee.browser).url
    back = trainee.browser.open(answered)
    assert back.status == 200
    assert back.url.split("?")[0] == now.split("?")[0]
    assert "already had its answer" in back.text


def test_a_form_sent_twice_counts_once_and_gives_no_error_page(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "rami")
    page, before = trainee.browser.page, answers(shared_house)
    first = send(trainee.browser, values(shared_house, page, right=True), page=page)
    kept = answer_to(shared_house, question_of(page))
    again = send(trainee.browser, values(shared_house, page, right=False), page=page)
    assert (first.status, again.status) == (200, 200)
    assert again.url.split("?")[0] == first.url.split("?")[0]
    assert answers(shared_house) == before + 1
    after = answer_to(shared_house, question_of(page))
    assert kept is not None
    assert after is not None
    assert (kept.outcome, kept.canonical) == ("right", after.canonical)
    assert after.outcome == "right"


def test_nobody_answers_for_somebody_else(shared_house: House, activity: str) -> None:
    anis, mine = shared_house.begin(activity, "anis", "fr"), shared_house.begin(activity, "mariam")
    theirs, before = anis.browser.page, counts(shared_house)
    fields = {"action": "skip", "ticket": ticket_of(mine.browser.page)}
    assert_refused(mine.browser.post(f"{theirs.url}/answer", fields), "en", 404)
    assert_refused(mine.browser.open(theirs.url), "en", 404)
    assert_refused(mine.browser.open(f"{theirs.url}/report"), "en", 404)
    assert_refused(mine.browser.post(f"{theirs.url}/report", {**fields, "category": "other"}), "en", 404)
    stolen = {"action": "skip", "ticket": ticket_of(theirs)}
    assert_refused(mine.browser.post(f"{theirs.url}/answer", stolen), "en", 401)
    assert counts(shared_house) == before


def test_a_question_that_does_not_exist_takes_no_answer(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "lina")
    before, fields = counts(shared_house), {"action": "skip", "ticket": ticket_of(trainee.browser.page)}
    assert_refused(trainee.browser.post(f"{shared_house.tool}/questions/{uuid4()}/answer", fields), "en", 404)
    assert_refused(trainee.browser.post(f"{shared_house.tool}/questions/nonsense/answer", fields), "en", 404)
    assert counts(shared_house) == before


def test_after_the_end_nothing_more_is_taken(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test(length=4), "lina")
    last = trainee.browser.page
    play_all(shared_house, trainee.browser, right=True)
    before, finished = counts(shared_house), shared_house.attempts()[-1]
    assert finished.phase == Phase.FINISHED
    for sent in (
        send(trainee.browser, values(shared_house, last, right=False), page=last),
        skip(trainee.browser, page=last),
    ):
        assert sent.status == 200
        assert sent.url.split("?")[0].endswith("/results")
    unreadable = trainee.browser.post(f"{last.url}/answer", {"ticket": ticket_of(last), "choice": "p1"})
    assert unreadable.url.split("?")[0].endswith("/results")
    for action in ("exit", "finish"):
        fields = {"ticket": ticket_of(last)}
        assert trainee.browser.post(f"{shared_house.tool}/attempts/{finished.id}/{action}", fields).status in {200, 401}
    assert counts(shared_house) == before
    assert shared_house.attempts()[-1].result == finished.result


REFUSED = {
    "without an action": {"action": []},
    "with an unknown action": {"action": ["both"]},
    "with an unknown field": {"score": ["100"]},
    "with 10,001 characters": {"choice": ["x" * 10_001]},
    "with a proposal that there is not": {"choice": ["p99"]},
    "with the text of a proposal": {"choice": ["1 OR 1=1"]},
    "with nothing chosen": {"choice": []},
    "with a null character": {"choice": ["p1\0"]},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_an_answer_that_cannot_be_one_shows_the_question_again_with_a_sentence(
    shared_house: House, activity: str, change: dict[str, list[str]]
) -> None:
    trainee = shared_house.begin(activity, "omar", "fr")
    page = skip_until(shared_house, trainee.browser, CHOSEN)
    before, statements = answers(shared_house), counts(shared_house)["statements"]
    fields = {"action": ["validate"], "choice": ["p1"], "ticket": [ticket_of(page)], **change}
    answer = trainee.browser.request("POST", f"{page.url.split('?')[0]}/answer", data=fields)
    assert answer.status_code in {400, 413}
    assert 'id="wrong"' in answer.text
    assert 'name="action" value="validate"' in answer.text
    assert (answers(shared_house), counts(shared_house)["statements"]) == (before, statements)
    assert trainee.browser.reload().url.split("?")[0] == page.url.split("?")[0]


def test_an_empty_answer_is_asked_for_again_and_what_was_typed_is_kept(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "ilyas", "fr")
    page = skip_until(shared_house, trainee.browser, {"number"})
    names = sorted(form_to(page, "/answer").names - {"ticket"})
    empty = send(trainee.browser, dict.fromkeys(names, "   "))
    assert empty.status == 400
    assert "ou choisissez de passer" in empty.text
    typed = "un texte <b>qui n’est</b> ni date, ni heure, ni nombre"
    before = answers(shared_house)
    wrong = send(trainee.browser, dict.fromkeys(names, typed))
    assert wrong.status == 400
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in wrong.text
    assert answers(shared_house) == before


def test_ten_thousand_characters_are_too_many(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "salma", "fr")
    page = skip_until(shared_house, trainee.browser, TYPED)
    name = sorted(form_to(page, "/answer").names - {"ticket"})[0]
    before = counts(shared_house)
    assert send(trainee.browser, {name: "x" * 10_001}).status == 413
    huge = {name: "x" * 300_000, "action": "validate", "ticket": ticket_of(page)}
    assert_refused(trainee.browser.post(f"{page.url.split('?')[0]}/answer", huge), "fr", 413)
    assert counts(shared_house) == before


def test_an_answer_in_another_alphabet_is_taken(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "youssef", "fr")
    page = skip_until(shared_house, trainee.browser, {"text"})
    before = answers(shared_house)
    assert (
        send(trainee.browser, dict.fromkeys(form_to(page, "/answer").names - {"ticket"}, "جواب 🙂 \u202eא")).status
        == 200
    )
    assert answers(shared_house) == before + 1


@pytest.fixture(scope="module")
def fuzzed(shared_house: House, activity: str) -> LmsClient:
    """Somebody who will send anything."""
    return shared_house.begin(shared_house.add_test("1.1", "1.2", "4.1", length=60), "lina")


_NAMES = st.sampled_from(["choice", "answer", "date", "time", "camera", "notice", "ticket2", "", "é", "a" * 50])
_TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from(["p1", "p2", "12", "1e999", "٣", "-0", "31/02/2024", "99:99", "\0"])
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    fields=st.dictionaries(_NAMES, st.lists(_TEXTS, max_size=3), max_size=4),
    own=st.lists(_TEXTS, max_size=2),
    action=st.sampled_from(["validate", "validate", "validate", "", "skip "]),
)
def test_no_form_breaks_the_page_and_only_a_valid_answer_counts(
    shared_house: House, fuzzed: LmsClient, fields: dict[str, list[str]], own: list[str], action: str
) -> None:
    browser = fuzzed.browser
    page = browser.open(f"{shared_house.tool}/attempts/{shared_house.attempts()[-1].id}")
    if "/questions/" not in page.url:
        return
    names = form_to(page, "/answer").names - {"ticket"}
    form = {**fields, **dict.fromkeys(names, own)}
    before = answers(shared_house)
    body = [(name, value) for name, given_values in form.items() for value in given_values]
    sent = [*body, ("action", action), ("ticket", ticket_of(page))]
    answer = browser.request("POST", f"{page.url.split('?')[0]}/answer", data=[
        (name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in sent
    ])  # fmt: skip
    assert answer.status_code < 500, sent
    if answers(shared_house) > before:
        assert action == "validate"
        assert _is_valid(shared_house, page, body), body


def _is_valid(house: House, page: Page, body: list[tuple[str, str]]) -> bool:
    question, _ = house.truth(page)
    form: dict[str, list[str]] = {}
    for name, value in body:
        form.setdefault(name, []).append(value)
    try:
        parse_response(house.parts.bank.challenges[question.item_id], question.facts, form, page.markup.language)
    except PixError:
        return False
    return True


def test_bytes_that_are_no_text_are_refused(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "omar", "fr")
    page = skip_until(shared_house, trainee.browser, {"text"})
    name = sorted(form_to(page, "/answer").names - {"ticket"})[0]
    before, where = counts(shared_house), f"{page.url.split('?')[0]}/answer"
    raw = f"{name}=caf%E9%FF&action=validate&ticket={quote_plus(ticket_of(page))}".encode()
    for body in (raw, raw.replace(b"%FF", b"\xff")):
        plain = {"Content-Type": "application/x-www-form-urlencoded"}
        assert trainee.browser.request("POST", where, data=body, headers=plain).status_code == 400
    parts = {name: (None, b"caf\xe9"), "action": (None, b"validate"), "ticket": (None, ticket_of(page).encode())}
    assert trainee.browser.request("POST", where, files=parts).status_code == 400
    assert counts(shared_house) == before
