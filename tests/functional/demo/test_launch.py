"""A launch from the small LMS, from the click to the signed message."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import jwt
import pytest
import requests

from lti_tool.demo.lms.messages import sign

from .conftest import Both, both_sides
from .stub_tool import CLAIM, DL


def test_a_trainee_reaches_the_tool_through_login_and_auth(both: Both) -> None:
    activity = both.add()
    page = both.client.launch(activity, "samia")
    assert page.markup.title == "launched"
    claims = both.tool.claims
    assert claims["iss"] == both.lms
    assert claims["sub"] == both.memory.person_named("samia").id
    assert claims[CLAIM + "roles"] == ["https://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]
    assert claims[CLAIM + "resource_link"]["id"] == activity
    assert claims[CLAIM + "context"]["id"] == "2"
    assert claims["exp"] - claims["iat"] == 60


def test_the_login_says_what_moodle_says(both: Both) -> None:
    activity = both.add()
    both.client.launch(activity, "samia")
    login = both.tool.logins[-1]
    assert set(login) == {
        "iss", "target_link_uri", "login_hint", "lti_message_hint", "client_id", "lti_deployment_id",
    }  # fmt: skip
    assert json.loads(login["lti_message_hint"])["cmid"] == int(activity)


@pytest.mark.parametrize(("username", "language"), [("samia", "fr"), ("lina", "en")])
def test_the_locale_is_the_persons_language(both: Both, username: str, language: str) -> None:
    both.client.launch(both.add(), username)
    assert both.tool.claims[CLAIM + "launch_presentation"]["locale"] == language


def test_the_language_switch_changes_the_locale_of_the_next_launch(both: Both) -> None:
    activity = both.add()
    both.client.sign_in("samia")
    both.client.speak("en")
    both.client.launch(activity)
    assert both.tool.claims[CLAIM + "launch_presentation"]["locale"] == "en"


def test_a_window_is_told_to_the_tool(both: Both) -> None:
    both.client.launch(both.add(), "samia", window=True)
    assert both.tool.claims[CLAIM + "launch_presentation"]["document_target"] == "window"


def test_a_message_hint_is_good_once(both: Both) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    assert both.client.browser.open(held.url).markup.title == "launched"
    assert both.client.browser.open(held.url).markup.title == "invalid_request"
    assert both.tool.answers[-1]["state"] == held.parameters["state"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": "login"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"login_hint": "5"}, "access_denied"),
        ({"lti_message_hint": "x"}, "invalid_request"),
        ({"lti_message_hint": '{"launchid": "ltilaunch9_x"}'}, "invalid_request"),
    ],
)
def test_a_wrong_request_is_answered_to_the_tool(both: Both, change: dict[str, str], error: str) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    page = both.client.browser.post(f"{both.lms}/auth", {**held.parameters, **change})
    assert (page.status, page.markup.title) == (400, error)
    assert both.tool.answers[-1]["error_description"]


@pytest.mark.parametrize("change", [{"client_id": "nobody"}, {"redirect_uri": "http://127.0.0.1:1/launch?x"}])
def test_an_unknown_client_or_address_gets_a_page_and_nothing_is_sent_there(both: Both, change: dict[str, str]) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    before = len(both.tool.answers)
    page = both.client.browser.post(f"{both.lms}/auth", {**held.parameters, **change})
    assert page.status == 400
    assert page.url.startswith(both.lms)
    assert len(both.tool.answers) == before


def test_a_redirect_address_that_only_begins_like_the_registered_one_is_refused(both: Both) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    asked = {**held.parameters, "redirect_uri": held.parameters["redirect_uri"] + "?difficulty=easy"}
    assert both.client.browser.post(f"{both.lms}/auth", asked).status == 400


def test_who_is_not_signed_in_is_asked_twice_and_then_denied(both: Both) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    both.client.browser.session.cookies.clear()
    page = both.client.browser.open(held.url)
    assert page.markup.title == "login_required"
    assert [visit.url.split("?")[0] for visit in both.client.browser.history[-3:]].count(f"{both.lms}/auth") == 2


def test_custom_parameters_come_as_moodle_sends_them(both: Both) -> None:
    custom = {
        "placement": "p-1",
        "Mixed.Key": "k",
        "lines": "x\ny",
        "signs": "a=b;c",
        "who": "$User.id",
        "column": "$LineItem.url",
        "end": "$ResourceLink.submission.endDateTime",
    }
    both.client.launch(both.add({"type": "ltiResourceLink", "title": "T", "custom": custom}), "samia")
    found = both.tool.claims[CLAIM + "custom"]
    assert (found["mixed_key"], found["Mixed.Key"]) == ("k", "k")
    assert (found["lines"], found["signs"], found["column"]) == ("x", "a=b;c", "")
    assert found["who"] == both.tool.claims["sub"]
    assert found["end"] == "$ResourceLink.submission.endDateTime"
    assert found["context_memberships_url"].endswith("/memberships")


def test_the_storage_target_is_part_of_the_login() -> None:
    with both_sides(platform_storage=True) as both:
        both.client.launch(both.add(), "samia")
        assert both.tool.logins[-1]["lti_storage_target"] == "_parent"
        both.client.sign_in("samia")
        page = both.client.browser.open(f"{both.lms}/activities/{both.client.newest_activity()}")
        assert "lti.put_data" in page.text


def test_an_instructor_and_an_administrator_have_their_roles(both: Both) -> None:
    activity = both.add()
    both.client.launch(activity, "tara")
    assert both.tool.claims[CLAIM + "roles"] == ["https://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
    both.client.launch(activity, "nadia")
    assert len(both.tool.claims[CLAIM + "roles"]) == 3


def test_a_rotated_key_signs_the_next_launch_and_the_old_one_is_gone(both: Both) -> None:
    activity = both.add()
    before = requests.get(f"{both.lms}/jwks", timeout=10).json()["keys"]
    both.client.rotate_key()
    after = requests.get(f"{both.lms}/jwks", timeout=10).json()["keys"]
    assert [key["kid"] for key in before] != [key["kid"] for key in after]
    assert both.client.launch(activity, "samia").markup.title == "launched"


def test_the_keys_can_be_out_of_order(both: Both) -> None:
    both.client.faults(keys_outage=True)
    assert requests.get(f"{both.lms}/jwks", timeout=10).status_code == 503


def test_a_caller_without_a_name_gets_no_keys(both: Both) -> None:
    parts = urlsplit(both.lms)
    statuses = []
    for headers in ({}, {"User-Agent": "somebody"}):
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
        connection.request("GET", "/jwks", headers=headers)
        statuses.append(connection.getresponse().status)
        connection.close()
    assert statuses == [403, 200]


def test_a_wrong_clock_shows_in_the_message(both: Both) -> None:
    activity = both.add()
    both.client.faults(clock_offset=-600)
    held = both.client.hold_launch(activity, "samia")
    both.client.browser.open(held.url, settle=False)
    token = dict(both.client.browser.page.form().fields)["id_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["exp"] < both.memory.config.clock().timestamp()


def test_a_message_of_the_tests_own_making_reaches_the_tool(both: Both) -> None:
    held = both.client.hold_launch(both.add(), "samia")
    key = both.memory.keys[0]
    token = sign({"iss": both.lms, "aud": both.tool.client_id, CLAIM + "message_type": "x"}, key.private, key.kid)
    assert both.client.answer(held, token).markup.title == "launched"
    assert both.tool.answers[-1]["state"] == held.parameters["state"]


def test_deep_linking_carries_its_settings_and_no_resource_link(both: Both) -> None:
    deployment = both.register().deployment_id
    both.client.open_picker(deployment)
    claims = both.tool.claims
    settings = claims[DL + "deep_linking_settings"]
    assert settings["accept_types"] == ["ltiResourceLink"]
    assert "data" not in settings
    assert CLAIM + "resource_link" not in claims
    assert claims[CLAIM + "launch_presentation"] == {"locale": "fr"}
    assert "lineitem" not in claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]


def test_a_trainee_may_not_open_the_picker(both: Both) -> None:
    deployment = both.register().deployment_id
    both.client.sign_in("samia")
    assert both.client.browser.open(f"{both.lms}/courses/2/add/{deployment}").status == 403


def test_who_is_not_in_a_course_may_not_enter_it(both: Both) -> None:
    activity = both.add(course="3")
    both.client.sign_in("anis")
    assert both.client.browser.open(f"{both.lms}/activities/{activity}").status == 403
    assert both.client.browser.open(f"{both.lms}/courses/3").status == 403
    assert both.client.browser.open(f"{both.lms}/courses/9").status == 404


def test_a_form_without_the_session_key_is_refused(both: Both) -> None:
    both.client.sign_in("nadia")
    page = both.client.browser.post(f"{both.lms}/admin/register", {"address": "http://x.example/"})
    assert page.status == 400


def test_a_visitor_is_sent_to_the_sign_in_page(both: Both) -> None:
    assert both.client.browser.open(f"{both.lms}/courses/2").url.endswith("/sign-in")
