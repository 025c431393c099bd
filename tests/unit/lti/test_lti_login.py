"""The first half of a launch: who may begin, and where the browser is sent."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from lti_world import BROWSER, LAUNCH_URL, NOW, PUBLIC_URL, World
from sqlalchemy import select

from lti_tool.errors import LaunchRefused
from lti_tool.lti.login import begin_login, begun_at, drop_expired
from lti_tool.lti.platforms import add_platform
from lti_tool.models import LoginState


def _states(world: World) -> list[LoginState]:
    with world.database.reading() as session:
        return list(session.scalars(select(LoginState)))


def test_the_browser_is_sent_to_the_platform_with_one_fixed_address_to_come_back_to(world: World) -> None:
    login = world.begin(target_link_uri=LAUNCH_URL + "?difficulty=easy")
    address = urlsplit(login.url)
    query = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
    assert login.url.startswith(world.platform.auth_url + "&")
    assert query == {
        "from": "tool",
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": "client-1",
        "redirect_uri": LAUNCH_URL,
        "login_hint": "4",
        "lti_message_hint": '{"cmid":11,"launchid":"x"}',
        "state": login.state,
        "nonce": login.nonce,
    }


def test_only_digests_of_state_and_browser_are_stored(world: World) -> None:
    login = world.begin()
    (state,) = _states(world)
    assert state.state_sha256 == sha256(login.state.encode()).hexdigest()
    assert state.browser_sha256 == sha256(BROWSER.encode()).hexdigest()
    assert (state.nonce, state.deployment_hint, state.used_at) == (login.nonce, "2", None)
    assert state.expires_at == NOW + timedelta(minutes=10)
    assert begun_at(login.state) == NOW


def test_every_login_has_a_state_and_a_nonce_of_its_own(world: World) -> None:
    logins = [world.begin() for _ in range(20)]
    assert len({login.state for login in logins} | {login.nonce for login in logins}) == 40


def test_a_platform_with_storage_names_its_frame_and_the_origin_that_answers(world: World) -> None:
    login = world.begin(lti_storage_target="_parent")
    assert (login.storage_target, login.platform_origin) == ("_parent", world.server.url)
    assert _states(world)[0].storage_target == "_parent"


def test_a_login_without_hints_of_deployment_message_or_storage_begins(world: World) -> None:
    login = world.begin(lti_deployment_id="", lti_message_hint="")
    assert "lti_message_hint" not in login.url
    assert login.storage_target is None
    assert _states(world)[0].deployment_hint is None


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"iss": ""}, "launch.login_incomplete"),
        ({"login_hint": ""}, "launch.login_incomplete"),
        ({"target_link_uri": ""}, "launch.foreign_target"),
        ({"target_link_uri": "https://evil.example/lti/launch"}, "launch.foreign_target"),
        ({"target_link_uri": "https://tests.example.org.evil.example/"}, "launch.foreign_target"),
        ({"target_link_uri": "//tests.example.org/lti/launch"}, "launch.foreign_target"),
        ({"target_link_uri": "https://tests.example.org:99999/"}, "launch.foreign_target"),
        ({"target_link_uri": "https://[tests.example.org/"}, "launch.foreign_target"),
        ({"target_link_uri": "https://tests.example.org\\@evil.example/"}, "launch.foreign_target"),
        ({"target_link_uri": "https://tests.example.org/" + "a" * 5000}, "launch.foreign_target"),
        ({"iss": "https://stranger.example"}, "launch.platform_unknown"),
        ({"iss": "https://lms.example.org/"}, "launch.platform_unknown"),
        ({"client_id": "client-2"}, "launch.platform_unknown"),
        ({"iss": "a\0b"}, "launch.malformed"),
        ({"iss": "i" * 300}, "launch.malformed"),
        ({"client_id": "\ud800"}, "launch.malformed"),
        ({"lti_deployment_id": "d" * 300}, "launch.malformed"),
        ({"lti_deployment_id": "d\0"}, "launch.malformed"),
        ({"lti_storage_target": "f" * 300}, "launch.malformed"),
        ({"login_hint": "h" * 8193}, "launch.malformed"),
        ({"lti_message_hint": "h" * 10_000_000}, "launch.malformed"),
    ],
)
def test_a_login_that_must_not_begin_is_refused_and_nothing_is_stored(
    world: World, changes: dict[str, str], key: str
) -> None:
    with pytest.raises(LaunchRefused) as refusal:
        world.begin(**changes)
    assert refusal.value.key == key
    assert _states(world) == []


@pytest.mark.parametrize("field", ["iss", "login_hint", "target_link_uri"])
def test_a_login_that_lacks_a_field_is_refused(world: World, field: str) -> None:
    form = world.login_form()
    del form[field]
    with world.database.transaction() as session, pytest.raises(LaunchRefused):
        begin_login(session, form, browser=BROWSER, redirect_uri=LAUNCH_URL, public_url=PUBLIC_URL, now=NOW, minutes=10)


def test_a_hint_that_no_address_can_carry_is_sent_without_what_cannot_be_written(world: World) -> None:
    assert "login_hint=a%3F" in world.begin(login_hint="a\ud800").url


def test_one_registration_of_an_issuer_needs_no_client_id_and_two_do(world: World) -> None:
    assert "client_id=client-1" in world.begin(client_id="").url
    with world.database.transaction() as session:
        add_platform(
            session, world.institution, "Second", "https://lms.example.org", "client-2",
            "https://a.example/", "https://b.example/", "https://c.example/", "1", NOW,
        )  # fmt: skip
    with pytest.raises(LaunchRefused, match=r"launch\.client_id_needed"):
        world.begin(client_id="")
    assert world.begin(client_id="client-2").url.startswith("https://a.example/?scope=openid")


def test_states_that_have_run_out_are_dropped_and_others_kept(world: World) -> None:
    world.begin(now=NOW - timedelta(hours=1))
    kept = world.begin()
    with world.database.transaction() as session:
        assert drop_expired(session, NOW) == 1
    assert [state.state_sha256 for state in _states(world)] == [sha256(kept.state.encode()).hexdigest()]
