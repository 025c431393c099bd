"""Dynamic registration, the part of the LMS (LTI Dynamic Registration 1.0 §3.5, RFC 7591), with Moodle's demands."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.config import SCOPES
from lti_tool.demo.lms.records import Kind, Tool
from lti_tool.demo.lms.refusals import OAuthRefused
from lti_tool.demo.lms.state import this_lms

registration = Blueprint("registration", __name__)
TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
_NEEDED = ("response_types", "initiate_login_uri", "redirect_uris", "client_name", "jwks_uri")


@registration.post("/register")
def register() -> ResponseReturnValue:
    """Keeps the tool as pending and answers 200 (not 201, as Moodle); a refused request does not use the token up."""
    lms = this_lms()
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    client_id = lms.registering(token)
    if client_id is None:
        raise OAuthRefused(401, "invalid_token", "The registration token is unknown, used or over")
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        raise OAuthRefused(400, "invalid_client_metadata", "The body must be a JSON object")
    tool = _tool(asked, client_id, lms.number())
    if not lms.use_registration(token):
        raise OAuthRefused(401, "invalid_token", "The registration token was used meanwhile")
    lms.add_tool(tool)
    return jsonify(_answer(asked, tool))


def _tool(asked: Mapping[str, Any], client_id: str, deployment_id: str) -> Tool:
    configuration = _checked(asked)
    messages = [message for message in configuration.get("messages", []) if isinstance(message, dict)]
    pickers = [message.get("target_link_uri") for message in messages if message.get("type") == Kind.DEEP_LINKING]
    claims = configuration.get("claims", [])
    custom = configuration.get("custom_parameters") or {}
    return Tool(
        id=deployment_id,
        client_id=client_id,
        name=str(asked["client_name"]),
        login_url=asked["initiate_login_uri"],
        redirect_uris=tuple(asked["redirect_uris"]),
        jwks_url=asked["jwks_uri"],
        link_url=configuration["target_link_uri"],
        picker_url=(pickers[0] or configuration["target_link_uri"]) if pickers else "",
        description=str(configuration.get("description", "")),
        icon_url=str(asked.get("logo_uri", "")),
        custom={str(key): str(value) for key, value in custom.items()},
        scopes=frozenset(str(asked.get("scope", "")).split()) & frozenset(SCOPES),
        shares_names=bool({"name", "given_name", "family_name"} & set(claims)),
        shares_email="email" in claims,
        active=False,
    )


def _checked(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tool configuration of a request that has all that Moodle 4.2.3 asks for."""
    missing = [name for name in _NEEDED if not asked.get(name)]
    if missing:
        raise OAuthRefused(400, "invalid_client_metadata", f"Missing: {', '.join(missing)}")
    if "id_token" not in asked["response_types"]:
        raise OAuthRefused(400, "invalid_client_metadata", "response_types must hold id_token")
    if asked.get("token_endpoint_auth_method") != "private_key_jwt":
        raise OAuthRefused(400, "invalid_client_metadata", "token_endpoint_auth_method must be private_key_jwt")
    if not isinstance(asked["redirect_uris"], list):
        raise OAuthRefused(400, "invalid_redirect_uri", "redirect_uris must be a list")
    configuration = asked.get(TOOL)
    if not isinstance(configuration, dict) or not configuration.get("domain"):
        raise OAuthRefused(400, "invalid_client_metadata", "Missing: the tool configuration with its domain")
    if urlsplit(str(configuration.get("target_link_uri", ""))).netloc != configuration["domain"]:
        raise OAuthRefused(400, "invalid_client_metadata", "target_link_uri is not on the domain")
    return configuration


def _answer(asked: Mapping[str, Any], tool: Tool) -> dict[str, Any]:
    configuration: dict[str, Any] = {
        "version": "1.3.0",
        "deployment_id": tool.id,
        "target_link_uri": tool.link_url,
        "domain": asked[TOOL]["domain"],
        "description": tool.description,
        "messages": [{"type": str(Kind.DEEP_LINKING), "target_link_uri": tool.picker_url}] if tool.picker_url else [],
        # Moodle 4.2.3 shows a value cut at its second "=", though it keeps the whole.
        "custom_parameters": {key: value.split("=", 1)[0] for key, value in tool.custom.items()},
        "claims": ["sub", "iss"]
        + (["name", "family_name", "given_name"] if tool.shares_names else [])
        + (["email"] if tool.shares_email else []),
    }
    return {
        "client_id": tool.client_id,
        "response_types": ["id_token"],
        "jwks_uri": tool.jwks_url,
        "initiate_login_uri": tool.login_url,
        "grant_types": ["client_credentials", "implicit"],
        "redirect_uris": list(tool.redirect_uris),
        "application_type": "web",
        "token_endpoint_auth_method": "private_key_jwt",
        "client_name": tool.name,
        "logo_uri": tool.icon_url,
        "scope": " ".join(scope for scope in SCOPES if scope in tool.scopes),
        TOOL: configuration,
    }
