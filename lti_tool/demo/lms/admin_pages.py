"""The administrator's pages: tools registered by their own address or by hand, and the switches of faults."""

from dataclasses import asdict, replace
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.faults import answer_switch, require_loopback
from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import SCOPES, LmsConfig
from lti_tool.demo.lms.records import Part, Tool
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import check_sesskey, page, require
from lti_tool.demo.lms.state import Lms, this_lms

admin = Blueprint("admin", __name__, url_prefix="/admin")
admin.before_request(check_sesskey)
switches = Blueprint("switches", __name__, url_prefix="/admin")
_ADDRESSES = ("login_url", "jwks_url", "link_url")


@admin.get("/tools")
def tools() -> ResponseReturnValue:
    """The tools, each with what its own administrator has to copy."""
    require(Part.ADMIN)
    lms = this_lms()
    return page("tools", tools=list(lms.tools.values()), endpoints=endpoints(lms.config))


@admin.get("/tools.json")
def tools_json() -> ResponseReturnValue:
    """The same for a program."""
    require(Part.ADMIN)
    lms = this_lms()
    listed = [
        {
            "name": tool.name,
            "client_id": tool.client_id,
            "deployment_id": tool.id,
            "active": tool.active,
            "scopes": sorted(tool.scopes),
            **endpoints(lms.config),
        }
        for tool in lms.tools.values()
    ]
    return jsonify(listed)


@admin.post("/register")
def register() -> ResponseReturnValue:
    """Opens the tool's registration address in a frame, with our configuration and a token for one registration."""
    require(Part.ADMIN)
    lms = this_lms()
    wanted = _address(request.form.get("address", "").strip())
    _, token = lms.offer_registration()
    query = urlencode({"openid_configuration": addresses.openid_configuration(lms.config), "registration_token": token})
    return page("register", frame=f"{wanted}{'&' if urlsplit(wanted).query else '?'}{query}")


@admin.route("/tools/new", methods=["GET", "POST"])
def by_hand() -> ResponseReturnValue:
    """A tool from a form; it is granted every scope and is active at once."""
    require(Part.ADMIN)
    if request.method == "GET":
        return page("tool_form", endpoints=endpoints(this_lms().config))
    lms = this_lms()
    lms.add_tool(_from_form(lms))
    return redirect(url_for("admin.tools"), code=303)


@admin.post("/tools/<tool_id>/activate")
def activate(tool_id: str) -> ResponseReturnValue:
    """Lets a tool that registered itself be used."""
    require(Part.ADMIN)
    lms = this_lms()
    with lms.lock:
        if tool_id not in lms.tools:
            raise Refused(404, "error.not_found")
        lms.tools[tool_id] = replace(lms.tools[tool_id], active=True)
    return redirect(url_for("admin.tools"), code=303)


@admin.post("/tools/<tool_id>/delete")
def remove(tool_id: str) -> ResponseReturnValue:
    """Forgets a tool; its activities stay and can no longer be opened."""
    require(Part.ADMIN)
    lms = this_lms()
    with lms.lock:
        lms.tools.pop(tool_id, None)
    return redirect(url_for("admin.tools"), code=303)


@switches.route("/faults", methods=["GET", "POST"])
def faults() -> ResponseReturnValue:
    """How this LMS fails, and how it is to fail; loopback only, no sign-in."""
    return answer_switch(this_lms().faults)


@switches.post("/keys/rotate")
def rotate() -> ResponseReturnValue:
    """A new signing key at once, without overlap; loopback only."""
    require_loopback()
    return jsonify(kid=this_lms().rotate_key().kid)


@switches.post("/tokens/forget")
def forget() -> ResponseReturnValue:
    """Ends every access token; loopback only."""
    require_loopback()
    this_lms().forget_tokens()
    return jsonify(asdict(this_lms().faults.now))


def endpoints(config: LmsConfig) -> dict[str, str]:
    """What a tool's administrator copies over."""
    return {
        "issuer": config.public_url,
        "auth_url": addresses.authorization_endpoint(config),
        "token_url": addresses.token_endpoint(config),
        "jwks_url": addresses.key_set(config),
    }


def _from_form(lms: Lms) -> Tool:
    form = {name: value.strip() for name, value in request.form.items()}
    name = form.get("name") or urlsplit(form.get("link_url", "")).netloc
    redirects = tuple(_address(line.strip()) for line in form.get("redirect_uris", "").splitlines() if line.strip())
    login, keys, link = (_address(form.get(field, "")) for field in _ADDRESSES)
    if not redirects:
        raise Refused(400, "error.address", address="")
    client_id, _ = lms.offer_registration()
    picker = form.get("picker_url", "")
    return Tool(
        lms.number(), client_id, name, login, redirects, keys, link, _address(picker) if picker else "",
        scopes=frozenset(SCOPES),
    )  # fmt: skip


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Refused(400, "error.address", address=text)
    return text
