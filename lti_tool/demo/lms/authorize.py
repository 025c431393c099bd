"""The second step of a launch: the tool asks, the LMS answers with a signed message.

LTI 1.3 §5.1.1.2 to §5.1.1.4, OpenID Connect Core §3.2.2.
"""

import json
from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.activity_pages import launch_of
from lti_tool.demo.lms.messages import id_token_claims, sign
from lti_tool.demo.lms.records import Pending, Tool
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import page, sesskey, signed_in
from lti_tool.demo.lms.state import Lms, this_lms

authorize = Blueprint("authorize", __name__)
_NEEDED = ("scope", "response_type", "login_hint", "lti_message_hint", "nonce")


class _Denied(Exception):
    """A request that is answered to the tool by an OAuth error."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error, self.description = error, description


@authorize.route("/auth", methods=["GET", "POST"])
def auth() -> ResponseReturnValue:
    """Answers with a form that posts `id_token`, or `error`, to the redirect address.

    An unknown client, or an address that is not letter by letter one of its registered ones, gets a page instead.
    """
    asked = request.values
    lms = this_lms()
    tool = lms.tool_of(asked.get("client_id", ""))
    if tool is None:
        raise Refused(400, "error.client")
    if asked.get("redirect_uri") not in tool.redirect_uris:
        raise Refused(400, "error.redirect", uri=asked.get("redirect_uri", ""))
    if signed_in() is None and "repost" not in asked:
        # Our cookie is Lax: the request that another site began in a frame did not bring it, one that we begin does.
        return page("post", action="/auth", fields={**asked.to_dict(), "repost": "1"})
    try:
        answer = {"id_token": _message(lms, tool, asked)}
    except _Denied as denied:
        answer = {"error": denied.error, "error_description": denied.description}
    state = {"state": asked["state"]} if "state" in asked else {}
    return page("post", action=asked["redirect_uri"], fields={**answer, **state})


def _message(lms: Lms, tool: Tool, asked: Mapping[str, str]) -> str:
    _check_request(asked)
    pending = _take(lms, tool, asked)
    claims = id_token_claims(lms.config, launch_of(lms, pending, sesskey()), nonce=asked["nonce"], now=lms.now())
    key = lms.keys[0]
    return sign(claims, key.private, key.kid)


def _check_request(asked: Mapping[str, str]) -> None:
    missing = [name for name in _NEEDED if not asked.get(name)]
    if missing:
        raise _Denied("invalid_request", f"Missing: {', '.join(missing)}")
    if asked["scope"] != "openid":
        raise _Denied("invalid_scope", "The scope must be openid")
    if asked["response_type"] != "id_token":
        raise _Denied("unsupported_response_type", "The response type must be id_token")
    if asked.get("response_mode") != "form_post":
        raise _Denied("invalid_request", "Invalid response_mode")
    if asked.get("prompt") not in {None, "", "none"}:
        raise _Denied("invalid_request", "Invalid prompt")


def _take(lms: Lms, tool: Tool, asked: Mapping[str, str]) -> Pending:
    """The launch that the hint names; it can be taken once, by the person and tool that began it."""
    person = signed_in()
    if person is None:
        raise _Denied("login_required", "Nobody is signed in")
    if asked["login_hint"] != person.id:
        raise _Denied("access_denied", "The login hint names somebody else")
    try:
        launch_id = str(json.loads(asked["lti_message_hint"])["launchid"])
    except (ValueError, KeyError, TypeError) as error:
        raise _Denied("invalid_request", "The message hint names no launch") from error
    pending = lms.take_launch(launch_id)
    if pending is None or pending.tool_id != tool.id or pending.person_id != person.id:
        raise _Denied("invalid_request", "The launch is unknown or was used before")
    return pending
