"""What the small LRS gives back, how it fails on purpose, and its page."""

import json
import threading
import uuid

import pytest
import requests

from lti_tool.demo.browser import FormBrowser

from .lrs_side import Lrs, statement


def test_every_filter_finds_its_own(lrs: Lrs) -> None:
    attempt = str(uuid.uuid4())
    other = {"account": {"homePage": "https://w3id.org/pix-lti/", "name": "p-2"}}
    one = statement(context={"registration": attempt})
    two = statement(verb={"id": "http://adlnet.gov/expapi/verbs/completed"}, actor=other)
    three = statement(object={"id": "https://w3id.org/pix-lti/test/y"})
    lrs.ask("POST", json=[one, two, three])
    for query, wanted in (
        ({"registration": attempt.upper()}, one),
        ({"verb": two["verb"]["id"]}, two),
        ({"agent": json.dumps(other)}, two),
        ({"activity": "https://w3id.org/pix-lti/test/y"}, three),
    ):
        assert [found["id"] for found in lrs.found(**query)] == [wanted["id"]], query


def test_since_and_until_cut_between_any_two(lrs: Lrs) -> None:
    lrs.ask("POST", json=[statement() for _ in range(3)])
    first, second, third = lrs.found(ascending="true")
    assert first["stored"] < second["stored"] < third["stored"]
    assert [one["id"] for one in lrs.found(since=second["stored"])] == [third["id"]]
    assert [one["id"] for one in lrs.found(until=first["stored"])] == [first["id"]]


def test_pages_lead_to_every_statement_once_while_more_arrive(lrs: Lrs) -> None:
    lrs.ask("POST", json=[statement() for _ in range(250)])
    for ascending in ("true", "false"):
        found, path = [], f"/statements?ascending={ascending}&limit=0"
        pages = 0
        while path:
            answer = lrs.ask("GET", path).json()
            assert len(answer["statements"]) <= 100
            found += [one["id"] for one in answer["statements"]]
            path, pages = answer["more"], pages + 1
            if ascending == "false" and pages == 1:
                lrs.ask("POST", json=statement())
        assert len(found) == len(set(found)) == 250
        assert pages == 3


def test_a_limit_is_kept_and_a_wrong_query_is_refused(lrs: Lrs) -> None:
    lrs.ask("POST", json=[statement() for _ in range(3)])
    assert len(lrs.found(limit=2)) == 2
    for query in (
        {"limit": "x"}, {"nonsense": "1"}, {"since": "now"}, {"agent": "{"}, {"agent": "[]"}, {"more": "x"},
        {"statementId": "a", "verb": "b"}, {"statementId": "a", "voidedStatementId": "b"},
    ):  # fmt: skip
        assert lrs.ask("GET", params=query).status_code == 400, query
    assert lrs.ask("GET", params={"statementId": str(uuid.uuid4())}).status_code == 404


def test_answers_say_the_version_and_through_when_they_hold(lrs: Lrs) -> None:
    lrs.ask("POST", json=statement())
    answer = lrs.ask("GET")
    assert answer.headers["X-Experience-API-Version"] == "1.0.3"
    assert answer.headers["X-Experience-API-Consistent-Through"] >= answer.json()["statements"][0]["stored"]


def test_a_voided_statement_is_shown_only_when_asked_for_as_such(lrs: Lrs) -> None:
    one = statement()
    void = statement(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"objectType": "StatementRef", "id": one["id"]}
    )
    lrs.ask("POST", json=[one, void])
    assert [found["id"] for found in lrs.found()] == [void["id"]]
    assert lrs.ask("GET", params={"statementId": one["id"]}).status_code == 404
    assert lrs.ask("GET", params={"voidedStatementId": one["id"]}).json()["id"] == one["id"]


def test_parallel_posts_of_the_same_statements_keep_each_once(lrs: Lrs) -> None:
    batch = [statement() for _ in range(20)]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(lrs.ask("POST", json=batch).status_code)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 6
    assert len(lrs.store) == 20


def test_faults_are_switched_and_statements_survive_lost_answers(lrs: Lrs) -> None:
    switch = lrs.url + "/faults"
    requests.post(switch, json={"outage": True}, timeout=10)
    assert lrs.ask("POST", json=statement()).status_code == 503
    requests.post(switch, json={"outage": False, "lose_answers": 1}, timeout=10)
    one = statement()
    with pytest.raises(requests.ConnectionError):
        lrs.ask("POST", json=one)
    assert lrs.ask("POST", json=one).json() == [one["id"]]
    assert len(lrs.found()) == 1
    assert requests.get(switch, timeout=10).json()["lose_answers"] == 0


def test_a_person_reads_the_statements_newest_first_and_by_attempt(lrs: Lrs) -> None:
    attempt = str(uuid.uuid4())
    mine = statement(
        context={"registration": attempt}, result={"success": True, "response": "rouge", "duration": "PT4S"}
    )
    scored = statement(result={"score": {"raw": 62.5, "max": 100}})
    lrs.ask("POST", json=[mine, scored])
    browser = FormBrowser(language="fr")
    page = browser.open(lrs.url + "/")
    assert page.markup.language == "fr"
    assert page.text.index(scored["id"]) < page.text.index(mine["id"])
    assert "a répondu" in page.text
    assert "62.5 / 100" in page.text
    page = browser.submit(page.form("attempt"), {"attempt": attempt})
    assert "✓ · rouge · PT4S" in page.text
    assert scored["id"] not in page.text
    assert "answered" in browser.open("/?lang=en").text


def test_the_page_leads_to_older_statements(lrs: Lrs) -> None:
    first = statement()
    lrs.ask("POST", json=[first, *(statement() for _ in range(60))])
    browser = FormBrowser()
    assert first["id"] not in browser.open(lrs.url + "/").text
    assert first["id"] in browser.follow("before=").text
