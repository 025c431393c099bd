"""Keeps the passwords of LRSs unreadable to whoever holds only the database: sealed with the secret key (Fernet)."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lti_tool.errors import Misconfigured


def seal(secret_key: str, text: str) -> str:
    """The text, sealed; another each time."""
    return _fernet(secret_key).encrypt(text.encode()).decode("ascii")


def unseal(secret_key: str, sealed: str) -> str:
    """The text back; Misconfigured when the secret key is not the one that it was sealed with."""
    try:
        return _fernet(secret_key).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise Misconfigured("settings.secret_changed") from error


def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"pix-lti passwords").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
