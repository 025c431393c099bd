"""Every route says for whom it is, and what is posted by a visitor carries a ticket of their session."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lti_tool import clock
from lti_tool.app import create_app, wire
from lti_tool.models import Base, BrowserSession, Deployment, Institution, Person, Platform
from lti_tool.settings import load_settings
from lti_tool.views.browser import browser_cookie, session_cookie, sha256
from lti_tool.views.guards import Audience
from lti_tool.views.parts import Parts

_BROWSER = "b" * 43
_SECRET = "the-secret-of-the-session-of-these-tests"
_WITHOUT_SESSION = {Audience.ANYONE, Audience.BEARER}
_POSTED_BY_ANYONE = {"launches.login", "launches.launch", "launches.proceed", "registration.confirmed"}
_VALUES = {"UUIDConverter": str(uuid4()), "UnicodeConverter": "x", "PathConverter": "x"}


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule, with an address that it matches."""

    endpoint: str
    method: str
    address: str
    audience: Audience | None


@dataclass
class Door:
    """The application with one live session, known to a browser by its cookie."""

    app: Flask
    client: FlaskClient
    ticket: str
    routes: tuple[Route, ...]

    def visitors(self, method: str) -> list[Route]:
        """The routes of that method which need a session."""
        return [one for one in self.routes if one.method == method and one.audience not in {None, *_WITHOUT_SESSION}]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("door")
    parts = wire(load_settings(public_url="http://localhost:8000", secret_key="s" * 40, log_level="error",
                               instance_dir=folder, keys_dir=folder / "keys", database_url=""))  # fmt: skip
    Base.metadata.create_all(parts.database.engine)
    app = create_app(parts)
    client = app.test_client()
    client.set_cookie(browser_cookie(parts.settings), _BROWSER)
    client.set_cookie(session_cookie(parts.settings), _SECRET)
    yield Door(app, client, parts.signer.dumps(_open_session(parts)), tuple(_routes(app)))
    parts.database.engine.dispose()


def _open_session(parts: Parts) -> str:
    now = clock.now()
    with parts.database.transaction() as session:
        institution = Institution(name="I", created_at=now)
        platform = Platform(
            name="P", issuer="https://lms.example", client_id="c", auth_url="https://lms.example/a",
            token_url="https://lms.example/t", jwks_url="https://lms.example/j", created_at=now,
        )  # fmt: skip
        session.add_all([institution, platform])
        session.flush()
        deployment = Deployment(
            platform_id=platform.id, deployment_id="1", institution_id=institution.id, created_at=now
        )
        person = Person(platform_id=platform.id, institution_id=institution.id, subject="s", created_at=now)
        session.add_all([deployment, person])
        session.flush()
        opened = BrowserSession(
            browser_sha256=sha256(_BROWSER), session_sha256=sha256(_SECRET), person_id=person.id,
            deployment_id=deployment.id, language="en", frame_origins=[], seen_at=now,
        )  # fmt: skip
        session.add(opened)
        session.flush()
        return opened.id.hex


def _routes(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        values = {name: _VALUES[type(kind).__name__] for name, kind in rule._converters.items()}
        _, address = rule.build(values, append_unknown=False) or ("", "")
        audience = getattr(app.view_functions[rule.endpoint], "audience", None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(rule.endpoint, method, address, audience)


def test_every_route_declares_its_audience(door: Door) -> None:
    silent = [one.endpoint for one in door.routes if one.audience is None and one.endpoint != "static"]
    assert not silent


def test_what_anyone_may_post_is_what_an_lms_or_a_browser_without_session_must(door: Door) -> None:
    posted = {one.endpoint for one in door.routes if one.method == "POST" and one.audience in _WITHOUT_SESSION}
    assert posted == _POSTED_BY_ANYONE


def test_a_visitors_page_without_a_session_says_that_it_has_ended(door: Door) -> None:
    stranger = door.app.test_client()
    routes = door.visitors("GET") + door.visitors("POST")
    assert len(routes) > 10
    assert {one.endpoint: stranger.open(one.address, method=one.method).status_code for one in routes} == {
        one.endpoint: 401 for one in routes
    }


@pytest.mark.parametrize("ticket", [None, "", "forged", "IjAwIg.signature"])
def test_what_a_visitor_posts_without_a_good_ticket_is_refused(door: Door, ticket: str | None) -> None:
    routes = door.visitors("POST")
    form = {} if ticket is None else {"ticket": ticket}
    assert {one.endpoint: door.client.post(one.address, data=form).status_code for one in routes} == {
        one.endpoint: 401 for one in routes
    }


def test_a_ticket_in_the_address_alone_does_not_make_a_post_good(door: Door) -> None:
    routes = door.visitors("POST")
    answers = {one.endpoint: door.client.post(one.address, query_string={"ticket": door.ticket}) for one in routes}
    assert {name: answer.status_code for name, answer in answers.items()} == {one.endpoint: 401 for one in routes}


def test_the_sessions_own_ticket_passes_the_guard(door: Door) -> None:
    routes = door.visitors("POST")
    answers = {one.endpoint: door.client.post(one.address, data={"ticket": door.ticket}) for one in routes}
    refused = [name for name, answer in answers.items() if answer.status_code in {401, 500}]
    assert not refused


def test_a_page_is_never_cached(door: Door) -> None:
    for one in door.visitors("GET"):
        assert door.client.get(one.address).headers["Cache-Control"] == "no-store", one


def test_static_files_may_be_cached(door: Door) -> None:
    with door.client.get("/static/pix.css") as answer:
        assert "max-age" in answer.headers["Cache-Control"]


def test_the_tool_has_the_addresses_of_the_contract(door: Door) -> None:
    promised = {"/lti/login", "/lti/launch", "/lti/jwks", "/lti/register", "/xapi/profile", "/healthz", "/readyz",
                "/metrics"}  # fmt: skip
    assert promised <= {rule.rule for rule in door.app.url_map.iter_rules()}
