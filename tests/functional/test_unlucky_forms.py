"""What goes wrong on the way, as the server sees it: the answer is kept, or a sentence says why not."""

import json
from collections.abc import Callable

import pytest
from answering import answer_to, answers, question_of, send, skip, skip_until, tab, ticket_of, told, values
from houses import House
from launching import arrived, assert_refused, counts
from ruling import newest_attempt
from sqlalchemy import select, update

from lti_tool.content.kinds import KINDS
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.models import BrowserSession, Statement

FIRST_COUNTS = "That question already had its answer; the first one counts."


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """A long test over all that is offered."""
    return shared_house.add_test("1.1", "1.2", "4.1", length=120)


def by_script(browser: FormBrowser, page: Page, fields: dict[str, object]) -> tuple[int, str]:
    """An answer as the page's script sends it: the status, and where it is told to go."""
    body = {"ticket": ticket_of(page), **fields}
    answer = browser.request(
        "POST", f"{page.url.split('?')[0]}/answer", data=body, headers={"Accept": "application/json"}
    )
    return answer.status_code, json.loads(answer.text)["next"] if answer.ok else ""


# Two tabs, two devices


def test_in_a_second_tab_the_first_answer_counts_and_the_other_is_told_so(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "lina")
    page = trainee.browser.page
    other = tab(trainee.browser, page.url)
    send(trainee.browser, values(shared_house, page, right=True))
    late = send(other, values(shared_house, page, right=False))
    assert FIRST_COUNTS in told(late)
    assert late.url.split("?")[0] == trainee.browser.page.url.split("?")[0]
    kept = answer_to(shared_house, question_of(page))
    assert kept is not None
    assert kept.outcome == "right"


def test_on_a_second_device_the_test_goes_on_where_it_is_and_the_first_device_follows(
    shared_house: House, activity: str
) -> None:
    computer = shared_house.begin(activity, "dina")
    before = computer.browser.page
    phone = shared_house.begin(activity, "dina")
    assert phone.browser.page.url == before.url
    now = skip(phone.browser)
    late = send(computer.browser, values(shared_house, before, right=False))
    assert FIRST_COUNTS in told(late)
    assert question_of(late) == question_of(now)
    assert computer.browser.reload().status == 200


# The same answer twice: a double click, a line that broke after the answer had arrived


@pytest.mark.parametrize("right", [True, False, None], ids=["right", "wrong", "skipped"])
def test_the_same_answer_sent_twice_goes_on_without_a_word(
    shared_house: House, activity: str, right: bool | None
) -> None:
    trainee = shared_house.begin(activity, "rami")
    page, before = trainee.browser.page, answers(shared_house)
    given = {} if right is None else values(shared_house, page, right=right)
    action = "skip" if right is None else "validate"
    led = [by_script(trainee.browser, page, {**given, "action": action}) for _ in range(3)]
    assert answers(shared_house) == before + 1
    assert led[0] == led[1] == led[2]
    assert "notice" not in led[0][1]


def test_the_fifth_answer_sent_twice_leads_to_its_checkpoint_both_times(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "hala")
    for _ in range(4):
        skip(trainee.browser)
    page = trainee.browser.page
    given = {**values(shared_house, page, right=True), "action": "validate"}
    first, second = (by_script(trainee.browser, page, given) for _ in range(2))
    assert first == second
    assert first[1].split("?")[0].endswith("/checkpoint")
    trainee.browser.open(shared_house.tool + first[1])
    trainee.browser.open(f"{shared_house.tool}/attempts/{newest_attempt(shared_house).id}")  # on to the sixth
    assert "/questions/" in by_script(trainee.browser, page, given)[1]


def test_another_answer_to_the_same_question_is_told_that_the_first_counts(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "karim")
    page = trainee.browser.page
    by_script(trainee.browser, page, {**values(shared_house, page, right=True), "action": "validate"})
    _, other = by_script(trainee.browser, page, {"action": "skip"})
    assert other.endswith("notice=attempt.notice.already_answered")
    _, unreadable = by_script(trainee.browser, page, {"action": "validate"})
    assert unreadable == other


# What the script sends is refused as what a form sends


def test_an_answer_kept_for_another_persons_question_is_refused_to_the_script_too(
    shared_house: House, activity: str
) -> None:
    theirs, mine = shared_house.begin(activity, "anis", "fr"), shared_house.begin(activity, "mariam")
    before = counts(shared_house)
    answer = mine.browser.request(
        "POST", f"{theirs.browser.page.url}/answer", headers={"Accept": "application/json"},
        data={"ticket": ticket_of(mine.browser.page), "action": "skip"},
    )  # fmt: skip
    assert answer.status_code == 404
    assert counts(shared_house) == before


def test_a_session_that_expired_while_typing_says_so_and_a_launch_leads_back_to_the_question(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "salma", "fr")
    page, before = trainee.browser.page, counts(shared_house)
    with shared_house.parts.database.transaction() as session:
        session.execute(update(BrowserSession).values(ended_at=BrowserSession.seen_at))
    assert by_script(trainee.browser, page, {"action": "skip"})[0] == 401
    form = form_to(page, "/answer")
    assert_refused(trainee.browser.submit(form, button=form.buttons[1]), "fr", 401)
    assert counts(shared_house) == before
    again = shared_house.begin(activity, "salma")
    assert question_of(again.browser.page) == question_of(page)


# Reload and Back


def test_the_addresses_of_forms_lead_back_to_the_question_when_they_are_opened(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "lina")
    page = trainee.browser.page
    for end in ("answer", "language"):
        assert question_of(trainee.browser.open(f"{page.url.split('?')[0]}/{end}")) == question_of(page)


# Languages


def switch(browser: FormBrowser, to: str, given: dict[str, object] | None = None) -> Page:
    """Presses a language below the question, with what was typed."""
    form = form_to(browser.page, "/answer")
    button = next(one for one in form.buttons if (one.name, one.value) == ("to", to))
    return browser.submit(form, given or {}, button=button)


def test_the_language_switched_half_way_keeps_what_was_typed_and_holds_from_there_on(
    shared_house: House, activity: str
) -> None:
    trainee = shared_house.begin(activity, "ilyas", "fr")
    page = skip_until(shared_house, trainee.browser, {"text", "number"})
    names = sorted(form_to(page, "/answer").names - {"ticket"})
    shown = switch(trainee.browser, "en", dict.fromkeys(names, "typed, not sent"))
    assert shown.markup.language == "en"
    assert shown.text.count('value="typed, not sent"') == len(names)
    attempt = newest_attempt(shared_house)
    assert attempt.language == "en"
    followed = send(trainee.browser, values(shared_house, page, right=True), page=shown)
    assert followed.markup.language == "en"
    kept = answer_to(shared_house, question_of(page))
    assert kept is not None
    assert kept.language == "en"
    with shared_house.rows() as session:
        told_last = session.scalars(
            select(Statement).where(Statement.attempt_id == attempt.id).order_by(Statement.sequence.desc())
        ).first()
    assert told_last is not None
    assert told_last.facts["context"]["language"] == "en"


def test_a_language_that_there_is_not_is_refused(shared_house: House, activity: str) -> None:
    trainee = shared_house.begin(activity, "youssef")
    page = trainee.browser.page
    for to in ("", "de", "en-US", "../en"):
        fields = {"ticket": ticket_of(page), "to": to}
        assert_refused(trainee.browser.post(f"{page.url.split('?')[0]}/language", fields), page.markup.language, 400)
    assert newest_attempt(shared_house).language == page.markup.language


def test_nobody_switches_somebody_elses_language(shared_house: House, activity: str) -> None:
    theirs, mine = shared_house.begin(activity, "omar", "fr"), shared_house.begin(activity, "mariam")
    fields = {"ticket": ticket_of(mine.browser.page), "to": "en"}
    assert_refused(mine.browser.post(f"{theirs.browser.page.url}/language", fields), "en", 404)


@pytest.mark.parametrize(("username", "spoken"), [("زهرة", "fr"), ("طارق", "en")])
def test_in_arabic_a_challenge_without_arabic_is_shown_in_the_regions_other_language_with_a_note(
    shared_house: House, activity: str, username: str, spoken: str
) -> None:
    trainee = shared_house.begin(activity, username)  # who come from Tunisia and from Jordan
    page = trainee.browser.page
    assert (page.markup.language, 'dir="rtl"' in page.text) == ("ar", True)
    assert f'<div lang="{spoken}" dir="ltr">' in page.text
    challenge = shared_house.parts.bank.challenges[shared_house.truth(page)[0].item_id]
    assert "ar" not in challenge.languages
    assert 'class="note info"' in page.text
    send(trainee.browser, given_in(shared_house, page, spoken))
    kept = answer_to(shared_house, question_of(page))
    assert kept is not None
    assert (kept.language, kept.outcome) == (spoken, "right")


def given_in(house: House, page: Page, language: str) -> dict[str, list[str]]:
    """The right answer, typed in the language of the challenge rather than of the page."""
    question, truth = house.truth(page)
    challenge = house.parts.bank.challenges[question.item_id]
    form = KINDS[challenge.kind].right_form(challenge, question.facts, truth, language)
    return {name: list(given) for name, given in form.items()}


# Without cookies


@pytest.mark.parametrize("cookies", [True, False])
def test_answer_skip_language_and_report_work_with_and_without_cookies(
    shared_house: House, activity: str, cookies: bool
) -> None:
    def without() -> LmsClient:
        client = arrived(shared_house, activity, "samia")
        client.browser.submit(form_to(client.browser.page, "/start"))
        return client

    start: Callable[[], LmsClient] = (lambda: shared_house.begin(activity, "samia")) if cookies else without
    trainee = start()
    before = answers(shared_house)
    send(trainee.browser, values(shared_house, trainee.browser.page, right=True))
    page = skip(trainee.browser)
    assert switch(trainee.browser, "en").markup.language == "en"
    trainee.browser.open(trainee.browser.page.link("Report a problem").url)
    back = trainee.browser.submit(form_to(trainee.browser.page, "/report"), {"category": "picture", "text": ""})
    assert "the problem has been noted" in told(back)
    assert question_of(back) == question_of(page)
    assert by_script(trainee.browser, back, {"action": "skip"})[0] == 200
    assert answers(shared_house) == before + 3
