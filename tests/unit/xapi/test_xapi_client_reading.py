"""Getting one statement, and walking through pages of them, from a real server on loopback."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest

from xapi import client
from xapi.client import Absent, Busy, Found, Refused, Store, Unauthorised, Unknown, WalkStopped

A, B = UUID("11111111-2222-4333-8444-555555555555"), UUID("21111111-2222-4333-8444-555555555555")


def test_one_statement_is_found_by_its_id(lrs, session):
    lrs.answers(200, {"id": str(A).upper(), "x": 1})
    assert client.get(session, lrs.store, A) == Found({"id": str(A).upper(), "x": 1})
    assert lrs.asked[0][1] == f"/xapi/statements?statementId={A}"


def test_a_statement_that_is_not_there_is_absent(lrs, session):
    lrs.answers(404, b"none")
    assert client.get(session, lrs.store, A) == Absent()


@pytest.mark.parametrize("body", [{"id": str(B)}, [], b"<p>", {"statements": []}])
def test_another_answer_is_not_taken_for_the_statement(lrs, session, body):
    lrs.answers(200, body)
    assert isinstance(client.get(session, lrs.store, A), Unknown)


def test_a_get_meets_the_same_troubles(lrs, session):
    lrs.answers(503)
    assert isinstance(client.get(session, lrs.store, A), Busy)
    assert isinstance(client.get(session, Store("nowhere"), A), Unknown)


def _pages(lrs, count: int, more: Callable[[int], object]) -> None:
    def play(one) -> None:
        number = int(one.query().get("page", ["1"])[0])
        page: dict[str, object] = {"statements": [{"id": str(number)}]}
        if number < count:
            page["more"] = more(number + 1)
        one.answer(200, json.dumps(page).encode())

    lrs.play = play


@pytest.mark.parametrize("prefix", ["/xapi/statements", "statements", "/other/more"])
def test_a_walk_goes_through_every_page(lrs, session, prefix):
    _pages(lrs, 4, lambda page: f"{prefix}?page={page}")
    found = list(client.walk(session, lrs.store, {"registration": str(A), "limit": "1"}, 10))
    assert [one["id"] for one in found] == ["1", "2", "3", "4"]
    assert lrs.asked[0][1] == f"/xapi/statements?registration={A}&limit=1"
    assert "registration" not in lrs.asked[1][1]


def test_a_walk_may_end_with_an_empty_more(lrs, session):
    lrs.answers(200, {"statements": [], "more": ""})
    assert list(client.walk(session, lrs.store, {}, 1)) == []


def test_a_walk_of_more_pages_than_allowed_says_so(lrs, session):
    _pages(lrs, 9, lambda page: f"/xapi/statements?page={page}")
    seen = []
    with pytest.raises(WalkStopped) as stopped:
        seen.extend(client.walk(session, lrs.store, {}, 3))
    assert stopped.value.trouble == Unknown("there are more than 3 pages")
    assert len(lrs.asked) == 3


@pytest.mark.parametrize(
    "more",
    ["http://127.0.0.1:1/xapi/statements?page=2", "//lrs.example/statements", "ftp://x", 7, "http://[x", {"a": 1}],
)
def test_more_never_leads_to_another_server(lrs, session, more):
    _pages(lrs, 2, lambda _: more)
    with pytest.raises(WalkStopped, match="another server"):
        list(client.walk(session, lrs.store, {}, 3))
    assert len(lrs.asked) == 1


def test_more_that_leads_round_in_a_circle_is_noticed(lrs, session):
    _pages(lrs, 100, lambda _: "/xapi/statements?page=5")
    with pytest.raises(WalkStopped, match="circle"):
        list(client.walk(session, lrs.store, {}, 50))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>", Unknown),
        (200, [], Unknown),
        (200, {"statements": {}}, Unknown),
        (200, {"statements": [1]}, Unknown),
        (401, b"", Unauthorised),
        (503, b"", Busy),
        (400, b"", Refused),
    ],
)
def test_a_walk_that_meets_trouble_stops_with_it(lrs, session, status, body, kind):
    lrs.answers(status, body)
    with pytest.raises(WalkStopped) as stopped:
        list(client.walk(session, lrs.store, {}, 3))
    assert isinstance(stopped.value.trouble, kind)


def test_a_walk_to_an_lrs_that_is_not_there_stops(session):
    with pytest.raises(WalkStopped):
        list(client.walk(session, Store("nowhere"), {}, 3))
