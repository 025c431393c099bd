"""What a platform says of itself before a registration, and what of it is believed."""

from typing import Any

import pytest
from lti_invited import configuration, fetch
from lti_world import Said, World

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.configuration import PlatformConfiguration
from lti_tool.lti.refusals import RegistrationRefused


def test_a_configuration_is_read_and_the_registration_token_goes_along(world: World) -> None:
    found = fetch(world, configuration(world), token="their-token")
    url = world.server.url
    assert found == PlatformConfiguration(
        url, url + "/auth", url + "/token", url + "/jwks", url + "/register", "moodle", (lti.SCOPE_SCORE, "openid")
    )
    assert found.other_hosts == ()
    assert world.server.asked[-1].headers["Authorization"] == "Bearer their-token"


def test_endpoints_on_other_hosts_are_told(world: World) -> None:
    elsewhere = {"jwks_uri": "https://sso.example/jwks", "token_endpoint": "https://sso.example:443/token"}
    assert fetch(world, configuration(world, **elsewhere)).other_hosts == ("sso.example",)


def test_an_invitation_for_one_lms_serves_no_other(world: World) -> None:
    host = world.server.url.removeprefix("http://")
    assert fetch(world, configuration(world), host=host).host == host
    assert fetch(world, configuration(world), host="127.0.0.1").host == host
    with pytest.raises(RegistrationRefused, match=r"registration\.other_host"):
        fetch(world, configuration(world), host="lms.example")


@pytest.mark.parametrize("issuer", ["https://canvas.example", "http://127.0.0.1", "http://localhost:{port}"])
def test_a_configuration_that_speaks_for_another_host_is_not_believed(world: World, issuer: str) -> None:
    issuer = issuer.replace("{port}", world.server.url.rpartition(":")[2])
    with pytest.raises(RegistrationRefused, match=r"registration\.issuer_elsewhere"):
        fetch(world, configuration(world, issuer=issuer))


@pytest.mark.parametrize(
    "field", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"]
)
@pytest.mark.parametrize(
    "value", [None, "", 5, [], "file:///etc/passwd", "https://u:p@x.example/", "https://x/" + "y" * 5000]
)
def test_a_configuration_with_an_address_that_is_none_is_refused(world: World, field: str, value: object) -> None:
    with pytest.raises(RegistrationRefused, match=r"registration\.unusable_configuration") as refusal:
        fetch(world, configuration(world, **{field: value}))
    assert refusal.value.values == {"field": field}


def test_without_private_hosts_plain_http_is_refused_before_anything_is_sent(world: World) -> None:
    with pytest.raises(RegistrationRefused, match=r"registration\.unusable_configuration"):
        fetch(world, configuration(world), allow_private=False)
    assert world.server.asked == []


@pytest.mark.parametrize("address", ["", "no address", "ftp://x.example/", "https://a@b.example/"])
def test_an_address_that_is_none_is_not_fetched(world: World, address: str) -> None:
    world.server.answers.clear()
    with pytest.raises(RegistrationRefused):
        fetch(world, Said(404), address=address or "x")


@pytest.mark.parametrize("body", [b"<html>", b"[" * 100_000, [], "text", None])
def test_a_configuration_that_is_no_object_is_refused(world: World, body: Any) -> None:
    with pytest.raises(RegistrationRefused, match=r"registration\.answer_unreadable"):
        fetch(world, Said(body=body))


@pytest.mark.parametrize("said", [Said(302, headers={"Location": "http://127.0.0.1/"}), Said(500)])
def test_a_platform_without_a_configuration_is_unreachable(world: World, said: Said) -> None:
    with pytest.raises(Unreachable, match=r"registration\.configuration_unreachable"):
        fetch(world, said)
    with pytest.raises(Unreachable, match=r"registration\.configuration_unreachable"):
        fetch(world, said, address="http://127.0.0.1:1/openid")


@pytest.mark.parametrize("token", ["a\r\nX-Header: y", "é", "t" * 9000])
def test_a_registration_token_that_no_header_can_carry_is_refused(world: World, token: str) -> None:
    with pytest.raises(RegistrationRefused, match=r"registration\.unusable_configuration"):
        fetch(world, configuration(world), token=token)
