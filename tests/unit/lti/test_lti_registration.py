"""Dynamic registration: invitations, and what is kept of a platform's yes."""

import json

import pytest
from lti_invited import TOOL, offer, register_at, uses_left, yes
from lti_world import NOW, PUBLIC_URL, Said, World, later
from sqlalchemy import select

from lti_tool.errors import BadInput, Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.invitations import find_invitation, take_use
from lti_tool.lti.platforms import show_platform
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.lti.registration import ToolDescription, invite, tool_registration
from lti_tool.models import Deployment, RegistrationInvitation

# --- invitations


def test_only_the_digest_of_an_invitation_is_stored(world: World) -> None:
    secret = offer(world, host="LMS.example:8443")
    with world.database.reading() as session:
        (row,) = session.scalars(select(RegistrationInvitation))
    assert secret not in {row.token_sha256, str(row.id)}
    assert (row.uses_left, row.issuer_host, row.expires_at) == (1, "lms.example:8443", later(7 * 24 * 3600))


@pytest.mark.parametrize(("uses", "days", "host"), [(0, 7, None), (1, 0, None), (1, 999, None), (1, 7, "https://x")])
def test_an_invitation_that_makes_no_sense_is_refused(world: World, uses: int, days: int, host: str | None) -> None:
    with world.database.transaction() as session, pytest.raises(BadInput):
        invite(session, world.institution, uses, days, host, NOW)


def test_an_invitation_that_is_unknown_or_over_is_refused(world: World) -> None:
    secret = offer(world)
    with world.database.reading() as session:
        with pytest.raises(RegistrationRefused, match=r"invitation_unknown"):
            find_invitation(session, "invented", NOW)
        with pytest.raises(RegistrationRefused, match=r"invitation_over"):
            find_invitation(session, secret, later(7 * 24 * 3600))


def test_the_last_use_is_taken_once(world: World) -> None:
    secret = offer(world)
    with world.database.reading() as session:
        invitation = find_invitation(session, secret, NOW)
    with world.database.transaction() as session:
        take_use(session, invitation, NOW)
    with world.database.transaction() as session, pytest.raises(RegistrationRefused, match=r"invitation_over"):
        take_use(session, invitation, NOW)


# --- registering


def test_the_tool_asks_for_what_it_uses_and_no_e_mail() -> None:
    said = tool_registration(TOOL)
    tool = said[lti.TOOL_CONFIGURATION]
    assert said["redirect_uris"] == [PUBLIC_URL + "/lti/launch"]
    assert (said["initiate_login_uri"], said["jwks_uri"]) == (PUBLIC_URL + "/lti/login", PUBLIC_URL + "/lti/jwks")
    assert (said["response_types"], said["token_endpoint_auth_method"]) == (["id_token"], "private_key_jwt")
    assert set(said["scope"].split()) == {lti.SCOPE_LINE_ITEM, lti.SCOPE_RESULT, lti.SCOPE_SCORE, lti.SCOPE_ROSTER}
    assert (said["client_name"], said["client_name#fr"], said["logo_uri"]) == ("Pix LTI", "Pix LTI", TOOL.logo_url)
    assert (tool["domain"], tool["target_link_uri"]) == ("tests.example.org", PUBLIC_URL + "/lti/launch")
    assert tool["claims"] == ["sub", "iss", "name", "given_name", "family_name"]
    assert [message["type"] for message in tool["messages"]] == ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]
    assert tool["description"] != tool["description#fr"]
    assert "logo_uri" not in tool_registration(ToolDescription("http://localhost:8000", "Pix LTI"))
    assert tool_registration(ToolDescription("http://localhost:8000", "x"))[lti.TOOL_CONFIGURATION]["domain"] == (
        "localhost:8000"
    )


def test_a_platform_that_says_yes_is_active_at_once_with_its_deployment(world: World) -> None:
    secret = offer(world)
    platform = register_at(world, secret, yes())
    with world.database.reading() as session:
        sheet = show_platform(session, platform.name)
    assert (sheet.issuer, sheet.client_id, sheet.product_family) == (world.server.url, "new-client", "moodle")
    assert sheet.deployments == (("3", "Lycée"),)
    assert uses_left(world, secret) == 0
    asked = world.server.asked[-1]
    assert asked.headers["Authorization"] == "Bearer their-token"
    assert json.loads(asked.body) == tool_registration(TOOL)
    assert world.begin(iss=world.server.url, client_id="new-client").state


@pytest.mark.parametrize("deployment", [None, "", 3, "d" * 300])
def test_without_a_deployment_in_the_answer_only_the_platform_is_stored(world: World, deployment: object) -> None:
    platform = register_at(world, offer(world), yes(deployment=deployment))
    with world.database.reading() as session:
        assert show_platform(session, platform.name).deployments == ()


@pytest.mark.parametrize(
    "answer",
    [
        Said(400, b"invalid_client_metadata"), Said(401), Said(500), Said(302), Said(body=b"<html>"), Said(body=[]),
        Said(body={}), Said(body={"client_id": 5}), Said(body={"client_id": "c" * 300}),
    ],
)  # fmt: skip
def test_a_failed_registration_uses_nothing_up_and_stores_nothing(world: World, answer: Said) -> None:
    secret = offer(world)
    before = world.counts()["platforms"], world.counts()["deployments"]
    with pytest.raises(RegistrationRefused):
        register_at(world, secret, answer)
    assert (world.counts()["platforms"], world.counts()["deployments"]) == before
    assert uses_left(world, secret) == 1


def test_a_platform_that_breaks_off_uses_nothing_up(world: World) -> None:
    secret = offer(world)
    with pytest.raises(Unreachable, match=r"registration\.platform_unreachable"):
        register_at(world, secret, yes(), registration_endpoint="http://127.0.0.1:1/register")
    assert uses_left(world, secret) == 1


def test_an_invitation_for_two_registers_two_and_not_a_third(world: World) -> None:
    secret = offer(world, uses=2)
    assert register_at(world, secret, yes("one")).name != register_at(world, secret, yes("two")).name
    posts = world.server.count("/register")
    with pytest.raises(RegistrationRefused, match=r"invitation_over"):
        register_at(world, secret, yes("three"))
    assert world.server.count("/register") == posts


def test_a_second_registration_of_the_same_client_updates_its_addresses(world: World) -> None:
    first = register_at(world, offer(world), yes())
    again = register_at(world, offer(world), yes(), jwks_uri=world.server.url + "/new-jwks")
    assert (again.id, again.jwks_url) == (first.id, world.server.url + "/new-jwks")
    with world.database.reading() as session:
        assert len(list(session.scalars(select(Deployment).where(Deployment.platform_id == first.id)))) == 1
