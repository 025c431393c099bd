"""Whatever is posted to the login and launch addresses, the answer is a redirect, a launch or a refusal."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lti_tool.errors import LaunchRefused
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.launch import open_launch
from lti_tool.lti.login import begin_login, digest
from lti_tool.lti.platforms import add_platform
from lti_tool.models import Base, Database, Institution, LoginState, open_database
from lti_tool.outbound import Outbound

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
OURS = "https://tests.example.org"
LAUNCH = OURS + "/lti/launch"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
JWK = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "k"}
LOGIN = {"iss": "https://lms.example", "client_id": "c", "login_hint": "4", "target_link_uri": LAUNCH}


class _KeySet(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"keys": [JWK]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's signature
        pass


@pytest.fixture(scope="module")
def key_set() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _KeySet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/jwks"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, key_set: str) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("lti")
    opened = open_database(f"sqlite:///{folder / 'forms.sqlite3'}")
    Base.metadata.create_all(opened.engine)
    with opened.transaction() as session:
        institution = Institution(name="I", created_at=NOW)
        session.add(institution)
        session.flush()
        urls = ("https://lms.example/auth", "https://lms.example/token", key_set)
        add_platform(session, institution, "P", "https://lms.example", "c", *urls, "2", NOW)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def keysets(database: Database) -> Keysets:
    return Keysets(Outbound(allow_private=True, timeout=2), lambda: NOW)


TEXTS = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["", "\0", "\ud800", LAUNCH, "c", "_parent", "y" * 9000]
)
ONCE = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _states(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(LoginState)) or 0


@ONCE
@given(
    st.dictionaries(
        st.sampled_from([*LOGIN, "lti_message_hint", "lti_deployment_id", "lti_storage_target", "x"]), TEXTS
    )
)
def test_any_login_form_is_a_redirect_to_the_platform_or_a_refusal(database: Database, changes: dict[str, str]) -> None:
    before = _states(database)
    try:
        with database.transaction() as session:
            login = begin_login(
                session, LOGIN | changes, browser="b", redirect_uri=LAUNCH, public_url=OURS, now=NOW, minutes=10
            )
    except LaunchRefused:
        assert _states(database) == before
        return
    assert login.url.startswith("https://lms.example/auth?scope=openid&")
    assert login.url.isascii()
    assert _states(database) == before + 1


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@ONCE
@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "sub", "jti"]), JSON, max_size=3
    ),
    st.dictionaries(st.sampled_from(["id_token", "state", "error", "error_description", "x"]), TEXTS, max_size=2),
    st.dictionaries(st.sampled_from(["typ", "cty", "jwk", "x5u"]), JSON, max_size=2),
    st.none() | TEXTS,
)
def test_any_launch_form_is_a_launch_or_a_refusal_that_stores_nothing(
    database: Database, keysets: Keysets, claims: dict[str, Any], fields: dict[str, str],
    header: dict[str, Any], browser: str | None,
) -> None:  # fmt: skip
    with database.transaction() as session:
        login = begin_login(session, LOGIN, browser="b", redirect_uri=LAUNCH, public_url=OURS, now=NOW, minutes=10)
    issued = int(NOW.timestamp())
    said = {
        "iss": "https://lms.example", "aud": "c", "sub": "4", "iat": issued, "exp": issued + 60, "nonce": login.nonce,
        lti.VERSION_CLAIM: "1.3.0", lti.MESSAGE_TYPE: lti.RESOURCE_LAUNCH, lti.DEPLOYMENT_ID: "2",
        lti.TARGET_LINK_URI: LAUNCH, lti.RESOURCE_LINK: {"id": "1"},
    } | claims  # fmt: skip
    token = jwt.api_jws.encode(json.dumps(said).encode(), KEY, "RS256", headers=header | {"kid": "k"})
    form = {"state": login.state, "id_token": token} | fields
    try:
        with database.transaction() as session:
            launch = open_launch(session, keysets, form, browser=browser, public_url=OURS, now=NOW, leeway=60).launch
    except LaunchRefused:
        with database.reading() as session:
            assert session.get_one(LoginState, digest(login.state)).used_at is None
        return
    assert launch.subject == said["sub"]
