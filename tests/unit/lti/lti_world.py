"""A platform on loopback, a database on disk, and the ways in: what the tests of the LTI room share."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from sqlalchemy import func, select

from lti_tool.lti import vocabulary as lti
from lti_tool.lti.keys import Keyring, load_keys
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.launch import Arriving, open_launch
from lti_tool.lti.login import LoginRedirect, begin_login
from lti_tool.models import Base, Database, Deployment, Institution, Platform, open_database
from lti_tool.outbound import Outbound

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
PUBLIC_URL = "https://tests.example.org"
LAUNCH_URL = PUBLIC_URL + "/lti/launch"
BROWSER = "the-secret-of-one-browser-0123456789"
SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Asked:
    """One request that the platform got."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass(frozen=True)
class Said:
    """One answer of the platform."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answering = Callable[[Asked], Said]


class PlatformServer:
    """Answers as told, by method and path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answering] = {}
        self.asked: list[Asked] = []
        owner = self

        class _Requests(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                split = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked = Asked(self.command, split.path, parse_qs(split.query), self.headers, body)
                owner.asked.append(asked)
                said = owner.answers.get((self.command, split.path), lambda _asked: Said(404))(asked)
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.bytes())))
                self.end_headers()
                self.wfile.write(said.bytes())

            do_GET = do_POST = _answer  # noqa: N815 the names that http.server calls

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's signature
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Requests)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def on(self, method: str, path: str, answer: Said | Answering) -> None:
        self.answers[method, path] = answer if callable(answer) else lambda _asked: answer

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)


@lru_cache
def rsa_key(name: str = "platform", bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key for each name, made once for all tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@lru_cache
def ec_key(curve: str = "P-256") -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key({"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}[curve])


def jwk_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, kid: str, **more: str) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid, **more}


@dataclass
class World:
    """The rows of one registered platform, and everything that a launch needs."""

    server: PlatformServer
    database: Database
    outbound: Outbound
    keysets: Keysets
    keyring: Keyring
    platform: Platform
    institution: Institution
    deployment: Deployment
    jwks: list[dict[str, Any]]

    def begin(self, *, browser: str = BROWSER, now: datetime = NOW, minutes: int = 10, **changes: str) -> LoginRedirect:
        form = self.login_form() | changes
        with self.database.transaction() as session:
            return begin_login(
                session, form, browser=browser, redirect_uri=LAUNCH_URL, public_url=PUBLIC_URL, now=now, minutes=minutes
            )

    def login_form(self) -> dict[str, str]:
        return {
            "iss": self.platform.issuer,
            "client_id": self.platform.client_id,
            "login_hint": "4",
            "lti_message_hint": '{"cmid":11,"launchid":"x"}',
            "target_link_uri": LAUNCH_URL,
            "lti_deployment_id": "2",
        }

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.database.reading() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }


@dataclass
class Coming:
    """A launch about to come in; a test changes what it likes before `open`."""

    world: World
    login: LoginRedirect
    claims: dict[str, Any]
    header: dict[str, Any]
    key: Any
    algorithm: str = "RS256"
    browser: str | None = BROWSER
    now: datetime = NOW
    leeway: int = 60
    public_url: str = PUBLIC_URL
    token: str | None = None
    form: dict[str, str] = field(default_factory=dict)

    def signed(self) -> str:
        if self.token is not None:
            return self.token
        payload = json.dumps(self.claims).encode()  # the claims may be what no library would sign
        return jwt.api_jws.encode(payload, self.key, self.algorithm, headers=self.header)

    def posted(self) -> dict[str, str]:
        return {"id_token": self.signed(), "state": self.login.state} | self.form

    def open(self) -> Arriving:
        with self.world.database.transaction() as session:
            return open_launch(
                session, self.world.keysets, self.posted(),
                browser=self.browser, public_url=self.public_url, now=self.now, leeway=self.leeway,
            )  # fmt: skip


def coming(world: World, kind: str = "learner", login: LoginRedirect | None = None) -> Coming:
    """A good launch, like Moodle's: `learner`, `instructor` or `deep_linking`."""
    login = login or world.begin()
    claims: dict[str, Any] = json.loads((SAMPLES / f"{kind}.json").read_text("utf-8"))
    issued = int(NOW.timestamp())
    claims |= {"iss": world.platform.issuer, "aud": world.platform.client_id, "nonce": login.nonce}
    claims |= {"iat": issued, "exp": issued + 60, lti.TARGET_LINK_URI: LAUNCH_URL}
    return Coming(world, login, claims, {"kid": "platform-key"}, rsa_key())


@contextmanager
def open_world(folder: Path, server: PlatformServer) -> Iterator[World]:
    database = open_database(f"sqlite:///{folder / 'test.sqlite3'}")
    Base.metadata.create_all(database.engine)
    outbound = Outbound(allow_private=True, timeout=2)
    institution = Institution(name="Lycée", created_at=NOW)
    platform = Platform(
        name="Moodle", issuer="https://lms.example.org", client_id="client-1", auth_url=server.url + "/auth?from=tool",
        token_url=server.url + "/token", jwks_url=server.url + "/jwks", product_family="moodle", created_at=NOW,
    )  # fmt: skip
    with database.transaction() as session:
        session.add_all([institution, platform])
        session.flush()
        deployment = Deployment(
            platform_id=platform.id, deployment_id="2", institution_id=institution.id, created_at=NOW
        )
        session.add(deployment)
    jwks = [jwk_of(rsa_key(), "platform-key", alg="RS256", use="sig")]
    server.on("GET", "/jwks", lambda _asked: Said(body={"keys": jwks}))
    server.on("POST", "/token", Said(body={"access_token": "opened", "token_type": "Bearer", "expires_in": 3600}))
    keysets = Keysets(outbound, lambda: NOW)
    try:
        yield World(
            server, database, outbound, keysets, our_keys(folder.parent), platform, institution, deployment, jwks
        )
    finally:
        database.engine.dispose()


@lru_cache
def our_keys(folder: Path) -> Keyring:
    """Our own keys, made once: a key of 3072 bits takes a while."""
    return load_keys(folder / "our-keys", NOW)


def base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)
