"""Registration at an LMS that answers what a test wishes: who owns a platform, and who waits while it is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, request
from flask.typing import ResponseReturnValue
from houses import House
from launching import assert_refused
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.demo.browser import Page
from lti_tool.demo.serving import serving
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.platforms import PlatformSheet, list_platforms
from lti_tool.lti.registration import invite
from lti_tool.models import Institution, RegistrationInvitation
from lti_tool.words import words


@dataclass
class Obliging:
    """An LMS that says yes to every registration, with this client id and deployment."""

    url: str
    client_id: str = "theirs"
    deployment: str | None = "1"
    elsewhere: dict[str, str] = field(default_factory=dict)
    meanwhile: Callable[[], None] = lambda: None

    def configuration(self) -> dict[str, Any]:
        """What it says of itself; `elsewhere` moves some addresses."""
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/auth", "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks", "registration_endpoint": f"{self.url}/register",
        } | self.elsewhere  # fmt: skip

    def register(self) -> ResponseReturnValue:
        """Does what is to happen meanwhile, then says yes."""
        assert request.method == "POST"
        self.meanwhile()
        return {"client_id": self.client_id, lti.TOOL_CONFIGURATION: {"deployment_id": self.deployment}}


@pytest.fixture
def lms() -> Iterator[Obliging]:
    """A new one for each test, on an address of its own."""
    made: list[Obliging] = []

    def make(url: str) -> Flask:
        app, one = Flask("obliging"), Obliging(url)
        app.add_url_rule("/configuration", view_func=one.configuration, endpoint="configuration")
        app.add_url_rule("/register", view_func=one.register, endpoint="register", methods=["POST"])
        made.append(one)
        return app

    with serving(make):
        yield made[0]


def invited(house: House, institution: str | None = None) -> str:
    """The secret of an invitation, of a new institution or of one that is there."""
    with house.parts.database.transaction() as session:
        found = session.scalar(select(Institution).where(Institution.name == institution))
        if found is None:
            found = Institution(name=institution or f"Institut {uuid4().hex[:8]}", created_at=clock.now())
            session.add(found)
            session.flush()
        return invite(session, found, 1, 1, None, clock.now())


def registered(house: House, lms: Obliging, invitation: str, language: str = "en") -> Page:
    """An administrator confirms; the page that follows."""
    fields = {"invitation": invitation, "openid_configuration": f"{lms.url}/configuration"}
    return house.client(language).browser.post(f"{house.tool}/lti/register", fields)


def known(house: House, lms: Obliging) -> list[PlatformSheet]:
    """What the tool keeps of this LMS."""
    with house.rows() as session:
        return [sheet for sheet in list_platforms(session) if sheet.issuer == lms.url]


def test_another_institution_cannot_take_a_platform_over_in_any_number_of_steps(
    shared_house: House, lms: Obliging
) -> None:
    name = f"Lycée {uuid4().hex[:8]}"
    assert registered(shared_house, lms, invited(shared_house, name)).status == 200
    before, theirs = known(shared_house, lms), invited(shared_house)
    moved = {"jwks_uri": "http://127.0.0.1:1/jwks", "token_endpoint": "http://127.0.0.1:1/token"}
    for elsewhere, deployment in ((moved, None), ({}, "bogus"), (moved, "bogus"), ({}, "1"), (moved, None)):
        lms.elsewhere, lms.deployment = elsewhere, deployment
        sentence = assert_refused(registered(shared_house, lms, theirs), "en", 400)  # and good for the next attempt
        assert sentence == words("en").t("registration.other_institution")
    assert known(shared_house, lms) == before
    lms.deployment, lms.elsewhere = "2", {"jwks_uri": f"{lms.url}/new-jwks"}
    assert registered(shared_house, lms, invited(shared_house, name)).status == 200
    (after,) = known(shared_house, lms)
    assert (after.jwks_url, after.deployments) == (f"{lms.url}/new-jwks", (("1", name), ("2", name)))


def test_everybody_can_write_while_an_lms_takes_its_time(shared_house: House, lms: Obliging) -> None:
    def write() -> None:  # were anything held, this would wait until the tool gives the LMS up
        with shared_house.parts.database.transaction() as session:
            session.execute(update(RegistrationInvitation).values(issuer_host=None))
            session.execute(update(Institution).values(created_at=clock.now()))

    lms.meanwhile = write
    assert registered(shared_house, lms, invited(shared_house)).status == 200
    assert len(known(shared_house, lms)) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("deployment", [None, "1"], ids=["none", "one"])
def test_an_lms_that_names_no_deployment_is_told_apart(
    shared_house: House, lms: Obliging, language: str, deployment: str | None
) -> None:
    lms.deployment = deployment
    page = registered(shared_house, lms, invited(shared_house), language)
    assert page.status == 200
    assert page.markup.language == language
    assert (words(language).t("registration.done_no_deployment") in page.text) is (deployment is None)
