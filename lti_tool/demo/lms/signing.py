"""The keys by which the LMS signs, and its published key set."""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the name under which its public half is published."""

    kid: str
    private: RSAPrivateKey

    def public_jwk(self) -> dict[str, Any]:
        """The public half for a key set (RFC 7517)."""
        jwk: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"kty": jwk["kty"], "alg": "RS256", "use": "sig", "kid": self.kid, "n": jwk["n"], "e": jwk["e"]}


def new_key(kid: str) -> SigningKey:
    """A fresh RSA key of 2048 bits."""
    return SigningKey(kid, generate_private_key(public_exponent=65537, key_size=2048))
