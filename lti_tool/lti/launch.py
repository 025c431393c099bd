"""The second half of a launch: a signed message comes in, once, in answer to a login of ours, or not at all.

The order is fixed. First everything is verified (state, browser, signature, claims, deployment); then the state is
consumed, in one UPDATE that only one of several simultaneous requests can win; only then may anything else be stored.
A message that does not verify therefore never uses up the state of the person it pretends to be. Verifying may call
the platform for its keys: where a writing transaction keeps others waiting (SQLite), call `verify_launch` in a reading
one and `enter` in a writing one; `open_launch` does both in the session it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session, joinedload

from lti_tool.errors import LaunchRefused
from lti_tool.lti.claims import Claims, check_kind, read_deployment_id, read_launch, read_subject
from lti_tool.lti.id_token import Expected, verified_claims
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.login import begun_at, digest
from lti_tool.lti.message import DeepLinking, Launch
from lti_tool.lti.reading import shown_text
from lti_tool.lti.refusals import LaunchForbidden
from lti_tool.models import Deployment, LoginState

__all__ = ["Arriving", "DeepLinking", "Launch", "Proof", "enter", "open_launch", "verify_launch"]

LONGEST_PLATFORM_WORDS = 200  # characters of another server's words that a page shows


class Proof(StrEnum):
    """What shows that the browser which launches is the one that began the login."""

    COOKIE = "cookie"
    """Its cookie is the one to which the state is bound."""
    STORAGE = "storage"
    """No cookie came; the platform's storage can be asked (LTI Client Side postMessages 1.0)."""
    NONE = "none"
    """No cookie came and there is no storage: the person must say that they wish to continue."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A launch that may enter as soon as its browser is proven."""

    launch: Launch
    proof: Proof
    state: LoginState


def open_launch(
    session: Session,
    keysets: Keysets,
    form: Mapping[str, str],
    *,
    browser: str | None,
    public_url: str,
    now: datetime,
    leeway: int,
) -> Arriving:
    """Verifies a posted launch and consumes its state; LaunchRefused (or Unreachable: no keys to be had) if it may not.

    `form` holds id_token and state, `browser` the value of the browser's cookie (None: none came back), `leeway` the
    seconds by which the platform's clock may differ.
    """
    arriving = verify_launch(session, keysets, form, browser=browser, public_url=public_url, now=now, leeway=leeway)
    enter(session, arriving, now)
    return arriving


def verify_launch(
    session: Session,
    keysets: Keysets,
    form: Mapping[str, str],
    *,
    browser: str | None,
    public_url: str,
    now: datetime,
    leeway: int,
) -> Arriving:
    """All checks of `open_launch`, reading only; nothing has entered before `enter` says so."""
    text = form.get("state") or ""
    try:
        state = _find_state(session, text, now)
        proof = _prove_browser(state, browser)
    except LaunchRefused as refusal:
        if form.get("error"):  # a stranger's form must not put words on our pages
            raise LaunchRefused("launch.platform_refused") from refusal
        raise
    if form.get("error"):
        _refuse_with_platform_words(form)
    platform = state.platform
    expected = Expected(
        platform.issuer, platform.client_id, platform.jwks_url, state.nonce, begun_at(text), now, leeway
    )
    claims = verified_claims(form.get("id_token"), expected, keysets)
    check_kind(claims)
    deployment = _find_deployment(session, claims, state)
    return Arriving(read_launch(claims, deployment, platform.name, public_url), proof, state)


def enter(session: Session, arriving: Arriving, now: datetime) -> None:
    """Consumes the state; LaunchRefused when another request was faster or the time has run out meanwhile."""
    unused = (
        update(LoginState)
        .where(LoginState.state_sha256 == arriving.state.state_sha256)
        .where(LoginState.used_at.is_(None), LoginState.expires_at > now)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(unused)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise LaunchRefused("launch.replayed")


def _find_state(session: Session, text: str, now: datetime) -> LoginState:
    """The login of ours that a form answers: known, not yet used, not yet over."""
    wanted = select(LoginState).where(LoginState.state_sha256 == digest(text))
    state = session.scalars(wanted.options(joinedload(LoginState.platform))).one_or_none()
    if state is None:
        raise LaunchRefused("launch.state_unknown" if text else "launch.no_state")
    if state.used_at is not None:
        raise LaunchRefused("launch.replayed")
    if state.expires_at <= now:
        raise LaunchRefused("launch.expired")
    return state


def _prove_browser(state: LoginState, browser: str | None) -> Proof:
    """Another browser's cookie means that somebody was handed somebody else's way in (login CSRF)."""
    if browser:
        if digest(browser) != state.browser_sha256:
            raise LaunchRefused("launch.other_browser")
        return Proof.COOKIE
    return Proof.STORAGE if state.storage_target else Proof.NONE


def _find_deployment(session: Session, claims: Claims, state: LoginState) -> Deployment:
    read_subject(claims)
    named = read_deployment_id(claims)
    if state.deployment_hint is not None and named != state.deployment_hint:
        raise LaunchRefused("launch.deployment_differs")
    wanted = select(Deployment).where(Deployment.platform_id == state.platform_id, Deployment.deployment_id == named)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise LaunchForbidden("launch.deployment_unknown", deployment=named)
    return found


def _refuse_with_platform_words(form: Mapping[str, str]) -> NoReturn:
    """A platform that refuses posts its reason (OpenID Connect Core §3.1.2.6; Moodle 4.2 does).

    Its words are shown only in answer to an open login of ours, and not where another browser's cookie comes with them.
    """
    code = shown_text(form["error"], LONGEST_PLATFORM_WORDS) or "?"
    words = shown_text(form.get("error_description"), LONGEST_PLATFORM_WORDS) or "—"
    raise LaunchRefused("launch.platform_error", error=code, words=words)
