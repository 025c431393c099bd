"""Forged, expired, replayed, foreign and malformed launches: each is refused, and nothing is stored."""

from datetime import timedelta
from typing import Any

import pytest
from lti_false_claims import FALSE_CLAIMS
from lti_forged_tokens import FORGED_TOKENS
from lti_forgery import ISSUED, Forgery
from lti_world import NOW, World, coming, later, rsa_key
from sqlalchemy import select

from lti_tool.errors import LaunchRefused
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.platforms import add_platform
from lti_tool.models import LoginState

FORGERIES = [*FORGED_TOKENS, *FALSE_CLAIMS]


def test_there_are_at_least_75_forgeries_each_with_a_name_of_its_own() -> None:
    assert len({forgery.name for forgery in FORGERIES}) == len(FORGERIES) >= 75


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_a_forged_launch_is_refused_and_nothing_is_stored(world: World, forgery: Forgery) -> None:
    launch = coming(world, forgery.kind)
    forgery.spoil(launch)
    before, used_before = world.counts(), _used(world)
    with pytest.raises(LaunchRefused) as refusal:
        launch.open()
    assert refusal.value.key == forgery.key
    assert 400 <= refusal.value.status < 500
    assert (world.counts(), _used(world)) == (before, used_before)


def test_the_launch_that_all_forgeries_spoil_is_good(world: World) -> None:
    for kind in ("learner", "instructor", "deep_linking"):
        assert coming(world, kind).open().launch.subject


def test_a_forgery_does_not_use_up_the_state_of_the_person_it_imitates(world: World) -> None:
    genuine = coming(world)
    forged = coming(world, login=genuine.login)
    forged.key = rsa_key("stranger")
    with pytest.raises(LaunchRefused):
        forged.open()
    assert genuine.open().launch.subject == "4"


def test_an_unknown_deployment_is_forbidden_and_named(world: World) -> None:
    launch = coming(world, login=world.begin(lti_deployment_id=""))
    launch.claims[lti.DEPLOYMENT_ID] = "9"
    with pytest.raises(LaunchRefused) as refusal:
        launch.open()
    assert (refusal.value.key, refusal.value.status) == ("launch.deployment_unknown", 403)
    assert refusal.value.values == {"deployment": "9"}


def test_the_token_of_one_platform_does_not_answer_a_login_at_another(world: World) -> None:
    with world.database.transaction() as session:
        url = world.server.url
        add_platform(
            session, world.institution, "Other", "https://other.example", "client-1",
            url + "/auth", url + "/token", url + "/jwks", "2", NOW,
        )  # fmt: skip
    launch = coming(world, login=world.begin(iss="https://other.example"))
    with pytest.raises(LaunchRefused, match=r"launch\.wrong_issuer"):
        launch.open()


def test_the_platforms_words_are_bounded_and_stay_on_one_line(world: World) -> None:
    launch = coming(world)
    launch.form = {"error": "e" * 500, "error_description": "a\r\n<script>" + "b" * 5000}
    with pytest.raises(LaunchRefused) as refusal:
        launch.open()
    words = str(refusal.value.values["words"])
    assert words.startswith("a <script>b")
    assert len(words) <= 200
    assert len(str(refusal.value.values["error"])) <= 200


def test_the_platforms_words_reach_a_browser_without_cookies(world: World) -> None:
    launch = coming(world)
    launch.browser, launch.form = None, {"error": "access_denied", "error_description": "Not yet open"}
    with pytest.raises(LaunchRefused) as refusal:
        launch.open()
    assert refusal.value.values == {"error": "access_denied", "words": "Not yet open"}


def test_a_clock_that_is_off_is_told_in_seconds(world: World) -> None:
    launch = coming(world)
    launch.claims["iat"] = ISSUED + 95
    with pytest.raises(LaunchRefused) as refusal:
        launch.open()
    assert refusal.value.values == {"seconds": 95}


@pytest.mark.parametrize("seconds", [-60, -1, 0, 1, 60])
def test_a_clock_within_the_leeway_is_accepted(world: World, seconds: int) -> None:
    launch = coming(world)
    launch.claims |= {"iat": ISSUED + seconds, "exp": ISSUED + seconds + 60}
    launch.now = later(59.9)
    assert launch.open().launch.subject == "4"


def _used(world: World) -> list[Any]:
    with world.database.reading() as session:
        return sorted(state.used_at or NOW - timedelta(1) for state in session.scalars(select(LoginState)))
