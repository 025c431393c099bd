"""Arrival: a launch becomes a person, a course, a role in it, and the placement that it opens."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lti_tool.errors import NotAllowed
from lti_tool.lti.launch import Launch
from lti_tool.models import Base, Course, Membership, Person, Placement, Role

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came, where to, as what; `placement` is None where nothing was chosen yet."""

    person: Person
    course: Course
    role: Role
    placement: Placement | None


def arrive(session: Session, launch: Launch, now: datetime) -> Arrival:
    """Keeps what the launch says of person, course and role, and finds the placement of its resource link.

    A link seen for the first time is bound to the placement that its custom parameter names; a placement that is
    bound already is copied (a copied course, a duplicated activity).
    """
    if launch.role is None:
        raise NotAllowed("arrive.no_role")
    person = _person(session, launch, now)
    course = _course(session, launch)
    _join(session, launch.role, person, course, now)
    placement = _placement(session, launch, course, now)
    if placement is not None and launch.line_item_url:
        placement.line_item_url = launch.line_item_url
    return Arrival(person, course, launch.role, placement)


def bound(session: Session, launch: Launch) -> Placement | None:
    """The placement of the launched link, where somebody has chosen one meanwhile; others that choose wait for us."""
    course = session.get_one(Course, _course(session, launch).id, with_for_update=True)
    return session.scalar(_of_link(course, launch))


def bind(session: Session, launch: Launch, placement: Placement) -> None:
    """Binds a fresh placement to the resource link that was launched before anything was chosen for it."""
    placement.course_id, placement.resource_link_id = _course(session, launch).id, launch.resource_link_id
    placement.line_item_url = launch.line_item_url


def check_author(session: Session, launch: Launch, person_id: UUID) -> None:
    """NotAllowed for a person who does not teach the launch's course (any more)."""
    query = (
        select(Membership.role)
        .join(Course, Course.id == Membership.course_id)
        .where(Course.deployment_id == launch.deployment_id, Course.context_id == _context_of(launch))
        .where(Membership.person_id == person_id)
    )
    if session.scalar(query) != Role.INSTRUCTOR:
        raise NotAllowed("placement.not_instructor")


def _context_of(launch: Launch) -> str:
    """The course by its LTI context; a link without a context is a course of its own."""
    return launch.context_id or f"link:{launch.resource_link_id}"


def _person(session: Session, launch: Launch, now: datetime) -> Person:
    query = select(Person).where(
        Person.platform_id == launch.platform_id,
        Person.institution_id == launch.institution_id,
        Person.subject == launch.subject,
    )
    person = _find_or_add(
        session,
        query,
        lambda: Person(
            platform_id=launch.platform_id,
            institution_id=launch.institution_id,
            subject=launch.subject,
            created_at=now,
        ),
    )
    person.name, person.given_name = launch.name, launch.given_name
    return person


def _course(session: Session, launch: Launch) -> Course:
    context_id = _context_of(launch)
    query = select(Course).where(Course.deployment_id == launch.deployment_id, Course.context_id == context_id)
    course = _find_or_add(session, query, lambda: Course(deployment_id=launch.deployment_id, context_id=context_id))
    course.title = launch.context_title or launch.context_label
    course.line_items_url = launch.line_items_url or course.line_items_url
    course.memberships_url = launch.memberships_url or course.memberships_url
    return course


def _join(session: Session, role: Role, person: Person, course: Course, now: datetime) -> None:
    query = select(Membership).where(Membership.person_id == person.id, Membership.course_id == course.id)
    membership = _find_or_add(
        session, query, lambda: Membership(person_id=person.id, course_id=course.id, role=role, seen_at=now)
    )
    membership.role, membership.seen_at = role, now


def _placement(session: Session, launch: Launch, course: Course, now: datetime) -> Placement | None:
    if launch.resource_link_id is None:
        return None
    placement = session.scalar(_of_link(course, launch))
    if placement is not None:
        return placement
    named = _named_placement(session, launch)
    if named is None:
        return None
    if named.resource_link_id is None:
        named.course_id, named.resource_link_id = course.id, launch.resource_link_id
        return named
    return _find_or_add(session, _of_link(course, launch), lambda: _copy(named, course, launch.resource_link_id, now))


def _of_link(course: Course, launch: Launch) -> Select[Placement]:
    return select(Placement).where(
        Placement.course_id == course.id, Placement.resource_link_id == launch.resource_link_id
    )


def _named_placement(session: Session, launch: Launch) -> Placement | None:
    """The placement that the link's custom parameter names, of the same deployment; locked, as two may bind at once."""
    placement_id = None
    with contextlib.suppress(ValueError):
        placement_id = UUID(launch.custom.get("placement", ""))
    if placement_id is None:
        return None
    placement = session.get(Placement, placement_id, with_for_update=True)
    return placement if placement is not None and placement.deployment_id == launch.deployment_id else None


def _copy(placement: Placement, course: Course, resource_link_id: str | None, now: datetime) -> Placement:
    frozen = (
        "deployment_id", "title", "plan", "rules", "parameters_version", "parameters", "reference",
        "population", "scoring_version", "grade_policy", "created_by",
    )  # fmt: skip
    return Placement(
        **{name: getattr(placement, name) for name in frozen},
        copied_from=placement.id,
        course_id=course.id,
        resource_link_id=resource_link_id,
        created_at=now,
    )


def _find_or_add(session: Session, query: Select[Row], make: Callable[[], Row]) -> Row:
    """The row of the query, or a new one; another launch that makes it in between is waited for and its row used."""
    found = session.scalar(query)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            made = make()
            session.add(made)
    except IntegrityError:
        return session.scalars(query).one()
    return made
