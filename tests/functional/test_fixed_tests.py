"""A fixed list of challenges: the same for everyone, in the same order; the share of right answers is its result."""

import pytest
from answering import past_checkpoint, play_all, question_of, send, skip, told, values
from houses import House
from picking import DISCOVERY, audited, newest_placement, pick, picked, statements_of
from sqlalchemy import select

from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.trainee import form_to
from lti_tool.insights.trainee import steps_of
from lti_tool.models import Attempt, Phase, Question
from xapi.vocabulary import ContextExtension, ResultExtension


@pytest.fixture(scope="module")
def discovery(shared_house: House) -> str:
    """The Discovery test in a course."""
    return picked(shared_house, test=DISCOVERY)


def listed(house: House) -> list[str]:
    return list(house.parts.bank.tests[DISCOVERY].challenges)


def asked_in(house: House, attempt: Attempt) -> list[str]:
    with house.rows() as session:
        query = select(Question.item_id).where(Question.attempt_id == attempt.id).order_by(Question.ordinal)
        return list(session.scalars(query))


def play(house: House, browser: FormBrowser, pattern: str) -> None:
    """Answers one question after the other: r rightly, w wrongly, s not at all."""
    for how in pattern:
        if how == "s":
            skip(browser)
        else:
            past_checkpoint(send(browser, values(house, browser.page, right=how == "r")), browser)


def test_the_list_is_asked_in_its_order_and_ends_with_its_last_challenge(shared_house: House, discovery: str) -> None:
    trainee = shared_house.begin(discovery, "lina")
    play(shared_house, trainee.browser, "rwsrrwrr")
    assert trainee.browser.page.url.split("?")[0].endswith("/results")
    attempt = shared_house.attempts()[-1]
    assert asked_in(shared_house, attempt) == listed(shared_house)
    assert (attempt.phase, attempt.stop_reason) == (Phase.FINISHED, "longest")


def test_wrong_answers_change_neither_the_order_nor_the_challenges(shared_house: House, discovery: str) -> None:
    play_all(shared_house, shared_house.begin(discovery, "dina").browser, right=False)
    assert asked_in(shared_house, shared_house.attempts()[-1]) == listed(shared_house)


def test_the_steps_are_shown_from_one_to_eight_without_a_stop_on_the_way(shared_house: House, discovery: str) -> None:
    trainee = shared_house.begin(discovery, "hala")
    for number in range(1, 9):
        with shared_house.rows() as session:
            steps = steps_of(session, session.get_one(Question, question_of(trainee.browser.page)).attempt)
        assert (steps.numbers, steps.current) == ((1, 2, 3, 4, 5, 6, 7, 8), number)
        page = send(trainee.browser, values(shared_house, trainee.browser.page, right=True))
        assert not page.url.split("?")[0].endswith("/checkpoint")


def test_a_list_is_left_and_taken_up_at_the_same_challenge(shared_house: House, discovery: str) -> None:
    first = shared_house.begin(discovery, "rami")
    play(shared_house, first.browser, "rr")
    asked = first.browser.page.url.split("?")[0]
    first.browser.submit(form_to(first.browser.page, "/exit"))
    second = shared_house.begin(discovery, "rami")
    assert second.browser.page.url.split("?")[0] == asked
    play(shared_house, second.browser, "wwwwww")
    assert asked_in(shared_house, shared_house.attempts()[-1]) == listed(shared_house)


def test_its_grade_is_the_share_of_right_answers_and_an_audit_agrees(house: House) -> None:
    activity = picked(house, test=DISCOVERY)
    play(house, house.begin(activity, "lina").browser, "rwsrrwrr")
    (attempt,) = house.attempts()
    assert attempt.result == {
        "competences": {}, "share": None, "share_right": 0.625, "answered": 8, "right": 5, "grade": 62.5,
    }  # fmt: skip
    house.deliver()
    grade = house.lms.grade(activity, "lina")
    assert grade is not None
    assert (grade.score, grade.comment) == (62.5, "Attempt 1: 5 right answers out of 8.")
    report = audited(house, attempt)
    assert report.agrees
    assert [verdict.marking.grade for verdict in report.verdicts] == ["A"]


def test_its_statements_tell_the_list_and_no_level(shared_house: House, discovery: str) -> None:
    play(shared_house, shared_house.begin(discovery, "samia").browser, "rrrrrrrr")
    attempt = shared_house.attempts()[-1]
    statements = statements_of(shared_house, attempt)
    begun = statements[0]["context"]["extensions"]
    assert begun[ContextExtension.PLAN]["items"] == listed(shared_house)
    assert begun[ContextExtension.SCORING] == "fixed/v1"
    for answered in statements[1:-2]:
        assert ResultExtension.ESTIMATE not in answered["result"]["extensions"]
    result = statements[-2]["result"]
    assert ResultExtension.LEVELS not in result["extensions"]
    assert ResultExtension.SHARE_OF_TARGET not in result["extensions"]
    assert (result["extensions"][ResultExtension.SHARE_RIGHT], result["score"]["raw"]) == (1, 100)


def test_there_is_no_result_before_the_last_challenge(shared_house: House, discovery: str) -> None:
    trainee = shared_house.begin(discovery, "mariam")
    play(shared_house, trainee.browser, "rrrrr")
    attempt = shared_house.attempts()[-1]
    address, ticket = trainee.browser.page.url, dict(form_to(trainee.browser.page, "/answer").fields)["ticket"]
    refused = trainee.browser.post(f"{shared_house.tool}/attempts/{attempt.id}/finish", {"ticket": ticket})
    assert refused.status == 409
    assert "not enough answers yet" in told(refused)
    trainee.browser.open(address)
    play(shared_house, trainee.browser, "rrr")
    assert trainee.browser.page.url.split("?")[0].endswith("/results")


def test_practice_with_a_list_explains_each_answer(shared_house: House) -> None:
    trainee = shared_house.begin(picked(shared_house, test=DISCOVERY, purpose="training"), "lina")
    page = send(trainee.browser, values(shared_house, trainee.browser.page, right=True))
    assert page.url.split("?")[0].endswith("/checkpoint")
    page = trainee.browser.submit(form_to(page, "/finish"))
    assert page.status == 200
    attempt = shared_house.attempts()[-1]
    assert attempt.result is not None
    assert (attempt.result["share_right"], attempt.result["right"], attempt.result["grade"]) == (None, 1, None)
    assert audited(shared_house, attempt).agrees


def test_a_list_takes_its_name_and_length_from_the_bank(shared_house: House) -> None:
    picked(shared_house, test=DISCOVERY, length="40", competence=["1.1"], title="")
    placement = newest_placement(shared_house)
    assert placement.title == "Découverte"
    assert (placement.plan["max_items"], placement.plan["min_items"]) == (8, 8)
    assert placement.rules["items"] == listed(shared_house)
    assert placement.rules["list"] == DISCOVERY


def test_a_list_on_a_phone_is_the_same_list(shared_house: House, discovery: str) -> None:
    trainee = shared_house.client("en")
    trainee.browser.session.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 9) Mobile"
    trainee.launch(discovery, "anis")
    trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    play(shared_house, trainee.browser, "rrrrrrrr")
    assert asked_in(shared_house, shared_house.attempts()[-1]) == listed(shared_house)


def test_the_picker_offers_the_list_with_what_it_is_for_and_how_long_it_takes(shared_house: House) -> None:
    _, page = pick(shared_house, {"competence": []}, language="fr")
    for part in ("Découverte", "Huit épreuves pour découvrir", "8 épreuves, environ 10 minutes"):
        assert part in told(page)
