"""Our own keys: made here once, kept in files that nobody else may read, published all, signing with the newest.

A key is one PEM file `<moment made>-<kid>.pem` in the keys folder. Making one happens under a lock on the folder, so
that several processes that start together end with one key. The kid is the key's thumbprint (RFC 7638).
"""

import fcntl
import json
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from lti_tool.errors import Misconfigured

ALGORITHM: Final = "RS256"  # the one that every platform must take (Security Framework 1.0 §5.1.3)
BITS: Final = 3072
SMALLEST: Final = 2048
_FILE_NAME: Final = re.compile(r"(\d{8}T\d{6}\d{6}Z)-([\w-]{43})\.pem", re.ASCII)
_MOMENT: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One private key; `made_at` orders keys."""

    kid: str
    made_at: datetime
    private: rsa.RSAPrivateKey

    def public_jwk(self) -> dict[str, str]:
        """The public half as a platform reads it (RFC 7517)."""
        return _public_jwk(self.private) | {"kid": self.kid, "use": "sig", "alg": ALGORITHM}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """What a listing tells of a key."""

    kid: str
    made_at: datetime
    bits: int
    signs: bool


@dataclass(frozen=True, slots=True)
class Keyring:
    """All our keys, newest first; never empty."""

    keys: tuple[SigningKey, ...]

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The key set that we publish: every key, so that what an older one signed stays verifiable."""
        return {"keys": [key.public_jwk() for key in self.keys]}

    def sign(self, claims: Mapping[str, Any]) -> str:
        """A signed token of these claims by the newest key."""
        newest = self.keys[0]
        return jwt.encode(dict(claims), newest.private, ALGORITHM, headers={"kid": newest.kid})

    def listing(self) -> tuple[KeyLine, ...]:
        """The keys without their secrets, newest first."""
        newest = self.keys[0]
        return tuple(KeyLine(key.kid, key.made_at, key.private.key_size, key is newest) for key in self.keys)


def load_keys(folder: Path, now: datetime) -> Keyring:
    """The keys of the folder, one being made when there is none; Misconfigured when a file must not be used."""
    with _locked(folder):
        if not _files(folder):
            _make_key(folder, now)
        return _read_all(folder)


def rotate(folder: Path, now: datetime) -> Keyring:
    """Adds a key, which signs from the next start of each process on; the older ones stay published."""
    with _locked(folder):
        _make_key(folder, now)
        return _read_all(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time makes or reads keys; the lock goes with the process that holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise Misconfigured("keys.folder_unusable", folder=str(folder), problem=error.strerror or "") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _files(folder: Path) -> list[Path]:
    """Key files, the newest first: their names begin with the moment."""
    return sorted((path for path in folder.iterdir() if _FILE_NAME.fullmatch(path.name)), reverse=True)


def _read_all(folder: Path) -> Keyring:
    return Keyring(tuple(_read_key(path) for path in _files(folder)))


def _make_key(folder: Path, now: datetime) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    unfinished = folder / ".new"
    unfinished.unlink(missing_ok=True)  # left by a process that was ended while it wrote
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pem)
    unfinished.rename(folder / f"{now.astimezone(UTC).strftime(_MOMENT)}-{_thumbprint(private)}.pem")


def _read_key(path: Path) -> SigningKey:
    if path.stat().st_mode & 0o077:
        raise Misconfigured("keys.readable_by_others", file=str(path))
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise Misconfigured("keys.unreadable", file=str(path)) from error
    if not isinstance(private, rsa.RSAPrivateKey) or private.key_size < SMALLEST:
        raise Misconfigured("keys.too_weak", file=str(path))
    made, kid = path.name.removesuffix(".pem").split("-", 1)
    if kid != _thumbprint(private):
        raise Misconfigured("keys.unreadable", file=str(path))
    return SigningKey(kid, datetime.strptime(made, _MOMENT).replace(tzinfo=UTC), private)


def _public_jwk(private: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    return {"e": _base64(numbers.e), "kty": "RSA", "n": _base64(numbers.n)}


def _thumbprint(private: rsa.RSAPrivateKey) -> str:
    canonical = json.dumps(_public_jwk(private), separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(sha256(canonical.encode()).digest()).decode().rstrip("=")


def _base64(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode().rstrip("=")
