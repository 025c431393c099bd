"""What the small LMS makes of a picker's answer."""

import secrets
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from lti_tool.demo.browser import FormBrowser

from .conftest import Both, both_sides
from .stub_tool import CLAIM, DL

LINK = {"type": "ltiResourceLink", "title": "Informer"}


def post_response(both: Both, **changes: Any) -> Any:
    """Sends a response of the test's own making to the return address of an open picker."""
    both.tool.items = [LINK]
    both.client.open_picker(next(iter(both.memory.tools), None) or both.register().deployment_id)
    back = both.tool.claims[DL + "deep_linking_settings"]["deep_link_return_url"]
    return both.client.browser.post(back, {"JWT": both.tool.deep_linking_response(**changes)})


def test_a_graded_item_becomes_an_activity_with_a_column(both: Both) -> None:
    item = {
        **LINK,
        "url": both.tool.url + "/launch?x=1",
        "lineItem": {"scoreMaximum": 40, "resourceId": "r", "tag": "t", "label": "ignored"},
        "custom": {"placement": "p-1"},
    }
    activity = both.add(item)
    assert both.client.activities() == {activity: "Informer"}
    column = both.client.gradebook()[0]
    assert (column.label, column.maximum, column.activity_id) == ("Informer", 40, activity)
    both.client.launch(activity, "samia")
    assert both.tool.logins[-1]["target_link_uri"] == both.tool.url + "/launch?x=1"
    assert both.tool.claims[CLAIM + "custom"]["placement"] == "p-1"
    endpoint = both.tool.claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]
    assert endpoint["lineitem"].endswith("/lineitem?type_id=" + both.tool.claims[CLAIM + "deployment_id"])


def test_an_item_without_a_line_item_has_no_column(both: Both) -> None:
    activity = both.add(LINK)
    assert both.client.gradebook() == []
    both.client.launch(activity, "samia")
    assert "lineitem" not in both.tool.claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]


def test_several_items_become_several_activities(both: Both) -> None:
    both.add({**LINK, "title": "A"}, {**LINK, "title": "B"}, {"type": "html", "html": "<b>"})
    assert list(both.client.activities().values()) == ["A", "B"]


def test_an_item_without_an_address_uses_the_tools_own(both: Both) -> None:
    both.client.launch(both.add(LINK), "samia")
    assert both.tool.logins[-1]["target_link_uri"] == both.tool.url + "/launch"


@pytest.mark.parametrize(
    ("shape", "target"), [({"window": {}}, "window"), ({"window": {}, "iframe": {"width": 9}}, "iframe")]
)
def test_a_window_is_a_window_unless_there_is_an_iframe(both: Both, shape: dict[str, Any], target: str) -> None:
    activity = both.add({**LINK, **shape})
    both.client.sign_in("samia")
    both.client.browser.open(f"{both.lms}/activities/{activity}")
    if target == "window":
        both.client.browser.follow("window=1")
    else:
        both.client.browser.enter_frame()
    assert both.tool.claims[CLAIM + "launch_presentation"]["document_target"] == target


def test_an_empty_answer_adds_nothing_and_shows_the_tools_words(both: Both) -> None:
    both.tool.response = {DL + "errormsg": "the tool says no"}
    both.register()
    both.client.open_picker(next(iter(both.memory.tools)))
    page = both.client.browser.press("Add")
    assert "the tool says no" in page.text
    assert both.client.activities() == {}


def test_the_dialogue_ends_on_a_page_that_leads_to_the_course(both: Both) -> None:
    both.register()
    both.tool.items = [LINK]
    both.client.open_picker(next(iter(both.memory.tools)))
    page = both.client.browser.press("Add")
    assert "demo.deep_linking.done" in page.text
    assert both.client.browser.follow("/courses/2").url == f"{both.lms}/courses/2"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "nobody"},
        {"aud": ["http://elsewhere.example"]},
        {"exp": int(time.time()) - 100, "iat": int(time.time()) - 200},
        {"iat": int(time.time()) + 3600, "exp": int(time.time()) + 7200},
        {"nonce": None},
        {CLAIM + "deployment_id": "99"},
        {CLAIM + "version": "1.1"},
        {CLAIM + "message_type": "LtiResourceLinkRequest"},
        {DL + "content_items": "x"},
        {DL + "content_items": [{**LINK, "lineItem": {"scoreMaximum": 0}}]},
        {DL + "data": "invented"},
    ],
)
def test_a_wrong_response_is_refused_by_a_page_and_adds_nothing(both: Both, changes: dict[str, Any]) -> None:
    page = post_response(both, **changes)
    assert page.status == 400
    assert both.client.activities() == {}


def test_a_response_signed_by_another_key_is_refused(both: Both) -> None:
    both.register()
    both.client.open_picker(next(iter(both.memory.tools)))
    back = both.tool.claims[DL + "deep_linking_settings"]["deep_link_return_url"]
    claims = jwt.decode(both.tool.deep_linking_response(), options={"verify_signature": False})
    stranger = rsa.generate_private_key(65537, 2048)
    for key, algorithm, kid in ((stranger, "RS256", "k1"), (stranger, "RS256", "k2"), ("secret" * 8, "HS256", "k1")):
        forged = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})
        assert both.client.browser.post(back, {"JWT": forged}).status == 400
    assert both.client.browser.post(back, {"JWT": "x"}).status == 400
    assert both.client.activities() == {}


def test_a_response_is_taken_once(both: Both) -> None:
    nonce = secrets.token_hex(8)
    assert post_response(both, nonce=nonce).status == 200
    assert post_response(both, nonce=nonce).status == 400
    assert len(both.client.activities()) == 1


def test_a_new_key_of_the_tool_is_fetched(both: Both) -> None:
    both.add(LINK)
    both.tool.key, both.tool.kid = rsa.generate_private_key(65537, 2048), "k2"
    both.add(LINK)
    assert len(both.client.activities()) == 2


def test_a_response_for_another_session_is_refused(both: Both) -> None:
    both.register()
    both.client.open_picker(next(iter(both.memory.tools)))
    back = both.tool.claims[DL + "deep_linking_settings"]["deep_link_return_url"]
    both.client.sign_in("tara")
    assert both.client.browser.post(back, {"JWT": both.tool.deep_linking_response()}).status == 403


def test_opaque_settings_must_come_back() -> None:
    with both_sides(deep_linking_data="opaque") as both:
        assert post_response(both).status == 400
        assert both.tool.claims[DL + "deep_linking_settings"]["data"] == "opaque"
        assert post_response(both, **{DL + "data": "opaque"}).status == 200


def test_a_copy_has_the_same_custom_parameters_and_a_column_of_its_own(both: Both) -> None:
    activity = both.add({**LINK, "custom": {"placement": "p-1"}, "lineItem": {"scoreMaximum": 100}})
    copied = both.client.copy_activity(activity, "3")
    assert copied != activity
    both.client.launch(copied, "samia")
    assert both.tool.claims[CLAIM + "custom"]["placement"] == "p-1"
    assert both.tool.claims[CLAIM + "context"]["id"] == "3"
    assert [column.activity_id for column in both.client.gradebook("3")] == [copied]


def test_a_review_leads_to_the_address_of_the_column(both: Both) -> None:
    review = {"url": both.tool.url + "/launch?review", "custom": {"action": "review"}}
    both.add({**LINK, "lineItem": {"scoreMaximum": 10, "submissionReview": review}})
    column = both.client.gradebook()[0]
    both.client.sign_in("tara")
    both.client.browser.open(f"{both.lms}/columns/{column.id}/review/4/launch")
    claims = both.tool.claims
    assert claims[CLAIM + "message_type"] == "LtiSubmissionReviewRequest"
    assert claims[CLAIM + "target_link_uri"] == review["url"]
    assert claims[CLAIM + "for_user"] == {"user_id": "4"}
    assert claims[CLAIM + "custom"]["action"] == "review"
    assert both.client.browser.open(f"{both.lms}/columns/99/review/4/launch").status == 404


def test_a_response_without_our_cookie_is_posted_once_more_and_then_refused(both: Both) -> None:
    both.register()
    both.tool.items = [LINK]
    both.client.open_picker(next(iter(both.memory.tools)))
    back = both.tool.claims[DL + "deep_linking_settings"]["deep_link_return_url"]
    page = FormBrowser().post(back, {"JWT": both.tool.deep_linking_response()})
    assert page.status == 401
    assert both.client.activities() == {}


@pytest.mark.parametrize("broken", [{"keys": {"keys": []}}, {"keys": [{"kid": "k1"}]}, {}, [], "x"])
def test_a_key_set_that_cannot_be_read_refuses_the_response(both: Both, broken: Any) -> None:
    both.tool.key_set = broken
    assert post_response(both).status == 400
    assert both.client.activities() == {}


def test_a_trainee_who_finds_the_picker_is_kept_out(both: Both) -> None:
    tool = both.register()
    both.client.sign_in("samia")
    assert both.client.browser.open(f"{both.lms}/courses/2/add/{tool.deployment_id}/launch").status == 403


def test_a_held_picker_can_be_answered_by_the_test(both: Both) -> None:
    held = both.client.hold_picker(both.register().deployment_id)
    assert held.parameters["client_id"] == both.tool.client_id
    both.tool.login_fails = True
    with pytest.raises(LookupError, match="did not ask"):
        both.client.hold_picker(next(iter(both.memory.tools)))
