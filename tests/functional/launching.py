"""Launches of a test's own making, and what must be true of every page that refuses something."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from houses import House
from sqlalchemy import func, select

from lti_tool import clock
from lti_tool.demo.browser import Page
from lti_tool.demo.lms import records
from lti_tool.demo.lms.messages import Launch, id_token_claims, sign
from lti_tool.demo.lms_client import HeldLaunch, LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.lti.registration import invite
from lti_tool.models import (
    Answer,
    Attempt,
    Base,
    BrowserSession,
    Course,
    Delivery,
    Institution,
    Membership,
    Person,
    Placement,
    Statement,
)
from lti_tool.words import words

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
KEPT: tuple[type[Base], ...] = (
    Person, Course, Membership, Placement, Attempt, Answer, BrowserSession, Statement, Delivery,
)  # fmt: skip
_REFERENCE = re.compile(r'class="reference"[^>]*>([2-9A-Z]{8})<')


@dataclass
class Coming:
    """A launch held before the LMS answered: `claims` is what it would say; change them, then `enter`."""

    house: House
    client: LmsClient
    held: HeldLaunch
    claims: dict[str, Any]
    fields: dict[str, str] = field(default_factory=dict)

    def token(self, **header: Any) -> str:
        """The message, signed as the LMS signs; `header` may name another key, kid or algorithm."""
        key = self.house.memory.keys[0]
        return sign(
            self.claims, header.get("key", key.private), header.get("kid", key.kid), header.get("algorithm", "RS256")
        )  # fmt: skip

    def enter(self, token: str | None = None) -> Page:
        """Posts the message, or another token, where the LMS would have posted its own."""
        return self.client.answer(self.held, self.token() if token is None else token, **self.fields)


def coming(house: House, activity: str, username: str = "lina", client: LmsClient | None = None) -> Coming:
    """A launch on its way, of a resource link."""
    client = client or house.client()
    return of_person(house, activity, house.memory.person_named(username), client)


def of_person(house: House, activity_id: str, person: records.Person, client: LmsClient) -> Coming:
    """The same for somebody whom the LMS may not know: samia's browser carries their message."""
    held = client.hold_launch(activity_id, "samia" if person.id not in house.memory.people else person.username)
    activity = house.memory.activities[activity_id]
    said = Launch(
        records.Kind.RESOURCE, person, house.memory.tools[activity.tool_id], house.memory.courses[activity.course_id],
        activity, house.memory.column_of(activity),
    )  # fmt: skip
    claims = id_token_claims(house.memory.config, said, nonce=held.parameters["nonce"], now=clock.now())
    return Coming(house, client, held, claims)


def stranger(part: records.Part = records.Part.INSTRUCTOR, language: str = "en") -> records.Person:
    """Somebody new."""
    return records.Person(secrets.token_hex(4), "robin", "Robin", "Marchetti", part, language)


def add_activity(house: House, custom: Mapping[str, str] | None = None, course: str = "2") -> str:
    """A link to the tool's launch address that no picker made."""
    memory = house.memory
    activity = records.Activity(memory.number(), course, house.deployment_id, "Bare link", f"{house.tool}/lti/launch",
                        custom=dict(custom or {}))  # fmt: skip
    return memory.add_activity(activity, None).id


def neighbour(house: House) -> House:
    """The same LMS and tool under a second institution: with a client id and a deployment of its own."""
    with house.parts.database.transaction() as session:
        institution = Institution(name=f"Institut {uuid4().hex[:8]}", created_at=clock.now())
        session.add(institution)
        session.flush()
        token = invite(session, institution, 1, 1, None, clock.now())
    registered = house.lms.register_by_address(f"{house.tool}/lti/register?invitation={token}")
    return replace(house, deployment_id=registered.deployment_id)


def counts(house: House) -> dict[str, int]:
    """How many rows each table holds in which a launch or an answer may leave something."""
    with house.rows() as session:
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in KEPT}


def assert_refused(page: Page, language: str, status: int | None = None) -> str:
    """A readable page with a reference number in that language, of that status (None: some 4xx); its sentence."""
    assert page.status == status or (status is None and 400 <= page.status < 500), (page.status, page.text)
    say = words(language)
    assert page.markup.language == language
    assert say.t("error.title") in page.text
    assert say.t("error.reference") in page.text
    assert _REFERENCE.search(page.text), page.text
    sentence = re.split(r"<p(?: [^>]*)?>", page.text, maxsplit=1)[1].split("</p>", 1)[0]
    assert " " in sentence, f"a key, not a sentence: {sentence}"
    assert "Traceback" not in page.text
    return sentence


def without_cookies(house: House, language: str = "en") -> LmsClient:
    """A browser that refuses every cookie of the tool."""
    return house.client(language, blocked=["localhost"])


def arrived(house: House, activity: str, username: str = "lina") -> LmsClient:
    """A trainee without cookies, past the page that asks them to continue."""
    trainee = without_cookies(house)
    trainee.launch(activity, username)
    trainee.browser.submit(form_to(trainee.browser.page, "/continue"))
    return trainee
