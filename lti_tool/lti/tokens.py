"""Access tokens for a platform's services: asked for with a signed assertion, kept until shortly before they expire.

(1EdTech Security Framework 1.0 §4.1; RFC 7523.)
"""

import json
import threading
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from lti_tool.errors import Unreachable
from lti_tool.lti.keys import Keyring
from lti_tool.lti.reading import identifier, record, shown_text
from lti_tool.lti.refusals import TokenRefused
from lti_tool.models import Platform
from lti_tool.outbound import Answer, Outbound

ASSERTION_SECONDS: Final = 60
EARLY: Final = timedelta(seconds=60)  # a token is renewed so long before its end
LONGEST: Final = 24 * 3600  # seconds; a platform that promises more is not believed
USUAL: Final = 300  # seconds, where a platform does not say (RFC 6749 §5.1 only recommends expires_in)
LONGEST_WORDS: Final = 300
LONGEST_TOKEN: Final = 16 * 1024

_Wanted = tuple[UUID, frozenset[str]]


class AccessTokens:
    """The tokens of all platforms, by platform and scopes, shared by all threads of a process."""

    def __init__(self, outbound: Outbound, keyring: Keyring) -> None:
        self._outbound = outbound
        self._keyring = keyring
        self._lock = threading.Lock()
        self._kept: dict[_Wanted, tuple[str, datetime]] = {}

    def get(self, platform: Platform, scopes: tuple[str, ...], now: datetime) -> str:
        """A token for these scopes; TokenRefused when the platform gives none, Unreachable when it does not answer."""
        wanted = (platform.id, frozenset(scopes))
        with self._lock:
            token, until = self._kept.get(wanted, ("", now))
        if now < until:
            return token
        token, seconds = self._ask(platform, scopes, now)
        with self._lock:
            self._kept[wanted] = (token, now + timedelta(seconds=seconds) - EARLY)
        return token

    def forget(self, platform: Platform, scopes: tuple[str, ...]) -> None:
        """Drops a token that a service did not accept."""
        with self._lock:
            self._kept.pop((platform.id, frozenset(scopes)), None)

    def _ask(self, platform: Platform, scopes: tuple[str, ...], now: datetime) -> tuple[str, float]:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": _assertion(self._keyring, platform, now),
            "scope": " ".join(scopes),
        }
        try:
            answer = self._outbound.send("POST", platform.token_url, headers={"Accept": "application/json"}, body=form)
        except Unreachable as error:
            raise Unreachable("services.token_unreachable", platform=platform.name) from error
        return _read_token(answer, platform)


def words_of(answer: Answer) -> str:
    """What another server said, for a person to read, at most 300 characters."""
    return shown_text(answer.body[: LONGEST_WORDS * 8].decode(errors="replace"), LONGEST_WORDS) or ""


def _assertion(keyring: Keyring, platform: Platform, now: datetime) -> str:
    issued = int(now.timestamp())
    return keyring.sign(
        {
            "iss": platform.client_id,
            "sub": platform.client_id,
            "aud": platform.token_url,
            "iat": issued,
            "exp": issued + ASSERTION_SECONDS,
            "jti": str(uuid4()),
        }
    )


def _read_token(answer: Answer, platform: Platform) -> tuple[str, float]:
    """The token and how many seconds it lasts (RFC 6749 §5.1)."""
    if answer.status == 429 or answer.status >= 500:
        raise Unreachable("services.token_unreachable", platform=platform.name)
    if answer.status not in {200, 201}:
        raise TokenRefused(
            "services.token_refused", platform=platform.name, status=answer.status, words=words_of(answer)
        )
    try:
        said = record(json.loads(answer.body))
    except (ValueError, RecursionError):
        said = {}
    token = identifier(said.get("access_token"), LONGEST_TOKEN)
    if token is None or not token.isascii():
        raise Unreachable("services.token_unreadable", platform=platform.name)
    return token, _seconds(said.get("expires_in"))


def _seconds(value: object) -> float:
    """Some platforms write the seconds as a text."""
    try:
        return min(max(float(str(value)), 0.0), LONGEST) if value is not None else USUAL
    except ValueError:
        return USUAL
