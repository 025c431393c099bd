"""Public keys of the platforms, fetched when needed and kept for a while.

One fetch per address and hour in steady state. An unknown kid makes one fetch at once (the platform has rotated its
keys), but not more than one in thirty seconds: invented kids must not turn us into somebody who floods a platform.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import jwt

from lti_tool import clock
from lti_tool.errors import LaunchRefused, Unreachable
from lti_tool.lti.reading import identifier, record
from lti_tool.outbound import Outbound

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
FRESH: Final = timedelta(hours=1)
STALE: Final = timedelta(hours=12)  # how long known keys still count when the platform does not answer
UNKNOWN_KID_PAUSE: Final = timedelta(seconds=30)
FAILURE_PAUSE: Final = timedelta(seconds=5)
SMALLEST_RSA_KEY: Final = 2048  # bits
MOST_KEYS: Final = 100
_CURVES: Final = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}  # RFC 7518 §3.4

Jwk: TypeAlias = Mapping[str, Any]


@dataclass(slots=True)
class _Entry:
    """What is known of one address; its lock lets one thread fetch while the others wait for the outcome."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    keys: dict[str, Jwk] = field(default_factory=dict)
    fetched_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = "launch.keys_unreachable"
    asked_for_unknown_at: datetime | None = None


class Keysets:
    """The key sets of all platforms, shared by all threads of a process."""

    def __init__(self, outbound: Outbound, clock: Callable[[], datetime] = clock.now) -> None:
        self._outbound = outbound
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}

    def key(self, jwks_url: str, kid: str, alg: str, now: datetime) -> jwt.PyJWK:
        """The key to verify with; LaunchRefused when the platform has none such, Unreachable when it does not answer.

        `alg` is the algorithm of the message's header and must be one of ALGORITHMS.
        """
        with self._lock:
            entry = self._entries.setdefault(jwks_url, _Entry())
        with entry.lock:
            found = self._find(entry, jwks_url, kid, now)
        if found is None:
            raise LaunchRefused("launch.key_unknown")
        return _usable(found, alg)

    def _find(self, entry: _Entry, url: str, kid: str, now: datetime) -> Jwk | None:
        if entry.fetched_at is None or now - entry.fetched_at >= FRESH:
            self._refresh(entry, url, now)
        elif kid not in entry.keys and _may_ask_again(entry, now):
            entry.asked_for_unknown_at = now
            self._refresh(entry, url, now)
        return entry.keys.get(kid)

    def _refresh(self, entry: _Entry, url: str, now: datetime) -> None:
        """Fetches; when that fails, keys that are not too old stay good."""
        if entry.failed_at is not None and now - entry.failed_at < FAILURE_PAUSE:
            _use_stale(entry, now)
            return
        try:
            entry.keys = fetch_keys(self._outbound, url)
        except Unreachable as error:
            entry.failed_at, entry.failure = self._clock(), error.key
            _use_stale(entry, now)
            return
        entry.fetched_at, entry.failed_at = self._clock(), None


def fetch_keys(outbound: Outbound, url: str) -> dict[str, Jwk]:
    """The signing keys of an address by kid; Unreachable when there is no key set to be had."""
    try:
        answer = outbound.send("GET", url, headers={"Accept": "application/json"})
    except Unreachable as error:
        raise Unreachable("launch.keys_unreachable") from error
    if answer.status != 200:
        raise Unreachable("launch.keys_unreachable")
    try:
        listed = record(json.loads(answer.body)).get("keys")
    except (ValueError, RecursionError) as error:
        raise Unreachable("launch.keys_unreadable") from error
    if not isinstance(listed, list):
        raise Unreachable("launch.keys_unreadable")
    return {
        str(key["kid"]): key
        for key in map(record, listed[:MOST_KEYS])
        if identifier(key.get("kid")) and key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC")
    }


def _may_ask_again(entry: _Entry, now: datetime) -> bool:
    asked = entry.asked_for_unknown_at
    return asked is None or now - asked >= UNKNOWN_KID_PAUSE


def _use_stale(entry: _Entry, now: datetime) -> None:
    if entry.fetched_at is None or now - entry.fetched_at >= STALE:
        entry.keys = {}
        raise Unreachable(entry.failure)


def _usable(key: Jwk, alg: str) -> jwt.PyJWK:
    """The key for that algorithm; a key that names another, or a short one, is not used (RFC 8725 §3.1, §3.5)."""
    if key.get("alg", alg) != alg or _CURVES.get(alg) != key.get("crv"):
        raise LaunchRefused("launch.algorithm")
    try:
        usable = jwt.PyJWK(dict(key), algorithm=alg)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise LaunchRefused("launch.key_unusable") from error
    if getattr(usable.key, "key_size", 0) < (SMALLEST_RSA_KEY if key["kty"] == "RSA" else 0):
        raise LaunchRefused("launch.key_unusable")
    return usable
