"""Who may change a platform by dynamic registration, and what others notice while a platform is asked."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from lti_invited import TOOL, configuration, fetch, offer, register_at, uses_left, yes
from lti_world import NOW, Asked, Said, World

from lti_tool.lti.platforms import bind_deployment, show_platform
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.lti.registration import register
from lti_tool.models import Institution, Platform

# --- whose platform it is


def _neighbour(world: World) -> Institution:
    with world.database.transaction() as session:
        other = Institution(name="École", created_at=NOW)
        session.add(other)
    return other


def _refused_as_anothers(world: World, institution: Institution, answer: Said, **changes: Any) -> None:
    secret, before = offer(world, institution=institution), world.counts()["deployments"]
    with pytest.raises(RegistrationRefused, match=r"registration\.other_institution"):
        register_at(world, secret, answer, **changes)
    assert uses_left(world, secret) == 1
    assert world.counts()["deployments"] == before


@pytest.mark.parametrize("deployment", ["3", "4", None], ids=["theirs", "a new one", "none"])
def test_another_institution_can_neither_move_the_addresses_nor_bind_a_deployment(
    world: World, deployment: str | None
) -> None:
    first = register_at(world, offer(world), yes())
    other = _neighbour(world)
    for changes in ({}, {"jwks_uri": "http://x.example/"}, {}):  # what was refused once opens no way for the next
        _refused_as_anothers(world, other, yes(deployment=deployment), **changes)
    with world.database.reading() as session:
        sheet = show_platform(session, first.name)
    assert (sheet.jwks_url, sheet.deployments) == (world.server.url + "/jwks", (("3", "Lycée"),))


@pytest.mark.parametrize("changes", [{}, {"token_endpoint": "http://x.example/"}], ids=["same", "moved"])
def test_nobody_of_several_institutions_on_one_platform_changes_it(world: World, changes: dict[str, str]) -> None:
    first = register_at(world, offer(world), yes())
    other = _neighbour(world)
    with world.database.transaction() as session:
        bind_deployment(session, session.get_one(Platform, first.id), "4", other, NOW)
    for institution in (world.institution, other):
        _refused_as_anothers(world, institution, yes(deployment="5"), **changes)
    with world.database.reading() as session:
        assert show_platform(session, first.name).token_url == world.server.url + "/token"


def test_a_platform_without_a_deployment_is_nobodys_and_left_to_the_operator(world: World) -> None:
    first = register_at(world, offer(world), yes(deployment=None))
    for institution in (_neighbour(world), world.institution):
        _refused_as_anothers(world, institution, yes(), jwks_uri="http://x.example/")
    with world.database.reading() as session:
        assert show_platform(session, first.name).jwks_url == world.server.url + "/jwks"


# --- while the platform is asked


def test_nobody_waits_for_a_platform_that_is_slow_to_answer(world: World) -> None:
    written: list[str] = []

    def answer(_asked: Asked) -> Said:
        path = world.database.engine.url.database
        with closing(sqlite3.connect(path or "", timeout=0, isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
            another.execute("UPDATE institutions SET name = name || '!'")
            another.execute("COMMIT")
        written.append("meanwhile")
        return yes()

    platform = register_at(world, offer(world), answer)
    assert written == ["meanwhile"]
    with world.database.reading() as session:
        assert show_platform(session, platform.name).deployments == (("3", "Lycée!"),)


def test_the_last_use_is_not_to_be_had_while_the_platform_is_asked(world: World) -> None:
    secret, left = offer(world), list[int]()

    def answer(_asked: Asked) -> Said:
        left.append(uses_left(world, secret))
        return Said(400)

    with pytest.raises(RegistrationRefused, match=r"platform_refused"):
        register_at(world, secret, answer)
    assert (left, uses_left(world, secret)) == ([0], 1)


def test_a_use_is_given_back_when_something_else_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise OSError

    secret = offer(world, uses=3)
    said = fetch(world, configuration(world))
    monkeypatch.setattr(world.outbound, "send", broken)
    with pytest.raises(OSError):  # noqa: PT011 it has no words
        register(world.database, world.outbound, secret, said, None, TOOL, NOW)
    assert uses_left(world, secret) == 3
