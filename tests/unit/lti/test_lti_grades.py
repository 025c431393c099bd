"""Scores and results: what is sent, what each answer means, what the platform holds."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lti_world import NOW, Said, World, later

from lti_tool.lti import vocabulary as lti
from lti_tool.lti.grades import GradeAnswer, GradeToSend, Result, post_score, read_result, retry_after, score_json
from lti_tool.lti.tokens import AccessTokens

GRADE = GradeToSend(
    subject="4", score=82.5, comment="Niveau 3 atteint", timestamp=NOW,
    started_at=NOW - timedelta(minutes=20), submitted_at=NOW - timedelta(seconds=1),
)  # fmt: skip


def _column(world: World) -> str:
    return world.server.url + "/lineitems/2/lineitem?type_id=2"


def _post(world: World, grade: GradeToSend = GRADE) -> GradeAnswer:
    tokens = AccessTokens(world.outbound, world.keyring)
    return post_score(world.outbound, tokens, world.platform, _column(world), grade, NOW)


def _read(world: World, subject: str = "4") -> Result | None:
    tokens = AccessTokens(world.outbound, world.keyring)
    return read_result(world.outbound, tokens, world.platform, _column(world), subject, NOW)


def _answer(world: World, status: int, body: bytes = b"", **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    world.server.on("POST", "/lineitems/2/lineitem/scores", Said(status, body, named))


def test_a_score_goes_to_scores_before_the_query_with_the_type_that_moodle_demands(world: World) -> None:
    _answer(world, 200)
    assert _post(world) == GradeAnswer("sent", 200, "")
    asked = world.server.asked[-1]
    assert (asked.method, asked.path, asked.query) == ("POST", "/lineitems/2/lineitem/scores", {"type_id": ["2"]})
    assert asked.headers["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
    assert asked.headers["Authorization"] == "Bearer opened"
    assert asked.headers["User-Agent"].startswith("PixLTI/")
    assert json.loads(asked.body) == {
        "userId": "4",
        "scoreGiven": 82.5,
        "scoreMaximum": 100.0,
        "comment": "Niveau 3 atteint",
        "timestamp": "2026-11-23T18:00:00.000Z",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "submission": {"startedAt": "2026-11-23T17:40:00.000Z", "submittedAt": "2026-11-23T17:59:59.000Z"},
    }
    assert world.server.asked[0].form()["scope"] == lti.SCOPE_SCORE


def test_a_score_of_nothing_is_sent_as_a_score() -> None:
    assert json.loads(score_json(GradeToSend("4", 0.0, "0", NOW), None))["scoreGiven"] == 0.0


def test_canvas_alone_is_told_that_a_score_sent_again_is_no_new_submission() -> None:
    again = GradeToSend("4", 50, "x", NOW, resent=True)
    flag = "https://canvas.instructure.com/lti/submission"
    assert json.loads(score_json(again, "canvas"))[flag] == {"new_submission": False}
    assert flag not in json.loads(score_json(again, "moodle"))
    assert flag not in json.loads(score_json(GRADE, "canvas"))


@pytest.mark.parametrize("wrong", [{"score": -1}, {"score": 100.1}, {"score": float("nan")}, {"comment": " "}])
def test_a_grade_that_could_erase_or_exceed_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="from 0 to its maximum and a comment"):
        GradeToSend(**({"subject": "4", "score": 1.0, "comment": "x", "timestamp": NOW} | wrong))


@pytest.mark.parametrize(
    ("status", "body", "kind", "in_doubt"),
    [
        (200, b"", "sent", False),
        (201, b"{}", "sent", False),
        (204, b"", "sent", False),
        (400, b"User could not be found", "final_refusal", False),
        (403, b"not enrolled", "final_refusal", False),
        (403, b"403 Forbidden (Rate Limit Exceeded)", "again", False),
        (404, b"", "final_refusal", False),
        (409, b"", "conflict", False),
        (410, b"", "final_refusal", False),
        (422, b"User not found in course", "final_refusal", False),
        (429, b"", "again", False),
        (301, b"", "again", False),
        (500, b"", "again", True),
        (503, b"", "again", True),
    ],
)
def test_each_answer_means_something(world: World, status: int, body: bytes, kind: str, *, in_doubt: bool) -> None:
    _answer(world, status, body)
    said = _post(world)
    assert (said.kind, said.status, said.in_doubt) == (kind, status, in_doubt)
    assert said.words == ("" if kind == "sent" else body.decode())


def test_a_page_for_people_where_the_service_should_answer_leaves_the_score_in_doubt(world: World) -> None:
    _answer(world, 200, b"<!doctype html><title>Sign in</title>", Content_Type="text/html; charset=utf-8")
    said = _post(world)
    assert (said.kind, said.in_doubt) == ("again", True)
    _answer(world, 200, b"", Content_Type="text/html")
    assert _post(world).kind == "sent"


def test_the_platforms_words_are_cut(world: World) -> None:
    _answer(world, 400, b"\x00<b>no</b>\r\n" + b"n" * 9000)
    assert _post(world).words == ("<b>no</b> " + "n" * 9000)[:300]


def test_a_token_that_is_not_accepted_is_renewed_once(world: World) -> None:
    answers = [Said(401), Said(200)]
    world.server.on("POST", "/lineitems/2/lineitem/scores", lambda _asked: answers.pop(0))
    assert _post(world).kind == "sent"
    assert world.server.count("/token") == 2


def test_a_score_that_stays_unauthorised_says_so_after_two_tries(world: World) -> None:
    _answer(world, 401, b"scope")
    said = _post(world)
    assert (said.kind, said.words) == ("unauthorised", "scope")
    assert world.server.count("/lineitems/2/lineitem/scores") == 2


def test_a_refused_token_is_unauthorised_with_the_platforms_words(world: World) -> None:
    world.server.on("POST", "/token", Said(400, b"invalid_client"))
    assert _post(world) == GradeAnswer("unauthorised", 400, "invalid_client")


def test_without_a_token_for_now_the_score_is_due_again_and_not_in_doubt(world: World) -> None:
    world.server.on("POST", "/token", Said(503))
    said = _post(world)
    assert (said.kind, said.status, said.in_doubt) == ("again", None, False)
    assert said.words


def test_a_platform_that_breaks_off_leaves_the_score_in_doubt(world: World) -> None:
    tokens = AccessTokens(world.outbound, world.keyring)
    tokens.get(world.platform, (lti.SCOPE_SCORE,), NOW)
    said = post_score(world.outbound, tokens, world.platform, "http://127.0.0.1:1/column", GRADE, NOW)
    assert (said.kind, said.in_doubt) == ("again", True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None), ("", None), ("120", 120), (" 7 ", 7), ("-5", None), ("1e3", None), ("9" * 30, 86_400),
        ("Mon, 23 Nov 2026 18:02:00 GMT", 120), ("Mon, 23 Nov 2026 17:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 18:02:00 -0000", 120), ("Mon, 99 Nov 2026 18:02:00 GMT", None), ("soon", None), ("²", None),
    ],
)  # fmt: skip
def test_a_pause_is_read_from_seconds_or_a_date(header: str | None, seconds: int | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_a_pause_that_the_platform_asks_for_is_told(world: World) -> None:
    _answer(world, 503, Retry_After="30")
    assert _post(world).retry_after == 30


def _results(world: World, *pages: object, link: str = "") -> None:
    left = list(pages)

    def answer(_asked: object) -> Said:
        body = left.pop(0)
        return Said(body=body, headers={"Link": link} if left else {})

    world.server.on("GET", "/lineitems/2/lineitem/results", answer)


def test_a_result_is_asked_for_by_person_and_read_with_its_own_maximum(world: World) -> None:
    _results(world, [{"userId": "4", "resultScore": 33.0, "resultMaximum": 40, "comment": "Bien joué, niveau 3"}])
    assert _read(world) == Result(33.0, 40.0, "Bien joué, niveau 3")
    asked = world.server.asked[-1]
    assert (asked.path, asked.query) == (
        "/lineitems/2/lineitem/results", {"type_id": ["2"], "user_id": ["4"]},
    )  # fmt: skip
    assert asked.headers["Accept"] == lti.RESULTS_TYPE
    assert world.server.asked[0].form()["scope"] == lti.SCOPE_RESULT


def test_a_platform_that_ignores_the_filter_is_read_to_the_right_person(world: World) -> None:
    link = f'<{world.server.url}/lineitems/2/lineitem/results?page=B>; rel="next"'
    others = [{"userId": "5", "resultScore": 1.0}, "junk", None]
    _results(world, others, [{"userId": "4", "resultScore": 0.5}], link=link)
    assert _read(world) == Result(0.5, 1.0, None)
    assert world.server.asked[-1].query == {"page": ["B"]}


@pytest.mark.parametrize("body", [[], {}, [{"userId": "4"}], [{"userId": "4", "resultScore": "7"}], [{"userId": 4}]])
def test_no_grade_is_none(world: World, body: object) -> None:
    _results(world, body)
    assert _read(world) is None


def test_an_instant_in_another_zone_is_sent_in_utc() -> None:
    elsewhere = datetime.fromisoformat("2026-11-23T19:00:00.5+01:00")
    assert json.loads(score_json(GradeToSend("4", 1, "x", elsewhere), None))["timestamp"] == "2026-11-23T18:00:00.500Z"
    assert later(0).tzinfo is UTC
