"""Registration by hand."""

from typing import Any

import pytest
from lti_world import NOW, World

from lti_tool.errors import BadInput, NotFound
from lti_tool.lti.platforms import add_platform, free_name, list_platforms, show_platform
from lti_tool.models import Institution, Platform

FORM: dict[str, Any] = {
    "name": "Campus", "issuer": "https://campus.example", "client_id": "c1", "auth_url": "https://campus.example/auth",
    "token_url": "https://campus.example/token", "jwks_url": "https://campus.example/jwks", "deployment": "1",
}  # fmt: skip


def _add(world: World, institution: Institution | None = None, **changes: str) -> Platform:
    with world.database.transaction() as session:
        return add_platform(session, institution or world.institution, **(FORM | changes), now=NOW)


def _other(world: World) -> Institution:
    with world.database.transaction() as session:
        other = Institution(name="École", created_at=NOW)
        session.add(other)
    return other


def test_a_platform_is_registered_with_its_deployment_and_can_be_shown(world: World) -> None:
    _add(world)
    with world.database.reading() as session:
        sheet = show_platform(session, "Campus")
        assert [found.name for found in list_platforms(session)] == ["Campus", "Moodle"]
    assert (sheet.issuer, sheet.client_id, sheet.deployments) == ("https://campus.example", "c1", (("1", "Lycée"),))
    assert (sheet.auth_url, sheet.token_url, sheet.jwks_url) == (FORM["auth_url"], FORM["token_url"], FORM["jwks_url"])


def test_a_second_institution_behind_the_same_issuer_and_client_gets_its_own_deployment(world: World) -> None:
    first = _add(world)
    assert _add(world, _other(world), name="ignored", deployment="2").id == first.id
    with world.database.reading() as session:
        assert show_platform(session, "Campus").deployments == (("1", "Lycée"), ("2", "École"))


def test_adding_the_same_again_changes_nothing(world: World) -> None:
    assert _add(world).id == _add(world).id
    with world.database.reading() as session:
        assert show_platform(session, "Campus").deployments == (("1", "Lycée"),)


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"name": " "}, "unusable_field", "name"),
        ({"issuer": "i" * 256}, "unusable_field", "issuer"),
        ({"client_id": ""}, "unusable_field", "client-id"),
        ({"deployment": "a\0"}, "unusable_field", "deployment"),
        ({"auth_url": "campus.example/auth"}, "unusable_address", "auth-url"),
        ({"token_url": "file:///etc/passwd"}, "unusable_address", "token-url"),
        ({"jwks_url": "https://user:word@campus.example/"}, "unusable_address", "jwks-url"),
    ],
)
def test_a_field_that_cannot_be_is_refused_by_name(world: World, changes: dict[str, str], key: str, field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        _add(world, **changes)
    assert (refusal.value.key, refusal.value.values) == (f"registration.{key}", {"field": field})


def test_a_name_a_deployment_or_addresses_of_another_are_refused(world: World) -> None:
    _add(world)
    for changes, key in (
        ({"client_id": "c2"}, "name_taken"),
        ({"jwks_url": "https://evil.example/jwks"}, "other_addresses"),
    ):
        with pytest.raises(BadInput, match=rf"registration\.{key}"):
            _add(world, **changes)
    with pytest.raises(BadInput, match=r"registration\.deployment_taken"):
        _add(world, _other(world))


def test_a_platform_of_no_such_name_is_not_found(world: World) -> None:
    with world.database.reading() as session, pytest.raises(NotFound, match=r"registration\.no_such_platform"):
        show_platform(session, "nothing")


def test_a_taken_name_gets_a_number(world: World) -> None:
    with world.database.reading() as session:
        assert (free_name(session, "Campus"), free_name(session, "Moodle")) == ("Campus", "Moodle (2)")
    _add(world, name="Moodle (2)")
    with world.database.reading() as session:
        assert free_name(session, "Moodle") == "Moodle (3)"
