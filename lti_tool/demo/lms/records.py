"""What the small LMS knows: people, courses, tools, activities, columns and grades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Part(StrEnum):
    """What a person is in this LMS."""

    ADMIN = "admin"
    INSTRUCTOR = "instructor"
    TRAINEE = "trainee"


class Kind(StrEnum):
    """The message types of LTI 1.3 that it sends."""

    RESOURCE = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    REVIEW = "LtiSubmissionReviewRequest"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account; `language` is a locale (fr, en, ar-TN) and may be switched."""

    id: str
    username: str
    given_name: str
    family_name: str
    part: Part
    language: str
    town: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.username}@lms.example"


@dataclass(frozen=True, slots=True)
class Course:
    """A course and the ids of who is in it."""

    id: str
    label: str
    title: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A registered tool, not usable until it is active; its `id` is also its deployment id, as in Moodle."""

    id: str
    client_id: str
    name: str
    login_url: str
    redirect_uris: tuple[str, ...]
    jwks_url: str
    link_url: str
    picker_url: str = ""
    description: str = ""
    icon_url: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset()
    shares_names: bool = True
    shares_email: bool = True
    active: bool = True


@dataclass(frozen=True, slots=True)
class Activity:
    """A link to a tool in a course."""

    id: str
    course_id: str
    tool_id: str
    title: str
    url: str
    text: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    window: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the gradebook (an AGS line item), bound to an activity or not."""

    id: str
    course_id: str
    tool_id: str
    label: str
    maximum: float
    activity_id: str | None = None
    resource_id: str = ""
    tag: str = ""
    review: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """What a column holds for a person, already on the column's scale; `score` None is an erased grade."""

    score: float | None
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A launch that was begun and whose message has not been asked for yet."""

    kind: Kind
    person_id: str
    tool_id: str
    course_id: str
    activity_id: str | None = None
    window: bool = False
    reviewed_id: str | None = None
    column_id: str | None = None
