"""Registering a tool at the small LMS, by its address and by hand."""

from typing import Any

import pytest
import requests

from .conftest import Both
from .stub_tool import DL, EVERYTHING

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"


def asked(both: Both, **changes: Any) -> dict[str, Any]:
    """A registration as a careful tool sends it."""
    domain = both.tool.url.removeprefix("http://")
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": both.tool.url + "/login",
        "redirect_uris": [both.tool.url + "/launch"],
        "client_name": "Stub",
        "jwks_uri": both.tool.url + "/jwks",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": EVERYTHING + " openid",
        TOOL: {
            "domain": domain,
            "description": "A stub",
            "target_link_uri": both.tool.url + "/launch",
            "custom_parameters": {"eq": "a=b=c"},
            "claims": ["iss", "sub"],
            "messages": [{"type": "LtiDeepLinkingRequest", "target_link_uri": both.tool.url + "/launch?pick"}],
        },
        **changes,
    }


def token_of(both: Both) -> str:
    """A registration token as the administrator's page gives it."""
    return both.client.open_registration(both.tool.url + "/register?x=1").query["registration_token"]


def register(both: Both, token: str, body: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{both.lms}/register", json=body, headers=headers, timeout=10)


def test_a_tool_registers_itself_is_activated_and_can_be_launched(both: Both) -> None:
    both.tool.registration = asked(both)
    found = both.client.register_by_address(both.tool.url + "/register?id=7")
    assert found.active
    assert found.client_id == both.tool.client_id
    assert (found.issuer, found.token_url) == (both.lms, both.lms + "/token")
    both.add({"type": "ltiResourceLink", "title": "T"})
    assert both.tool.logins[-1]["target_link_uri"] == both.tool.url + "/launch?pick"
    assert "name" not in both.tool.claims  # not among the claims it asked for
    assert "email" not in both.tool.claims
    assert both.tool.claims["https://purl.imsglobal.org/spec/lti/claim/custom"].get("eq") == "a=b=c"
    assert DL + "deep_linking_settings" in both.tool.claims


def test_the_answer_is_moodles(both: Both) -> None:
    answer = register(both, token_of(both), asked(both))
    assert answer.status_code == 200
    body = answer.json()
    assert body["client_id"]
    assert set(body["scope"].split()) == set(EVERYTHING.split())
    configuration = body[TOOL]
    assert configuration["deployment_id"] in both.memory.tools
    assert configuration["custom_parameters"] == {"eq": "a"}
    assert configuration["messages"][0]["type"] == "LtiDeepLinkingRequest"


def test_a_pending_tool_cannot_be_used(both: Both) -> None:
    register(both, token_of(both), asked(both))
    tool = both.client.tools()[0]
    assert not tool.active
    both.client.sign_in("tara")
    assert both.client.browser.open(f"{both.lms}/courses/2/add/{tool.deployment_id}").status == 404


def test_a_token_is_good_for_one_registration_and_an_hour(both: Both) -> None:
    token = token_of(both)
    assert register(both, token, asked(both)).status_code == 200
    assert register(both, token, asked(both)).status_code == 401
    assert register(both, "invented", asked(both)).status_code == 401
    late = token_of(both)
    both.client.faults(clock_offset=3700)
    assert register(both, late, asked(both)).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"response_types": ["code"]},
        {"initiate_login_uri": ""},
        {"redirect_uris": []},
        {"redirect_uris": "http://x.example"},
        {"client_name": None},
        {"jwks_uri": None},
        {"token_endpoint_auth_method": "client_secret_basic"},
        {TOOL: None},
        {TOOL: {"domain": "elsewhere.example", "target_link_uri": "http://x.example/"}},
    ],
)
def test_a_registration_that_lacks_something_is_refused_and_may_be_tried_again(
    both: Both, changes: dict[str, Any]
) -> None:
    token = token_of(both)
    answer = register(both, token, asked(both, **changes))
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_client_metadata", "invalid_redirect_uri"}
    assert register(both, token, ["x"]).status_code == 400
    assert register(both, token, asked(both)).status_code == 200


def test_the_configuration_names_every_address(both: Both) -> None:
    found = requests.get(f"{both.lms}/.well-known/openid-configuration", timeout=10).json()
    assert found["issuer"] == both.lms
    assert found["registration_endpoint"] == both.lms + "/register"
    platform = found["https://purl.imsglobal.org/spec/lti-platform-configuration"]
    assert platform["product_family_code"] == "moodle"


def test_the_registration_frame_carries_configuration_and_token(both: Both) -> None:
    page = both.client.open_registration(both.tool.url + "/register?x=1")
    assert page.query["x"] == "1"
    assert page.query["openid_configuration"] == both.lms + "/.well-known/openid-configuration"
    assert len(page.query["registration_token"]) > 30


def test_a_tool_that_does_not_register_is_noticed(both: Both) -> None:
    both.tool.registration = {}
    with pytest.raises(LookupError, match="not registered"):
        both.client.register_by_address(both.tool.url + "/register")


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "x"])
def test_an_address_that_is_none_is_refused(both: Both, address: str) -> None:
    both.client.sign_in("nadia")
    both.client.browser.open(both.lms + "/admin/tools")
    assert both.client.browser.press("register", {"address": address}).status == 400


def test_a_tool_by_hand_needs_a_redirect_address(both: Both) -> None:
    both.client.sign_in("nadia")
    both.client.browser.open(both.lms + "/admin/tools/new")
    url = both.tool.url
    page = both.client.browser.press("add", {"login_url": url, "jwks_url": url, "link_url": url})
    assert page.status == 400
    assert both.client.tools() == []


def test_the_page_of_tools_shows_what_to_copy_and_forgets_a_deleted_tool(both: Both) -> None:
    tool = both.register()
    both.client.sign_in("nadia")
    page = both.client.browser.open(both.lms + "/admin/tools")
    for text in (tool.client_id, tool.issuer, tool.auth_url, tool.token_url, tool.jwks_url):
        assert text in page.text
    both.client.browser.press("delete")
    assert both.client.tools() == []


def test_only_the_administrator_sees_the_tools(both: Both) -> None:
    both.client.sign_in("tara")
    assert both.client.browser.open(both.lms + "/admin/tools").status == 403
