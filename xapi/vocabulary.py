"""Every IRI that a statement of ours can hold, under one fixed namespace that never depends on the public address."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import quote
from uuid import UUID

NAMESPACE = "https://w3id.org/pix-lti/"
PROFILE = NAMESPACE + "profile"
PROFILE_VERSION = PROFILE + "/v1"
"""The version of the profile that statements follow; it is the category of each (xAPI Profiles §4.2)."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and how people read it, in each language."""

    iri: str
    display: Mapping[str, str]


def _verb(iri: str, english: str, french: str) -> Verb:
    return Verb(iri, MappingProxyType({"en": english, "fr": french}))


_ADL = "http://adlnet.gov/expapi/verbs/"
INITIALIZED = _verb(_ADL + "initialized", "initialized", "a commencé")
ANSWERED = _verb(_ADL + "answered", "answered", "a répondu à")
SUSPENDED = _verb(_ADL + "suspended", "suspended", "a interrompu")
RESUMED = _verb(_ADL + "resumed", "resumed", "a repris")
COMPLETED = _verb(_ADL + "completed", "completed", "a achevé")
TERMINATED = _verb(_ADL + "terminated", "terminated", "a quitté")
ABANDONED = _verb("https://w3id.org/xapi/adl/verbs/abandoned", "abandoned", "a abandonné")
VERBS = (INITIALIZED, ANSWERED, SUSPENDED, RESUMED, COMPLETED, TERMINATED, ABANDONED)


class ActivityType(StrEnum):
    """What an activity is."""

    TEST = "http://adlnet.gov/expapi/activities/assessment"
    CHALLENGE = "http://adlnet.gov/expapi/activities/cmi.interaction"
    COURSE = "http://adlnet.gov/expapi/activities/course"
    COMPETENCE = "http://adlnet.gov/expapi/activities/objective"
    PROFILE = "http://adlnet.gov/expapi/activities/profile"
    PROGRAMME = NAMESPACE + "activity-type/programme"


class ContextExtension(StrEnum):
    """What surrounds an event: its place in the attempt, and the rules and numbers that were in force."""

    ATTEMPT = NAMESPACE + "extension/attempt"
    SEQUENCE = NAMESPACE + "extension/sequence"
    PREVIOUS = NAMESPACE + "extension/previous"
    PLAN = NAMESPACE + "extension/plan"
    BANK = NAMESPACE + "extension/bank"
    PARAMETERS = NAMESPACE + "extension/parameters"
    PRIOR = NAMESPACE + "extension/prior"
    SCORING = NAMESPACE + "extension/scoring"
    COMMITMENT = NAMESPACE + "extension/commitment"
    EXPOSURE = NAMESPACE + "extension/exposure"
    ATTEMPT_NUMBER = NAMESPACE + "extension/attempt-number"
    POOL = NAMESPACE + "extension/pool"
    ITEM = NAMESPACE + "extension/item"
    TOPIC = NAMESPACE + "extension/topic"
    OPTIONS = NAMESPACE + "extension/options"
    DIFFICULTY = NAMESPACE + "extension/difficulty"
    DEVICE = NAMESPACE + "extension/device"
    LANGUAGE = NAMESPACE + "extension/language"
    PRESENTATION = NAMESPACE + "extension/presentation"


class ResultExtension(StrEnum):
    """What came of an event."""

    OUTCOME = NAMESPACE + "extension/outcome"
    RESPONSE = NAMESPACE + "extension/response"
    RESPONSE_HASH = NAMESPACE + "extension/response-sha256"
    ESTIMATE = NAMESPACE + "extension/estimate"
    ANSWERS = NAMESPACE + "extension/answers"
    SEED = NAMESPACE + "extension/seed"
    LEVELS = NAMESPACE + "extension/levels"
    SHARE_RIGHT = NAMESPACE + "extension/share-right"
    SHARE_OF_TARGET = NAMESPACE + "extension/share-of-target"
    SCORE_SENT = NAMESPACE + "extension/score-sent"


def iri_of_test(placement: UUID) -> str:
    """The activity of a test in a course: one for each placement."""
    return f"{NAMESPACE}test/{placement}"


def iri_of_course(course: UUID) -> str:
    """The activity of a course, by our own id of it: an LMS's ids are not IRIs and not unique in the world."""
    return f"{NAMESPACE}course/{course}"


def iri_of_programme(programme: UUID) -> str:
    """The activity of a programme that a course belongs to."""
    return f"{NAMESPACE}programme/{programme}"


def iri_of_competence(code: str) -> str:
    """The activity of a competence by its code in the framework, for example `1.2`."""
    return f"{NAMESPACE}competence/{quote(code, safe='')}"


def iri_of_challenge(item: str) -> str:
    """The activity of a challenge by its item id, whatever characters that id has."""
    return f"{NAMESPACE}challenge/{quote(item, safe='')}"
