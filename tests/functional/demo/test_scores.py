"""Scores and results, as Moodle 4.2.3 takes and gives them."""

from typing import Any

import pytest
import requests

from .conftest import Both
from .scoring import column_of, post_score, results, score
from .stub_tool import AGS, SCORE


def test_a_score_arrives_in_the_gradebook(both: Both) -> None:
    answer = post_score(both.tool, column_of(both))
    assert (answer.status_code, answer.text) == (200, "")
    cell = both.client.grade(both.client.newest_activity(), "samia")
    assert cell is not None
    assert (cell.score, cell.comment, cell.timestamp) == (62.5, "Bien", "2026-11-23T15:00:00.000Z")
    both.client.sign_in("tara")
    assert "62,5" in both.client.browser.open(f"{both.lms}/courses/2/gradebook").text
    both.client.speak("en")
    assert "62.5" in both.client.browser.open(f"{both.lms}/courses/2/gradebook").text


def test_a_trainee_sees_the_grade_in_the_course(both: Both) -> None:
    post_score(both.tool, column_of(both))
    both.client.sign_in("samia")
    assert "62,5 / 100" in both.client.browser.open(f"{both.lms}/courses/2").text


@pytest.mark.parametrize("timestamp", ["2026-11-23T15:00:00.900Z", "2026-11-23T14:59:59Z", "2026-11-23T16:00:00+01:00"])
def test_a_score_that_is_not_newer_is_a_conflict(both: Both, timestamp: str) -> None:
    column = column_of(both)
    post_score(both.tool, column)
    answer = post_score(both.tool, column, timestamp=timestamp, scoreGiven=1)
    assert (answer.status_code, answer.json()) == (409, [])
    assert results(both.tool, column)[0]["resultScore"] == 62.5


@pytest.mark.parametrize(
    "changes",
    [
        {"userId": "99"},
        {"userId": "3"},
        {"userId": None},
        {"scoreMaximum": None},
        {"scoreMaximum": 0},
        {"scoreGiven": "x"},
        {"scoreGiven": -1},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-11-23T15:00:00"},
        {"timestamp": None},
        {"gradingProgress": None},
        {"activityProgress": None},
    ],
)
def test_a_wrong_score_is_refused(both: Both, changes: dict[str, Any]) -> None:
    column = column_of(both)
    answer = post_score(both.tool, column, **changes)
    assert (answer.status_code, answer.json()) == (400, [])
    assert results(both.tool, column) == []


def test_a_score_of_another_content_type_has_no_one_to_take_it(both: Both) -> None:
    answer = post_score(both.tool, column_of(both), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["reason"].startswith("No handler found for /2/lineitems/")


@pytest.mark.parametrize("changes", [{"gradingProgress": "Pending"}, {"scoreGiven": None}])
def test_a_score_that_is_not_final_erases_the_grade(both: Both, changes: dict[str, Any]) -> None:
    column = column_of(both)
    post_score(both.tool, column)
    assert post_score(both.tool, column, timestamp="2026-11-23T15:00:05Z", **changes).status_code == 200
    assert results(both.tool, column) == []
    assert both.client.grade(both.client.newest_activity(), "samia") is None


def test_a_score_without_a_comment_erases_the_comment(both: Both) -> None:
    column = column_of(both)
    post_score(both.tool, column)
    post_score(both.tool, column, timestamp="2026-11-23T15:00:05Z", comment=None)
    assert "comment" not in results(both.tool, column)[0]


@pytest.mark.parametrize(("given", "maximum", "kept"), [(5, 7, 28.57143), (50, 40, 40), (30, 40, 30), (0, 100, 0)])
def test_a_score_is_rescaled_and_capped(both: Both, given: float, maximum: float, kept: float) -> None:
    column = column_of(both, 40)
    post_score(both.tool, column, scoreGiven=given, scoreMaximum=maximum)
    assert results(both.tool, column)[0]["resultScore"] == kept


def test_results_are_those_of_one_person_when_asked(both: Both) -> None:
    column = column_of(both)
    post_score(both.tool, column)
    post_score(both.tool, column, userId="5")
    assert {result["userId"] for result in results(both.tool, column)} == {"4", "5"}
    (one,) = results(both.tool, column, user_id="5")
    assert one["scoreOf"] == column
    assert one["timestamp"] == "2026-11-23T15:00:00+00:00"
    assert results(both.tool, column, user_id="9") == []


def test_a_token_without_the_scope_is_refused(both: Both) -> None:
    column = column_of(both)
    url = column.replace("/lineitem?", "/lineitem/scores?")
    answer = both.tool.call("POST", url, AGS + "lineitem", json=score(), headers={"Content-Type": SCORE})
    assert (answer.status_code, answer.json()["reason"]) == (401, "Unauthorized")
    assert requests.get(column, timeout=10).status_code == 401
    assert requests.get(column, headers={"Authorization": "Bearer x"}, timeout=10).status_code == 401
    assert both.tool.call("GET", column.replace("type_id=", "type_id=9")).status_code == 401


def test_a_column_deleted_behind_the_tools_back_is_gone(both: Both) -> None:
    column = column_of(both)
    staff = both.client.as_staff("tara")
    sesskey = dict(staff.open(f"{both.lms}/courses/2").forms[0].fields)["sesskey"]
    column_id = both.client.gradebook()[0].id
    staff.post(f"{both.lms}/courses/2/columns/{column_id}/delete", {"sesskey": sesskey})
    assert post_score(both.tool, column).status_code == 404
