"""Launches that wait for a proof or a choice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from lti_world import BROWSER, NOW, World, coming, later
from sqlalchemy import select

from lti_tool.errors import LaunchRefused, NotFound
from lti_tool.lti.launch import Launch
from lti_tool.lti.login import digest
from lti_tool.lti.pending import hold_for_choice, hold_for_proof, take_proven, waiting_for_choice
from lti_tool.models import Person


def _held(world: World) -> tuple[Launch, str]:
    launch = coming(world, "deep_linking").open().launch
    with world.database.transaction() as session:
        return launch, hold_for_proof(session, launch, digest(BROWSER), NOW, 10)


@pytest.mark.parametrize("stored", [None, "", BROWSER])
def test_a_held_launch_comes_back_whole_and_once(world: World, stored: str | None) -> None:
    launch, token = _held(world)
    with world.database.transaction() as session:
        assert take_proven(session, token, stored, NOW) == launch
    with world.database.transaction() as session, pytest.raises(LaunchRefused, match=r"launch\.proof_unknown"):
        take_proven(session, token, stored, NOW)


def test_an_unknown_or_late_proof_or_anothers_browser_is_refused(world: World) -> None:
    _, token = _held(world)
    for given, stored, now, key in (
        ("invented", None, NOW, "proof_unknown"),
        (token, None, later(600), "proof_unknown"),
        (token, "another browser", NOW, "other_browser"),
    ):
        with pytest.raises(LaunchRefused, match=rf"launch\.{key}"), world.database.transaction() as session:
            take_proven(session, given, stored, now)


def test_a_choice_waits_for_its_own_instructor_and_not_for_ever(world: World) -> None:
    launch = coming(world, "deep_linking").open().launch
    with world.database.transaction() as session:
        person = Person(
            platform_id=launch.platform_id, institution_id=launch.institution_id, subject="3", created_at=NOW
        )
        session.add(person)
        session.flush()
        waiting = hold_for_choice(session, launch, person.id, NOW, 60)
    with world.database.transaction() as session:
        found = waiting_for_choice(session, waiting, person.id, NOW)
        assert Launch.from_json(found.message) == launch
        for whose, now in ((uuid4(), NOW), (person.id, NOW + timedelta(hours=1))):
            with pytest.raises(NotFound):
                waiting_for_choice(session, waiting, whose, now)
        assert session.scalars(select(Person.subject)).one() == "3"
