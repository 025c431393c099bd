"""Verifies the signed message of a launch: who signed it, for whom, when, and in answer to which question of ours.

(1EdTech Security Framework 1.0 §5.1.3; OpenID Connect Core §3.1.3.7; RFC 8725.) PyJWT reads the token and checks its
signature; the times are compared here, with the clock and the leeway that the caller gives.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, Final, NoReturn

import jwt

from lti_tool.errors import LaunchRefused
from lti_tool.lti.keysets import ALGORITHMS, Keysets
from lti_tool.lti.reading import identifier

LONGEST_TOKEN: Final = 64 * 1024  # characters; a real message has 2,000 to 8,000
REQUIRED: Final = ("iss", "aud", "exp", "iat", "nonce")
_COMPACT: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must agree with: the platform of the login, its nonce, and the time."""

    issuer: str
    client_id: str
    jwks_url: str
    nonce: str
    begun_at: datetime
    now: datetime
    leeway: int


def verified_claims(token: str | None, expected: Expected, keysets: Keysets) -> Mapping[str, Any]:
    """The claims of a token that may be believed; LaunchRefused otherwise, Unreachable when no keys can be had."""
    if not token:
        raise LaunchRefused("launch.no_token")
    if len(token) > LONGEST_TOKEN:
        raise LaunchRefused("launch.too_large")
    if not _COMPACT.fullmatch(token):
        raise LaunchRefused("launch.malformed", part="id_token")
    kid, alg = _read_header(token)
    key = keysets.key(expected.jwks_url, kid, alg, expected.now)
    claims = _decode(token, key, expected.issuer)
    _check_audience(claims, expected.client_id)
    _check_times(claims, expected)
    if claims["nonce"] != expected.nonce:
        raise LaunchRefused("launch.nonce")
    return claims


def _read_header(token: str) -> tuple[str, str]:
    """The kid and algorithm that the token names; addresses or keys that its header brings along are not looked at."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise LaunchRefused("launch.malformed", part="id_token") from error
    if header.get("alg") not in ALGORITHMS:
        raise LaunchRefused("launch.algorithm")
    kid = identifier(header.get("kid"))
    if kid is None:
        raise LaunchRefused("launch.no_kid")
    return kid, str(header["alg"])


def _decode(token: str, key: jwt.PyJWK, issuer: str) -> Mapping[str, Any]:
    checked_here = dict.fromkeys(("verify_aud", "verify_exp", "verify_iat", "verify_nbf"), False)
    options: Any = {**checked_here, "verify_sub": False, "verify_jti": False, "require": list(REQUIRED)}
    try:
        claims: Mapping[str, Any] = jwt.decode(token, key, algorithms=list(ALGORITHMS), issuer=issuer, options=options)
    except jwt.InvalidSignatureError as error:
        raise LaunchRefused("launch.signature") from error
    except jwt.MissingRequiredClaimError as error:
        raise LaunchRefused("launch.claim_missing", claim=error.claim) from error
    except jwt.InvalidIssuerError as error:
        raise LaunchRefused("launch.wrong_issuer") from error
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise LaunchRefused("launch.malformed", part="id_token") from error
    return claims


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    """For us, and for others too only if we are the authorised party (OpenID Connect Core §3.1.3.7, 3 to 5)."""
    named = claims["aud"]
    audience = named if isinstance(named, list) else [named]
    party = claims.get("azp")
    if client_id not in audience or (party is not None and party != client_id):
        raise LaunchRefused("launch.audience")
    if party is None and any(other != client_id for other in audience):
        raise LaunchRefused("launch.audience")


def _check_times(claims: Mapping[str, Any], expected: Expected) -> None:
    """Not expired, not from the future, made after the login that it answers; give or take the leeway."""
    now = expected.now.timestamp()
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if now >= expires + expected.leeway:
        raise LaunchRefused("launch.token_expired", seconds=_whole(now - expires))
    if issued > now + expected.leeway:
        _refuse_early(issued - now)
    if issued < expected.begun_at.timestamp() - expected.leeway:
        raise LaunchRefused("launch.token_old", seconds=_whole(now - issued))
    if claims.get("nbf") is not None and _moment(claims, "nbf") > now + expected.leeway:
        _refuse_early(_moment(claims, "nbf") - now)


def _refuse_early(ahead: float) -> NoReturn:
    raise LaunchRefused("launch.token_early", seconds=_whole(ahead))


def _moment(claims: Mapping[str, Any], name: str) -> float:
    """A NumericDate (RFC 7519 §2) in seconds; whole or not, never a truth value, never infinite."""
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12 or not isfinite(value):
        raise LaunchRefused("launch.malformed", part=name)
    return float(value)


def _whole(seconds: float) -> int:
    return round(seconds)
