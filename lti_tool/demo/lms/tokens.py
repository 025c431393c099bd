"""Service tokens for tools that prove themselves by a signed assertion (1EdTech Security Framework §4, RFC 7523)."""

from datetime import timedelta
from typing import Any

import jwt
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.faults import suffer
from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.assertions import BadSignature, read_signed, seen_before
from lti_tool.demo.lms.records import Tool
from lti_tool.demo.lms.refusals import OAuthRefused
from lti_tool.demo.lms.state import Lms, this_lms

tokens = Blueprint("tokens", __name__)
suffer(tokens, lambda: this_lms().faults)
_LIFETIME = timedelta(hours=1)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@tokens.post("/token")
def token() -> ResponseReturnValue:
    """A token for those of the scopes asked that the tool was granted; 400 invalid_scope when there are none."""
    lms = this_lms()
    if request.form.get("grant_type") != "client_credentials":
        raise OAuthRefused(400, "unsupported_grant_type", "The grant type must be client_credentials")
    if request.form.get("client_assertion_type") != _ASSERTION_TYPE or not request.form.get("client_assertion"):
        raise OAuthRefused(400, "invalid_request", "A client assertion is needed")
    tool = _prove(lms, request.form["client_assertion"])
    granted = frozenset(request.form.get("scope", "").split()) & tool.scopes
    if not granted:
        raise OAuthRefused(400, "invalid_scope", "None of the scopes is granted to this tool")
    answer = jsonify(
        access_token=lms.issue_token(tool, granted, _LIFETIME),
        token_type="Bearer",
        expires_in=int(_LIFETIME.total_seconds()),
        scope=" ".join(sorted(granted)),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _prove(lms: Lms, assertion: str) -> Tool:
    """The tool that signed the assertion: iss and sub its client id, aud our token address, jti never used."""
    try:
        unproved: dict[str, Any] = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise OAuthRefused(400, "invalid_request", "The assertion cannot be read") from error
    tool = lms.tool_of(str(unproved.get("sub", "")))
    if tool is None:
        raise OAuthRefused(401, "invalid_client", "The subject of the assertion is no active client")
    try:
        claims = read_signed(lms, tool, assertion, addresses.token_endpoint(lms.config))
    except BadSignature as error:
        raise OAuthRefused(401, "invalid_client", str(error)) from error
    if seen_before(lms, tool, "jti", claims):
        raise OAuthRefused(401, "invalid_client", "The jti is missing or was used before")
    return tool
