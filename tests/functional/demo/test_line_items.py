"""Line items and the roster, as Moodle 4.2.3 answers."""

from .conftest import Both, both_sides
from .scoring import ENDPOINT, column_of, post_score, results
from .stub_tool import AGS, CONTAINER, ITEM


def test_the_container_wants_its_accept_header(both: Both) -> None:
    column_of(both)
    url = both.tool.claims[ENDPOINT]["lineitems"]
    assert both.tool.call("GET", url).status_code == 400
    answer = both.tool.call("GET", url, headers={"Accept": CONTAINER})
    assert answer.headers["Content-Type"] == CONTAINER + "; charset=utf-8"
    assert [item["scoreMaximum"] for item in answer.json()] == [100]


def test_line_items_can_be_made_filtered_changed_and_deleted(both: Both) -> None:
    column_of(both)
    url = both.tool.claims[ENDPOINT]["lineitems"]
    body = {"label": "Domaine 1", "scoreMaximum": 7, "resourceId": "dom-1", "tag": "domain", "endDateTime": "2027"}
    made = both.tool.call("POST", url, json=body, headers={"Content-Type": ITEM})
    assert made.status_code == 201
    assert made.json()["endDateTime"] == "2027"
    listed = both.tool.call("GET", url, params={"tag": "domain"}, headers={"Accept": CONTAINER}).json()
    assert [item["label"] for item in listed] == ["Domaine 1"]
    own = both.tool.call("GET", url, params={"resource_link_id": both.client.newest_activity()},
                         headers={"Accept": CONTAINER}).json()  # fmt: skip
    assert [item["label"] for item in own] == ["T"]
    one = made.json()["id"]
    post_score(both.tool, one, scoreGiven=5, scoreMaximum=7)
    changed = both.tool.call("PUT", one, json={"label": "New", "scoreMaximum": 14}, headers={"Content-Type": ITEM})
    assert (changed.json()["label"], changed.json()["tag"]) == ("New", "")
    assert results(both.tool, one)[0]["resultScore"] == 10
    assert both.tool.call("GET", one, headers={"Accept": ITEM}).json()["scoreMaximum"] == 14
    assert both.tool.call("GET", one, headers={"Accept": "text/html"}).status_code == 400
    assert both.tool.call("DELETE", one).status_code == 204
    assert both.tool.call("GET", one).status_code == 404


def test_a_second_column_on_a_link_takes_the_line_item_out_of_its_launches(both: Both) -> None:
    column_of(both)
    activity = both.client.newest_activity()
    url = both.tool.claims[ENDPOINT]["lineitems"]
    body = {"label": "More", "scoreMaximum": 10, "resourceLinkId": activity}
    answer = both.tool.call("POST", url, json=body, headers={"Content-Type": ITEM})
    assert answer.json()["ltiLinkId"] == activity
    both.client.launch(activity, "samia")
    assert "lineitem" not in both.tool.claims[ENDPOINT]


def test_a_line_item_on_a_foreign_link_or_without_its_parts_is_refused(both: Both) -> None:
    column_of(both)
    url = both.tool.claims[ENDPOINT]["lineitems"]
    for body, status in (
        ({"label": "L", "scoreMaximum": 1, "resourceLinkId": "99"}, 403),
        ({"label": "", "scoreMaximum": 1}, 400),
        ({"label": "L"}, 400),
        ([], 400),
    ):
        assert both.tool.call("POST", url, json=body, headers={"Content-Type": ITEM}).status_code == status
    assert both.tool.call("POST", url, json={}, headers={"Content-Type": "application/json"}).status_code == 400
    other = url.replace("/services/2/", "/services/9/")
    assert both.tool.call("GET", other, headers={"Accept": CONTAINER}).status_code == 404


def test_moodles_link_header_cannot_be_read_and_a_sound_one_can() -> None:
    for broken, readable in ((True, False), (False, True)):
        with both_sides(broken_link_header=broken) as both:
            both.add(*({"type": "ltiResourceLink", "title": name, "lineItem": {"scoreMaximum": 1}} for name in "ABC"))
            url = both.tool.claims[ENDPOINT]["lineitems"]
            page = both.tool.call("GET", url, params={"limit": "2"}, headers={"Accept": CONTAINER})
            assert [item["label"] for item in page.json()] == ["A", "B"]
            assert ("next" in page.links) is readable
            if readable:
                rest = both.tool.call("GET", page.links["next"]["url"], headers={"Accept": CONTAINER})
                assert [item["label"] for item in rest.json()] == ["C"]


def test_the_roster_comes_in_pages(both: Both) -> None:
    column_of(both)
    url = both.tool.claims["https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"]["context_memberships_url"]
    both.client.faults(page_size=5)
    found, pages = [], 0
    following: str | None = url
    while following:
        answer = both.tool.call("GET", following)
        found += [member["user_id"] for member in answer.json()["members"]]
        following = answer.links.get("next", {}).get("url")
        pages += 1
    assert pages == 3
    assert len(found) == len(set(found)) == 15
    first = both.tool.call("GET", url, params={"limit": "2"})
    assert len(first.json()["members"]) == 2
    wrong_case = (
        first.links["next"]["url"].replace("?page=", "?PAGE=").lower().replace("coursesection", "CourseSection")
    )
    assert both.tool.call("GET", wrong_case).status_code == 400


def test_the_roster_can_be_asked_for_roles_and_for_a_link(both: Both) -> None:
    column_of(both)
    url = both.tool.claims["https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"]["context_memberships_url"]
    role = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
    (tara,) = both.tool.call("GET", url, params={"role": role}).json()["members"]
    assert tara["roles"] == ["Instructor"]
    assert tara["status"] == "Active"
    activity = both.client.newest_activity()
    members = both.tool.call("GET", url, params={"rlid": activity, "role": "Learner"}).json()["members"]
    assert len(members) == 14
    assert members[0]["message"][0]["https://purl.imsglobal.org/spec/lti/claim/message_type"]
    assert both.tool.call("GET", url, params={"rlid": "99"}).status_code == 404
    assert both.tool.call("GET", url.replace("/CourseSection/2/", "/CourseSection/9/")).status_code == 404
    assert both.tool.call("GET", url, AGS + "score").status_code == 401
