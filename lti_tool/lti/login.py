"""The first half of a launch: the platform announces somebody, and we send the browser back for a signed message.

(1EdTech Security Framework 1.0 §5.1.1, LTI 1.3 §5.1, OAuth "LTI Platform Storage" 1.0.)
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from lti_tool.errors import LaunchRefused
from lti_tool.lti.reading import identifier, origin, web_address
from lti_tool.models import LoginState, Platform

LONGEST_HINT: Final = 8192  # characters; a platform may put a whole signed message into its hint


@dataclass(frozen=True, slots=True)
class LoginRedirect:
    """Where the browser goes next, and what a page needs that keeps the state in the platform's storage.

    `storage_target` names the frame to ask (None: the platform offers no storage), `platform_origin` is the only
    origin that may answer there, `stored` what is laid there: a secret of this login alone, never the cookie's.
    """

    url: str
    state: str
    nonce: str
    storage_target: str | None
    platform_origin: str
    stored: str


def begin_login(
    session: Session,
    form: Mapping[str, str],
    *,
    browser: str,
    redirect_uri: str,
    public_url: str,
    now: datetime,
    minutes: int,
) -> LoginRedirect:
    """Stores the state of a new login and returns where to send the browser; LaunchRefused when it must not begin.

    `form` holds the fields of a GET or POST of the login address; `browser` is the value of the browser's cookie.
    """
    target = require_ours(form.get("target_link_uri"), public_url)
    hints = _hints(form)
    platform = _find_platform(session, form)
    state, nonce, stored = new_state(now), secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    begun = LoginState(
        state_sha256=digest(state),
        platform_id=platform.id,
        nonce=nonce,
        browser_sha256=digest(browser),
        stored_sha256=digest(stored),
        target_link_uri=target,
        deployment_hint=_optional_id(form, "lti_deployment_id"),
        storage_target=_optional_id(form, "lti_storage_target"),
        expires_at=now + timedelta(minutes=minutes),
    )
    session.add(begun)
    url = _with_query(platform.auth_url, _question(platform, redirect_uri, state, nonce) | hints)
    return LoginRedirect(url, state, nonce, begun.storage_target, origin(platform.auth_url) or "", stored)


def drop_expired(session: Session, now: datetime) -> int:
    """Deletes the states that no launch can use any more; returns how many there were."""
    result = session.execute(delete(LoginState).where(LoginState.expires_at < now))
    return result.rowcount if isinstance(result, CursorResult) else 0


def digest(secret: str) -> str:
    """SHA-256 in hexadecimal: what is stored of a state or a browser's cookie."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def new_state(now: datetime) -> str:
    """An unguessable state that tells when it was made; it cannot be back-dated, since only its digest is known."""
    return f"{secrets.token_urlsafe(32)}.{int(now.timestamp())}"


def begun_at(state: str) -> datetime:
    """When a state of ours was made, to the second."""
    return datetime.fromtimestamp(int(state.rpartition(".")[2]), UTC)


def require_ours(target_link_uri: object, public_url: str) -> str:
    """The target link if it leads to us; a foreign one would make us an open door to elsewhere."""
    address = web_address(target_link_uri)
    if address is None or origin(address) != origin(public_url):
        raise LaunchRefused("launch.foreign_target")
    return address


def _hints(form: Mapping[str, str]) -> dict[str, str]:
    """The platform's two opaque hints, which go back as they came (LTI 1.3 §4.1.1)."""
    if not form.get("login_hint"):
        raise LaunchRefused("launch.login_incomplete", field="login_hint")
    hints = {name: form[name] for name in ("login_hint", "lti_message_hint") if form.get(name)}
    for name, value in hints.items():
        if len(value) > LONGEST_HINT:
            raise LaunchRefused("launch.malformed", part=name)
    return {name: value.encode(errors="replace").decode() for name, value in hints.items()}


def _find_platform(session: Session, form: Mapping[str, str]) -> Platform:
    """The one registered platform of the issuer (and client id when named)."""
    for name in ("iss", "client_id"):
        if form.get(name) and identifier(form[name]) is None:
            raise LaunchRefused("launch.malformed", part=name)
    if not form.get("iss"):
        raise LaunchRefused("launch.login_incomplete", field="iss")
    wanted = select(Platform).where(Platform.issuer == form["iss"])
    if form.get("client_id"):
        wanted = wanted.where(Platform.client_id == form["client_id"])
    found = session.scalars(wanted.limit(2)).all()
    if not found:
        raise LaunchRefused("launch.platform_unknown")
    if len(found) > 1:
        raise LaunchRefused("launch.client_id_needed")
    return found[0]


def _optional_id(form: Mapping[str, str], name: str) -> str | None:
    if not form.get(name):
        return None
    value = identifier(form[name])
    if value is None:
        raise LaunchRefused("launch.malformed", part=name)
    return value


def _question(platform: Platform, redirect_uri: str, state: str, nonce: str) -> dict[str, str]:
    """The authentication request (1EdTech Security Framework 1.0 §5.1.1.2)."""
    return {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": nonce,
    }


def _with_query(address: str, fields: Mapping[str, str]) -> str:
    return address + ("&" if "?" in address else "?") + urlencode(fields)
