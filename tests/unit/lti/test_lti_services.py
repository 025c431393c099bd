"""Line items, rosters and their pages, as platforms give them out."""

import json
from typing import Any

import pytest
from lti_world import NOW, Asked, Said, World

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.grades import find_or_create_line_item
from lti_tool.lti.line_items import Column
from lti_tool.lti.refusals import ServiceRefused
from lti_tool.lti.roster import Member, read_roster
from lti_tool.lti.services import next_page, under, with_query
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Role

COLUMN = Column(resource_link_id="2", resource_id="placement-1", label="Évaluer l’information")


def _find(world: World) -> str:
    tokens = AccessTokens(world.outbound, world.keyring)
    url = world.server.url + "/lineitems?type_id=2"
    return find_or_create_line_item(world.outbound, tokens, world.platform, url, COLUMN, NOW)


def _roster(world: World, rlid: str | None = None, path: str = "/memberships") -> tuple[Member, ...]:
    tokens = AccessTokens(world.outbound, world.keyring)
    return read_roster(world.outbound, tokens, world.platform, world.server.url + path, NOW, rlid)


# --- columns


def test_a_column_of_the_link_is_taken_and_no_second_one_made(world: World) -> None:
    theirs = {"id": "https://lms.example.org/5", "resourceLinkId": "2", "resourceId": "another", "scoreMaximum": 40}
    other = {"id": "https://lms.example.org/4", "resourceLinkId": "1"}
    world.server.on("GET", "/lineitems", Said(body=[other, "junk", {"resourceLinkId": "2"}, theirs]))
    assert _find(world) == "https://lms.example.org/5"
    asked = world.server.asked[-1]
    assert asked.query == {"type_id": ["2"], "resource_link_id": ["2"]}
    assert asked.headers["Accept"] == lti.LINE_ITEMS_TYPE
    assert world.server.asked[0].form()["scope"] == lti.SCOPE_LINE_ITEM


def test_a_column_is_made_where_there_is_none(world: World) -> None:
    world.server.on("GET", "/lineitems", Said(body=[]))
    world.server.on("POST", "/lineitems", Said(201, {"id": "https://lms.example.org/6?type_id=2"}))
    assert _find(world) == "https://lms.example.org/6?type_id=2"
    asked = world.server.asked[-1]
    assert asked.headers["Content-Type"] == lti.LINE_ITEM_TYPE
    assert json.loads(asked.body) == {
        "label": "Évaluer l’information",
        "scoreMaximum": 100.0,
        "resourceId": "placement-1",
        "resourceLinkId": "2",
        "tag": "score",
    }


def test_a_platform_that_makes_no_column_says_why(world: World) -> None:
    world.server.on("GET", "/lineitems", Said(body=[]))
    world.server.on("POST", "/lineitems", Said(403, b"Forbidden"))
    with pytest.raises(ServiceRefused, match=r"services\.refused") as refusal:
        _find(world)
    assert (refusal.value.values["status"], refusal.value.values["words"]) == (403, "Forbidden")


@pytest.mark.parametrize("body", [b"", b"<html>", [], {}, {"id": 5}, {"id": "ftp://x"}, b"[" * 100_000])
def test_a_column_without_an_address_is_unreadable(world: World, body: Any) -> None:
    world.server.on("GET", "/lineitems", Said(body={}))
    world.server.on("POST", "/lineitems", Said(201, body))
    with pytest.raises(Unreachable, match=r"services\.unreadable"):
        _find(world)


# --- rosters


def _pages(world: World, *pages: Said) -> None:
    world.server.on("GET", "/memberships", lambda asked: pages[int(asked.query.get("From", ["0"])[0])])


def test_a_roster_as_moodle_sends_it_is_read(world: World) -> None:
    samia = {
        "user_id": "4", "name": "Samia Ben Ali", "given_name": "Samia", "family_name": "Ben Ali", "status": "Active",
        "roles": ["Learner"], "email": "student1@lms.test",
    }  # fmt: skip
    tara = {"user_id": "3", "given_name": "Tara", "family_name": "Teacher", "roles": ["Instructor"]}
    gone = {"user_id": "9", "roles": [], "status": "Deleted"}
    _pages(world, Said(body={"members": [samia, tara, gone, {"name": "nobody"}, "junk", {"user_id": 8}]}))
    assert _roster(world) == (
        Member("4", "Samia Ben Ali", "Samia", frozenset({"Learner"}), Role.TRAINEE, "active"),
        Member("3", "Tara Teacher", "Tara", frozenset({"Instructor"}), Role.INSTRUCTOR, "active"),
        Member("9", None, None, frozenset(), Role.TRAINEE, "deleted"),
    )
    assert world.server.asked[-1].headers["Accept"] == lti.ROSTER_TYPE
    assert world.server.asked[0].form()["scope"] == lti.SCOPE_ROSTER


def test_pages_are_followed_with_their_case_and_each_member_is_listed_once(world: World) -> None:
    first = Said(
        body={"members": [{"user_id": "1"}, {"user_id": "2"}]},
        headers={"Link": f'<{world.server.url}/memberships?From=1&Opaque=AbC>; rel="next"'},
    )
    _pages(world, first, Said(body={"members": [{"user_id": "2"}, {"user_id": "3"}]}))
    assert [member.subject for member in _roster(world)] == ["1", "2", "3"]
    assert world.server.asked[-1].query["Opaque"] == ["AbC"]


def test_those_who_may_open_one_link_can_be_asked_for(world: World) -> None:
    _pages(world, Said(body={"members": []}))
    assert _roster(world, rlid="7 ", path="/memberships?type_id=2") == ()
    assert world.server.asked[-1].query == {"type_id": ["2"], "rlid": ["7 "]}


@pytest.mark.parametrize(
    "link", ["http://elsewhere.example/memberships", "https://127.0.0.1/memberships", "http://127.0.0.1:1/m"]
)
def test_a_page_on_another_origin_never_gets_our_token(world: World, link: str) -> None:
    _pages(world, Said(body={"members": []}, headers={"Link": f"<{link}>; rel=next"}))
    with pytest.raises(Unreachable, match=r"services\.foreign_page"):
        _roster(world)


def test_pages_that_lead_back_to_themselves_end(world: World) -> None:
    link = {"Link": f'<{world.server.url}/memberships>; rel="next"'}
    _pages(world, Said(body={"members": [{"user_id": "1"}]}, headers=link))
    assert len(_roster(world)) == 1


def test_pages_without_end_are_given_up(world: World) -> None:
    def answer(asked: Asked) -> Said:
        page = int(asked.query.get("p", ["0"])[0]) + 1
        return Said(body={"members": []}, headers={"Link": f'<?p={page}>; rel="next"'})

    world.server.on("GET", "/memberships", answer)
    with pytest.raises(Unreachable, match=r"services\.too_many_pages"):
        _roster(world)


def test_a_roster_that_is_refused_or_no_roster_says_so(world: World) -> None:
    _pages(world, Said(401, b"no"))
    with pytest.raises(ServiceRefused):
        _roster(world)
    _pages(world, Said(body=b"<html>"))
    with pytest.raises(Unreachable, match=r"services\.unreadable"):
        _roster(world)
    for body in ([], {"members": {}}, 5):
        _pages(world, Said(body=body))
        assert _roster(world) == ()


# --- addresses


@pytest.mark.parametrize(
    ("link", "following"),
    [
        (None, None),
        ("", None),
        ('<https://a.example/x?Y=Z>; rel="next"', "https://a.example/x?Y=Z"),
        ("<https://a.example/x>;rel=next", "https://a.example/x"),
        ('<?from=2>; title="x"; REL="prev Next"', "https://a.example/list?from=2"),
        ('<https://a.example/1>; rel="first", <https://a.example/2,3>; rel="next"', "https://a.example/2,3"),
        ('<https://a.example/1>; rel="last"', None),
        ("<https://a.example/1&amp;b>; rel=\u201cnext\u201d", None),
        ('<https://[a/>; rel="next"', None),
        ("next", None),
    ],
)
def test_the_next_page_is_the_one_that_a_link_header_calls_so(link: str | None, following: str | None) -> None:
    assert next_page(link, "https://a.example/list?from=1") == following


def test_segments_and_fields_are_added_where_they_belong() -> None:
    assert under("https://a.example/li?type_id=2#x", "scores") == "https://a.example/li/scores?type_id=2"
    assert under("https://a.example/li/", "results") == "https://a.example/li/results"
    assert with_query("https://a.example/li", user_id="a&b") == "https://a.example/li?user_id=a%26b"
