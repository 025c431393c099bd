"""The picker's form, filled in whole, and what came of it."""

from typing import Any

from houses import House
from sqlalchemy import select

from lti_tool.audit import Report, verify
from lti_tool.demo.browser import Page
from lti_tool.demo.lms_client import LmsClient
from lti_tool.models import Attempt, Placement, Statement

DISCOVERY = "discovery/1"


def pick(house: House, fields: dict[str, str | list[str]], language: str = "en") -> tuple[LmsClient, Page]:
    """An instructor who sends the form with these fields beside its own defaults."""
    teacher = house.client(language)
    teacher.open_picker(house.deployment_id)
    return teacher, teacher.browser.press("add", fields)


def picked(house: House, **fields: str | list[str]) -> str:
    """A test in the course, as those fields have it (1.2 with eight questions where they say nothing); its activity."""
    usual: dict[str, str | list[str]] = {} if "test" in fields else {"competence": ["1.2"], "length": "8"}
    teacher, page = pick(house, {**usual, **{name.replace("cap_", "cap-"): value for name, value in fields.items()}})
    if "/sign-in" in page.url:
        teacher.sign_in("tara")
    return teacher.newest_activity()


def placement_of(house: House, activity: str) -> Placement:
    """What the activity froze; it must have been launched once, as that binds it."""
    with house.rows() as session:
        return session.scalars(select(Placement).where(Placement.resource_link_id == activity)).one()


def newest_placement(house: House) -> Placement:
    """What was chosen last."""
    with house.rows() as session:
        return session.scalars(select(Placement).order_by(Placement.created_at.desc()).limit(1)).one()


def statements_of(house: House, attempt: Attempt) -> list[dict[str, Any]]:
    """The statements of an attempt in the order in which they were made."""
    with house.rows() as session:
        query = select(Statement.facts).where(Statement.attempt_id == attempt.id).order_by(Statement.sequence)
        return list(session.scalars(query))


def audited(house: House, *attempts: Attempt) -> Report:
    """What an audit says of these attempts, from their statements and the bank alone."""
    return verify([one for attempt in attempts for one in statements_of(house, attempt)], house.parts.bank)
