"""Key sets of platforms: fetched seldom, refetched at once after a rotation, never in a flood."""

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lti_world import NOW, Said, World, ec_key, jwk_of, later, rsa_key

from lti_tool.errors import LaunchRefused, Unreachable
from lti_tool.lti.keysets import Keysets
from lti_tool.outbound import LARGEST_ANSWER


@pytest.fixture
def url(world: World) -> str:
    return world.platform.jwks_url


def _serve(world: World, *keys: dict[str, Any]) -> None:
    world.jwks[:] = keys


def _down(world: World) -> None:
    world.server.on("GET", "/jwks", Said(503))


def _up(world: World) -> None:
    world.server.on("GET", "/jwks", lambda _asked: Said(body={"keys": world.jwks}))


def test_one_fetch_serves_an_hour_of_launches(world: World, url: str) -> None:
    for seconds in range(0, 3600, 100):
        world.keysets.key(url, "platform-key", "RS256", later(seconds))
    assert world.server.count("/jwks") == 1
    world.keysets.key(url, "platform-key", "RS256", later(3600))
    assert world.server.count("/jwks") == 2


def test_simultaneous_launches_share_one_fetch(world: World, url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(world.keysets.key, url, "platform-key", "RS256", NOW) for _ in range(8)]
        assert {future.result().algorithm_name for future in found} == {"RS256"}
    assert world.server.count("/jwks") == 1


def test_a_key_that_is_new_after_a_rotation_is_fetched_at_once(world: World, url: str) -> None:
    world.keysets.key(url, "platform-key", "RS256", NOW)
    _serve(world, jwk_of(rsa_key("new"), "new-key"))
    assert world.keysets.key(url, "new-key", "RS256", later(1)).key_id == "new-key"
    with pytest.raises(LaunchRefused, match=r"launch\.key_unknown"):
        world.keysets.key(url, "platform-key", "RS256", later(2))


def test_a_flood_of_unknown_kids_makes_one_fetch_in_thirty_seconds(world: World, url: str) -> None:
    for number in range(12):
        with pytest.raises(LaunchRefused):
            world.keysets.key(url, f"invented-{number}", "RS256", later(number))
    assert world.server.count("/jwks") == 2
    with pytest.raises(LaunchRefused):
        world.keysets.key(url, "invented", "RS256", later(31))
    assert world.server.count("/jwks") == 3


def test_known_keys_stay_good_for_a_while_when_the_platform_does_not_answer(world: World, url: str) -> None:
    world.keysets.key(url, "platform-key", "RS256", NOW)
    _down(world)
    assert world.keysets.key(url, "platform-key", "RS256", later(2 * 3600)).key_id == "platform-key"
    fetches = world.server.count("/jwks")
    assert world.keysets.key(url, "platform-key", "RS256", NOW).key_id == "platform-key"
    assert world.server.count("/jwks") == fetches
    with pytest.raises(Unreachable, match=r"launch\.keys_unreachable"):
        world.keysets.key(url, "platform-key", "RS256", later(12 * 3600))


def test_while_known_keys_are_used_a_platform_in_trouble_is_not_asked_at_each_launch(world: World, url: str) -> None:
    seconds = 0
    keysets = Keysets(world.outbound, lambda: later(seconds))
    keysets.key(url, "platform-key", "RS256", NOW)
    _down(world)
    for seconds in (4000, 4002, 4004, 4006):
        assert keysets.key(url, "platform-key", "RS256", later(seconds)).key_id == "platform-key"
    assert world.server.count("/jwks") == 3


def test_a_platform_in_trouble_is_asked_for_an_unknown_kid_once_in_a_while_only(world: World, url: str) -> None:
    world.keysets.key(url, "platform-key", "RS256", NOW)
    _down(world)
    for seconds in (0, 1, 2):
        with pytest.raises(LaunchRefused):
            world.keysets.key(url, "invented", "RS256", later(seconds))
    assert world.keysets.key(url, "platform-key", "RS256", later(3)).key_id == "platform-key"
    assert world.server.count("/jwks") == 2


def test_a_platform_that_failed_is_left_alone_for_a_moment_and_then_asked_again(world: World, url: str) -> None:
    _down(world)
    for seconds in (0, 1, 4):
        with pytest.raises(Unreachable):
            world.keysets.key(url, "platform-key", "RS256", later(seconds))
    assert world.server.count("/jwks") == 1
    _up(world)
    assert world.keysets.key(url, "platform-key", "RS256", later(6)).key_id == "platform-key"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (Said(301, headers={"Location": "https://elsewhere.example/"}), "launch.keys_unreachable"),
        (Said(404), "launch.keys_unreachable"),
        (Said(body=b"<html>maintenance</html>"), "launch.keys_unreadable"),
        (Said(body=b"[" * 100_000), "launch.keys_unreadable"),
        (Said(body=[]), "launch.keys_unreadable"),
        (Said(body={"keys": {"keys": []}}), "launch.keys_unreadable"),
        (Said(body=b"\xff\xfe"), "launch.keys_unreadable"),
        (Said(body=b'{"keys": [' + b" " * LARGEST_ANSWER + b"]}"), "launch.keys_unreachable"),
    ],
)
def test_what_is_no_key_set_is_the_platforms_fault(world: World, url: str, said: Said, key: str) -> None:
    world.server.on("GET", "/jwks", said)
    fresh = Keysets(world.outbound, lambda: NOW)
    with pytest.raises(Unreachable) as failure:
        fresh.key(url, "platform-key", "RS256", NOW)
    assert failure.value.key == key
    assert (failure.value.status, failure.value.code) == (502, "unreachable")


def test_a_platform_that_accepts_the_call_and_stays_silent_is_not_waited_for_long(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/jwks"
        with pytest.raises(Unreachable, match=r"launch\.keys_unreachable"):
            world.keysets.key(address, "platform-key", "RS256", NOW)


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "RSA", "kid": "bad"},
        {"kty": "RSA", "kid": "bad", "n": "AQAB", "e": "AQAB"},
        {"kty": "RSA", "kid": "bad", "n": 5, "e": None},
        {"kty": "RSA", "kid": "bad", "n": "!", "e": "!"},
        {"kty": "RSA", "kid": "bad", "n": "\ud800", "e": "AQAB"},
        {"kty": "RSA", "kid": "bad", "n": "", "e": ""},
        {"kty": "EC", "kid": "bad", "crv": "P-256"},
        {"kty": "EC", "kid": "bad", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},
        {"kty": "oct", "kid": "bad", "k": "c2VjcmV0"},
        {"kty": ["RSA"], "kid": "bad"},
        jwk_of(rsa_key("weak", 1024), "bad"),
        jwk_of(rsa_key(), "bad", use="enc"),
        jwk_of(rsa_key(), "bad", alg="RS512"),
        "no key",
        None,
    ],
)
def test_a_damaged_weak_or_foreign_key_is_refused_and_the_good_one_beside_it_works(
    world: World, url: str, key: Any
) -> None:
    _serve(world, key, jwk_of(rsa_key(), "platform-key"), jwk_of(ec_key(), "elliptic"))
    for algorithm in ("RS256", "ES256"):
        with pytest.raises(LaunchRefused):
            world.keysets.key(url, "bad", algorithm, NOW)
    assert world.keysets.key(url, "platform-key", "RS256", NOW).key_id == "platform-key"
    assert world.keysets.key(url, "elliptic", "ES256", NOW).key_id == "elliptic"
