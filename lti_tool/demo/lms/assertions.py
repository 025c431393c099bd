"""Checks what a tool signed: its key set is fetched from the registered address, and again on an unknown key."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt
import requests

from lti_tool.demo.lms.records import Tool
from lti_tool.demo.lms.state import Lms

_LEEWAY = 60  # seconds


class BadSignature(Exception):
    """What the tool sent is not signed by it, or not for us, or over; the text says which."""


def read_signed(lms: Lms, tool: Tool, token: str, audience: str) -> dict[str, Any]:
    """The claims of a token that this tool signed for `audience`; RS256 only, with iss, aud, exp and iat."""
    try:
        key = _key(lms, tool, str(jwt.get_unverified_header(token).get("kid", "")))
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=audience,
            issuer=tool.client_id,
            # Our own clock, which a fault may have moved, decides about the times below.
            options={"require": ["iss", "aud", "exp", "iat"], "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, requests.RequestException) as error:
        raise BadSignature(f"{type(error).__name__}: {error}") from error
    _check_times(lms.now(), claims)
    return claims


def seen_before(lms: Lms, tool: Tool, kind: str, claims: Mapping[str, Any]) -> bool:
    """Whether the `kind` (jti, nonce) of these claims was used by the tool before; an absent one counts as used."""
    once = claims.get(kind)
    until = datetime.fromtimestamp(claims["exp"] + _LEEWAY, UTC)
    return not isinstance(once, str) or not once or not lms.first_time(f"{kind}:{tool.id}:{once}", until)


def _check_times(now: datetime, claims: Mapping[str, Any]) -> None:
    exp, iat, moment = claims["exp"], claims["iat"], now.timestamp()
    if not isinstance(exp, int | float) or not isinstance(iat, int | float):
        raise BadSignature("exp and iat must be numbers")
    if exp + _LEEWAY < moment:
        raise BadSignature("the token has expired")
    if iat - _LEEWAY > moment:
        raise BadSignature("the token was issued in the future")


def _key(lms: Lms, tool: Tool, kid: str) -> jwt.PyJWK:
    cached = lms.tool_keys.get(tool.jwks_url, {})
    if kid not in cached:
        cached = _fetch(tool.jwks_url, lms.config.ca_bundle)
        lms.tool_keys[tool.jwks_url] = cached
    if kid not in cached:
        raise BadSignature(f"the key set of the tool has no key {kid!r}")
    return cached[kid]


def _fetch(url: str, ca_bundle: str | None) -> Mapping[str, jwt.PyJWK]:
    """The keys of a set by their id. A key without `kty` makes the whole set unusable, as in Moodle 4.2.3."""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(url, timeout=5, verify=ca_bundle or True, allow_redirects=False)
    answer.raise_for_status()
    try:
        keys = answer.json()["keys"]
        return {key["kid"]: jwt.PyJWK(key, "RS256") for key in keys if key.get("kty", "RSA") == "RSA"}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSignature(f"the key set of the tool cannot be read: {error}") from error
