"""Launches with a token or a state that is not what it should be."""

import json
from hashlib import sha256
from hmac import digest
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from lti_forgery import Forgery, attribute, claim, header, posted, without
from lti_world import Coming, base64, ec_key, rsa_key


def raw(head: Any, body: Any = b"{}", signature: bytes = b"x") -> str:
    parts = (part if isinstance(part, bytes) else json.dumps(part).encode() for part in (head, body))
    return ".".join([*map(base64, parts), base64(signature)])


def hmac_with_public_key(launch: Coming) -> None:
    pem = (
        rsa_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    head, body = {"alg": "HS256", "kid": "platform-key"}, json.dumps(launch.claims).encode()
    signing = f"{base64(json.dumps(head).encode())}.{base64(body)}"
    launch.token = f"{signing}.{base64(digest(pem, signing.encode(), sha256))}"


def unsigned(launch: Coming) -> None:
    launch.token = raw({"alg": "none", "kid": "platform-key"}, launch.claims)


def changed_after_signing(launch: Coming) -> None:
    head, _, signature = launch.signed().split(".")
    launch.token = f"{head}.{base64(json.dumps(launch.claims | {'sub': '1'}).encode())}.{signature}"


def signature_cut(launch: Coming) -> None:
    launch.token = launch.signed()[:-22]


def signed_list(launch: Coming) -> None:
    launch.token = jwt.api_jws.encode(b"[1, 2]", rsa_key(), "RS256", headers={"kid": "platform-key"})


def signed_text(launch: Coming) -> None:
    launch.token = jwt.api_jws.encode(b"no json", rsa_key(), "RS256", headers={"kid": "platform-key"})


def signed_depths(launch: Coming) -> None:
    deep = b'{"nonce": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"
    launch.token = jwt.api_jws.encode(deep, rsa_key(), "RS256", headers={"kid": "platform-key"})


def own_key_in_header(launch: Coming) -> None:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key("stranger").public_key()))
    launch.key = rsa_key("stranger")
    launch.header.update(jwk=public)


def own_key_address_in_header(launch: Coming) -> None:
    launch.world.server.on("GET", "/evil", launch.world.server.answers["GET", "/jwks"])
    launch.key, launch.header["kid"] = rsa_key("stranger"), "strange"
    launch.header.update(jku=launch.world.server.url + "/evil")


def elliptic_signature_under_rsa_kid(launch: Coming) -> None:
    launch.key, launch.algorithm = ec_key(), "ES256"


def used_state(launch: Coming) -> None:
    launch.open()


def anothers_state(launch: Coming) -> None:
    launch.login = launch.world.begin(browser="another browser")


def nonce_of_another_login(launch: Coming) -> None:
    launch.claims["nonce"] = launch.world.begin().nonce


FORGED_TOKENS = [
    # the signature
    Forgery("signed with a stranger's key", attribute("key", rsa_key("stranger")), "launch.signature"),
    Forgery("changed after signing", changed_after_signing, "launch.signature"),
    Forgery("with a cut signature", signature_cut, "launch.signature"),
    Forgery("unsigned, alg none", unsigned, "launch.algorithm"),
    Forgery("HMAC keyed with the public key", hmac_with_public_key, "launch.algorithm"),
    Forgery(
        "algorithm as a list", lambda it: setattr(it, "token", raw({"alg": ["RS256"], "kid": "a"})), "launch.algorithm"
    ),
    Forgery("algorithm missing", lambda it: setattr(it, "token", raw({"kid": "platform-key"})), "launch.algorithm"),
    Forgery("algorithm EdDSA", lambda it: setattr(it, "token", raw({"alg": "EdDSA", "kid": "a"})), "launch.algorithm"),
    Forgery("another algorithm than the key's", attribute("algorithm", "RS512"), "launch.algorithm"),
    Forgery("elliptic signature under an RSA kid", elliptic_signature_under_rsa_kid, "launch.algorithm"),
    Forgery("its own key in the header", own_key_in_header, "launch.signature"),
    Forgery("its own key set address in the header", own_key_address_in_header, "launch.key_unknown"),
    Forgery("no kid", lambda it: setattr(it, "header", {}), "launch.no_kid"),
    Forgery("an unknown kid", header(kid="who?"), "launch.key_unknown"),
    Forgery("an empty kid", header(kid=""), "launch.no_kid"),
    Forgery("a kid of 300 characters", header(kid="k" * 300), "launch.no_kid"),
    Forgery(
        "a kid that is a number", lambda it: setattr(it, "token", raw({"alg": "RS256", "kid": 4})), "launch.malformed"
    ),
    Forgery("an unknown critical header", header(crit=["x"], x=1), "launch.malformed"),
    Forgery("a detached payload", header(b64=False, crit=["b64"]), "launch.malformed"),
    # the token's form
    Forgery("no token", posted(id_token=""), "launch.no_token"),
    Forgery("a token in one part", posted(id_token="abc"), "launch.malformed"),
    Forgery("a token in five parts", posted(id_token="a.b.c.d.e"), "launch.malformed"),
    Forgery("a token with blanks", posted(id_token="a b.c.d"), "launch.malformed"),
    Forgery("a token in another alphabet", posted(id_token="ä.ö.ü"), "launch.malformed"),
    Forgery("half a surrogate pair as a token", posted(id_token="\ud800.a.b"), "launch.malformed"),
    Forgery("a token of 10 MB", posted(id_token="a" * 10_000_000), "launch.too_large"),
    Forgery("a header that is no JSON", lambda it: setattr(it, "token", raw(b"{")), "launch.malformed"),
    Forgery("a header that is a list", lambda it: setattr(it, "token", raw([1])), "launch.malformed"),
    Forgery("a header of endless depth", lambda it: setattr(it, "token", raw(b"[" * 20_000)), "launch.malformed"),
    Forgery("a signed list", signed_list, "launch.malformed"),
    Forgery("a signed text", signed_text, "launch.malformed"),
    Forgery("a signed well of brackets", signed_depths, "launch.malformed"),
    # in answer to what
    Forgery("no state", posted(state=""), "launch.no_state"),
    Forgery("an invented state", posted(state="invented.1795449846"), "launch.state_unknown"),
    Forgery("a state that is half a surrogate pair", posted(state="\udfff"), "launch.state_unknown"),
    Forgery("a state of a megabyte", posted(state="s" * 1_000_000), "launch.state_unknown"),
    Forgery("a state that was used", used_state, "launch.replayed"),
    Forgery("the state of another browser", anothers_state, "launch.other_browser"),
    Forgery("another browser's cookie", attribute("browser", "somebody else"), "launch.other_browser"),
    Forgery("the nonce of another login", nonce_of_another_login, "launch.nonce"),
    Forgery("an invented nonce", claim("nonce", "invented"), "launch.nonce"),
    Forgery("no nonce", without("nonce"), "launch.claim_missing"),
    Forgery("a nonce that is a list", lambda it: it.claims.update(nonce=[it.login.nonce]), "launch.nonce"),
]
