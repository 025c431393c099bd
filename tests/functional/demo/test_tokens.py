"""Service tokens, and services that fail on purpose."""

from typing import Any

import jwt
import pytest
import requests

from .conftest import Both
from .scoring import column_of, post_score, results, score
from .stub_tool import AGS, EVERYTHING, ROSTER, SCORE


def test_a_token_lasts_an_hour_and_has_the_scopes_that_are_granted(both: Both) -> None:
    both.register()
    answer = both.tool.ask_token(f"{AGS}score {ROSTER} openid")
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.json()
    assert (body["expires_in"], body["token_type"]) == (3600, "Bearer")
    assert set(body["scope"].split()) == {AGS + "score", ROSTER}


def test_an_expired_or_forgotten_token_is_refused(both: Both) -> None:
    column = column_of(both)
    headers = {"Authorization": f"Bearer {both.tool.ask_token().json()['access_token']}"}
    assert requests.get(column, headers=headers, timeout=10).status_code == 200
    both.client.faults(clock_offset=3601)
    assert requests.get(column, headers=headers, timeout=10).status_code == 401
    both.client.faults(clock_offset=0)
    assert requests.get(column, headers=headers, timeout=10).status_code == 200
    both.client.forget_tokens()
    assert requests.get(column, headers=headers, timeout=10).status_code == 401


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_assertion_type": "x"}, 400, "invalid_request"),
        ({"client_assertion": "x"}, 400, "invalid_request"),
        ({"scope": "openid"}, 400, "invalid_scope"),
    ],
)
def test_a_wrong_token_request_is_refused(both: Both, changes: dict[str, str], status: int, error: str) -> None:
    both.register()
    answer = both.tool.ask_token(**{"scope": EVERYTHING, **changes})
    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "x"},
        {"sub": "x"},
        {"aud": "http://elsewhere.example/token"},
        {"exp": 1},
        {"exp": None},
        {"jti": None},
        {"iat": 4_000_000_000, "exp": 4_000_000_060},
    ],
)
def test_an_assertion_must_be_the_clients_own_and_fresh(both: Both, changes: dict[str, Any]) -> None:
    both.register()
    claims = jwt.decode(both.tool.assertion(), options={"verify_signature": False}) | changes
    forged = both.tool.signed({name: value for name, value in claims.items() if value is not None})
    answer = both.tool.ask_token(client_assertion=forged)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_assertion_is_good_once(both: Both) -> None:
    both.register()
    assertion = both.tool.assertion()
    assert both.tool.ask_token(client_assertion=assertion).status_code == 200
    assert both.tool.ask_token(client_assertion=assertion).status_code == 401


def test_an_outage_hits_tokens_and_services_and_ends(both: Both) -> None:
    column = column_of(both)
    both.client.faults(outage=True)
    assert both.tool.ask_token().status_code == 503
    assert requests.get(column, timeout=10).status_code == 503
    assert both.client.launch(both.client.newest_activity(), "samia").status == 200
    both.client.faults(outage=False)
    assert post_score(both.tool, column).status_code == 200


def test_a_lost_answer_has_been_carried_out(both: Both) -> None:
    column = column_of(both)
    url = column.replace("/lineitem?", "/lineitem/scores?")
    token = both.tool.ask_token().json()["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": SCORE}
    both.client.faults(lose_answers=1)
    with pytest.raises(requests.ConnectionError):
        requests.post(url, json=score(), headers=headers, timeout=10)
    again = requests.post(url, json=score(), headers=headers, timeout=10)
    assert again.status_code == 409
    both.client.faults(lose_answers=1, lose_by="error")
    newer = score(timestamp="2026-11-23T15:00:09Z", scoreGiven=70)
    assert requests.post(url, json=newer, headers=headers, timeout=10).status_code == 500
    assert results(both.tool, column)[0]["resultScore"] == 70


def test_one_service_request_can_be_refused_whatever_its_token(both: Both) -> None:
    column = column_of(both)
    both.client.faults(refuse_tokens=1)
    assert both.tool.call("GET", column).status_code == 401
    assert both.tool.call("GET", column).status_code == 200


def test_a_fault_that_is_unknown_or_wrong_is_refused(both: Both) -> None:
    for wrong in ({"nonsense": 1}, {"page_size": "x"}, []):
        assert requests.post(f"{both.lms}/admin/faults", json=wrong, timeout=10).status_code == 400
    form = requests.post(f"{both.lms}/admin/faults", data={"outage": "on", "page_size": "7"}, timeout=10).json()
    assert (form["outage"], form["page_size"]) == (True, 7)
