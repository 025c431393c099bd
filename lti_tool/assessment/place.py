"""Placing: an instructor's choice becomes a placement, with everything frozen that the score depends on."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.engine import Reference, scoring
from lti_tool.errors import BadInput
from lti_tool.models import Deployment, GradePolicy, Person, Placement

JUDGED = "judged/1"
"""Item parameters as the authors' levels say: difficulty (level - 0.5, 0.75²), before any calibration."""

_QUESTIONS_OF_ONE = 16
_QUESTIONS_OF_EACH = 8
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class TestChoice:
    """What an instructor picks: competences by code, a title, a length (None: as advised), what the LMS gets."""

    competences: tuple[str, ...]
    title: str
    max_items: int | None
    grade_policy: GradePolicy


def advised_length(competences: int) -> int:
    """Questions that a test of so many competences should ask at most: 16 for one, 8 for each of several."""
    return max(_QUESTIONS_OF_ONE, _QUESTIONS_OF_EACH * competences)


def place(
    session: Session, bank: Bank, person: Person, deployment: Deployment, choice: TestChoice, now: datetime
) -> Placement:
    """A placement that no resource link is bound to yet; BadInput when the choice makes no test."""
    topics = _topics(bank, choice.competences)
    length = choice.max_items if choice.max_items is not None else advised_length(len(choice.competences))
    if not 4 * len(choice.competences) <= length <= _LONGEST:
        raise BadInput("place.length", least=4 * len(choice.competences), most=_LONGEST)
    placement = Placement(
        deployment_id=deployment.id,
        title=choice.title.strip()[:255] or "Test",
        plan={
            "topics": topics, "max_items": length, "min_items": 4, "min_per_competence": 4, "target_error": None,
        },
        rules={"purpose": "positioning", "attention": "free", "attempts": 0, "best_or_last": "best"},
        parameters_version=JUDGED,
        parameters={},
        reference=_reference(Reference()),
        scoring_version=scoring.CURRENT,
        grade_policy=choice.grade_policy,
        created_by=person.id,
        created_at=now,
    )  # fmt: skip
    session.add(placement)
    session.flush()
    return placement


def offered(bank: Bank) -> tuple[str, ...]:
    """The codes of the competences that have live challenges in at least two topics."""
    count = Counter(bank.topics[topic].competence for topic in _open_topics(bank))
    return tuple(sorted(code for code, topics in count.items() if topics >= 2))


def _topics(bank: Bank, competences: tuple[str, ...]) -> dict[str, float]:
    if not competences or not set(competences) <= set(offered(bank)) or len(set(competences)) != len(competences):
        raise BadInput("place.no_competence")
    return {
        topic: float(level)
        for topic, level in sorted(_open_topics(bank).items())
        if bank.topics[topic].competence in competences
    }


def _open_topics(bank: Bank) -> dict[str, int]:
    """The topics that an open test can ask, each with its highest level; sealed challenges are for exams."""
    found: dict[str, int] = {}
    for challenge in bank.challenges.values():
        if challenge.languages and challenge.pool == "open":
            found[challenge.topic] = max(found.get(challenge.topic, 0), challenge.level)
    return found


def _reference(reference: Reference) -> dict[str, float]:
    names = ("mean", "sd_general", "sd_area", "sd_competence", "sd_topic")
    return {name: float(getattr(reference, name)) for name in names}


def placement_address(public_url: str) -> str:
    """The address that a deep-linked item launches: always the launch address; the custom parameter says which."""
    return f"{public_url}/lti/launch"


def custom_of(placement_id: UUID) -> dict[str, str]:
    """The custom parameter by which a resource link names its placement."""
    return {"placement": str(placement_id)}
