"""What the small LRS takes and refuses, as xAPI 1.0.3 wants it."""

import json
from typing import Any

import pytest
import requests

from .lrs_side import VERSION, Lrs, statement


def test_a_batch_is_kept_and_its_ids_are_answered_in_order(lrs: Lrs) -> None:
    batch = [statement(), statement()]
    answer = lrs.ask("POST", json=batch)
    assert (answer.status_code, answer.json()) == (200, [one["id"] for one in batch])
    assert [one["id"] for one in lrs.found(ascending="true")] == [one["id"] for one in batch]
    kept = lrs.found()[0]
    assert kept["stored"].endswith("Z")
    assert kept["authority"]["account"]["name"] == "pix"


def test_one_statement_may_come_alone_and_without_an_id(lrs: Lrs) -> None:
    one = statement()
    del one["id"], one["timestamp"]
    (identity,) = lrs.ask("POST", json=one).json()
    kept = lrs.ask("GET", params={"statementId": identity})
    assert kept.json()["timestamp"] == kept.json()["stored"]
    assert kept.headers["Last-Modified"]


def test_the_same_again_is_answered_as_if_new_and_kept_once(lrs: Lrs) -> None:
    one = statement()
    assert lrs.ask("POST", json=one).status_code == 200
    again = {**one, "timestamp": "2026-11-23T16:00:00+01:00"}
    assert lrs.ask("POST", json=[again]).json() == [one["id"]]
    assert len(lrs.found()) == 1


def test_other_content_under_a_known_id_refuses_the_whole_batch(lrs: Lrs) -> None:
    one = statement()
    lrs.ask("POST", json=one)
    answer = lrs.ask("POST", json=[statement(), {**one, "result": {"success": False}}])
    assert answer.status_code == 409
    assert len(lrs.found()) == 1


def test_an_id_twice_in_a_batch_is_refused(lrs: Lrs) -> None:
    one = statement()
    assert lrs.ask("POST", json=[one, one]).status_code == 400
    assert lrs.found() == []


def test_a_statement_may_be_put_under_its_id(lrs: Lrs) -> None:
    one = statement()
    put = {"params": {"statementId": one["id"]}}
    assert lrs.ask("PUT", json=one, **put).status_code == 204
    assert lrs.ask("PUT", json=one, **put).status_code == 204
    assert lrs.ask("PUT", json={**one, "result": {"success": True}}, **put).status_code == 409
    assert lrs.ask("PUT", json=statement(), **put).status_code == 400
    assert lrs.ask("PUT", json=one).status_code == 400
    assert lrs.ask("PUT", json=[one], **put).status_code == 400
    assert lrs.ask("GET", **put).json()["id"] == one["id"]


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": None},
        {"actor": {"name": "nobody"}},
        {"actor": {"mbox": "mailto:a@b.example", "openid": "http://x.example"}},
        {"actor": {"account": {"homePage": "x", "name": "y"}}},
        {"actor": {"account": {"homePage": "http://x.example", "name": ""}}},
        {"verb": {"id": "answered"}},
        {"verb": "answered"},
        {"object": {"id": "x"}},
        {"object": {"objectType": "Thing", "id": "http://x.example"}},
        {"object": {"objectType": "StatementRef", "id": "x"}},
        {"id": "x"},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-11-23T15:00:00"},
        {"version": "2.0.0"},
        {"extra": 1},
        {"result": {"score": {"scaled": 1.5}}},
        {"result": {"score": {"scaled": "1"}}},
        {"result": {"score": {"raw": 5, "max": 4}}},
        {"result": {"success": "yes"}},
        {"result": {"extensions": {"x": 1}}},
        {"context": {"registration": "x"}},
        {"context": {"contextActivities": {"nephew": []}}},
        {"context": {"contextActivities": {"parent": [{"id": "x"}]}}},
        {"context": {"extensions": []}},
    ],
)
def test_a_statement_that_is_none_is_refused_with_its_batch(lrs: Lrs, changes: dict[str, Any]) -> None:
    answer = lrs.ask("POST", json=[statement(), statement(**changes)])
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert lrs.found() == []


def test_nulls_are_refused_but_in_extensions(lrs: Lrs) -> None:
    inside = statement(result={"extensions": {"https://w3id.org/pix-lti/level": None}})
    assert lrs.ask("POST", json=inside).status_code == 200
    assert lrs.ask("POST", json=statement(result={"response": None})).status_code == 400


def test_groups_and_agents_as_objects_are_understood(lrs: Lrs) -> None:
    group = {"objectType": "Group", "member": [{"mbox": "mailto:a@b.example"}]}
    assert lrs.ask("POST", json=statement(actor=group)).status_code == 200
    agent = {"objectType": "Agent", "mbox": "mailto:a@b.example"}
    assert lrs.ask("POST", json=statement(object=agent)).status_code == 200


def test_the_password_and_the_version_are_needed(lrs: Lrs) -> None:
    url = lrs.url + "/statements"
    refused = requests.get(url, headers=VERSION, timeout=10)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    assert requests.get(url, headers=VERSION, auth=("pix", "wrong"), timeout=10).status_code == 401
    assert requests.get(url, auth=("pix", "demo"), timeout=10).status_code == 400
    assert lrs.ask("GET", headers={"X-Experience-API-Version": "2.0.0"}).status_code == 400
    assert requests.get(lrs.url + "/about", timeout=10).json()["version"][0] == "1.0.3"


def test_what_is_no_json_is_refused(lrs: Lrs) -> None:
    json_type = {"Content-Type": "application/json"}
    assert lrs.ask("POST", data=b"{", headers=json_type).status_code == 400
    assert lrs.ask("POST", data=json.dumps(statement()).encode()).status_code == 400
    assert lrs.ask("POST", json=[["x"]]).status_code == 400
