"""Placing: an instructor's choice becomes a placement, with everything frozen that the score depends on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment import fixed
from lti_tool.assessment.parameters import numbers_of, to_freeze
from lti_tool.assessment.rules import Purpose, Rules
from lti_tool.content import Bank, Challenge
from lti_tool.engine import Reference, scoring
from lti_tool.errors import BadInput
from lti_tool.models import Deployment, GradePolicy, Person, Placement

_QUESTIONS_OF_ONE = 16
_QUESTIONS_OF_EACH = 8
_LONGEST = 128
OWN_ANSWERS = 4
"""Questions that a competence needs of its own for a level (DESIGN decision 6)."""


@dataclass(frozen=True, slots=True)
class TestChoice:
    """What an instructor picks: competences by code, a title, a length (None: as advised), what the LMS gets, rules.

    `caps` sets levels, by competence, beyond which nothing is asked. `fixed` is the id of a list of the bank, taken in
    place of competences.
    """

    competences: tuple[str, ...]
    title: str
    max_items: int | None
    grade_policy: GradePolicy
    rules: Rules = field(default_factory=Rules)
    caps: Mapping[str, int] = field(default_factory=dict)
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class _Laid:
    """A test laid out: its plan, the rules that follow from what it is, the scoring of its kind."""

    plan: dict[str, Any]
    rules: dict[str, Any]
    scoring_version: str


def advised_length(competences: int) -> int:
    """Questions that a test of so many competences should ask at most: 16 for one, 8 for each of several."""
    return max(_QUESTIONS_OF_ONE, _QUESTIONS_OF_EACH * competences)


def place(
    session: Session, bank: Bank, person: Person, deployment: Deployment, choice: TestChoice, now: datetime
) -> Placement:
    """A placement that no resource link is bound to yet; BadInput when the choice makes no test."""
    laid = _adaptive(bank, choice) if choice.fixed is None else _listed(bank, choice.fixed)
    frozen = to_freeze(session, bank, laid.plan["topics"])
    ungraded = choice.rules.purpose is Purpose.TRAINING
    placement = Placement(
        deployment_id=deployment.id,
        title=choice.title.strip()[:255] or "Test",
        plan=laid.plan,
        rules={**choice.rules.to_json(), **laid.rules},
        parameters_version=frozen.version,
        parameters=frozen.difficulties,
        reference=numbers_of(Reference()),
        population=frozen.population,
        scoring_version=laid.scoring_version,
        grade_policy=GradePolicy.NONE if ungraded else choice.grade_policy,
        created_by=person.id,
        created_at=now,
    )
    session.add(placement)
    session.flush()
    return placement


def offered(bank: Bank) -> tuple[str, ...]:
    """The codes of the competences that have live challenges in at least two topics."""
    count = Counter(bank.topics[topic].competence for topic in _open_topics(bank))
    return tuple(sorted(code for code, topics in count.items() if topics >= 2))


def highest_levels(bank: Bank) -> dict[str, int]:
    """The highest level that can be asked in each competence that is offered."""
    levels: dict[str, int] = {}
    for topic, level in _open_topics(bank).items():
        code = bank.topics[topic].competence
        levels[code] = max(levels.get(code, 0), level)
    return {code: levels[code] for code in offered(bank)}


def _adaptive(bank: Bank, choice: TestChoice) -> _Laid:
    """A test of competences, each topic up to its highest live level or to the cap of its competence."""
    codes, asked = choice.competences, len(choice.competences)
    if not codes or not set(codes) <= set(offered(bank)) or len(set(codes)) != asked:
        raise BadInput("place.no_competence")
    length = choice.max_items if choice.max_items is not None else advised_length(asked)
    if not OWN_ANSWERS * asked <= length <= _LONGEST:
        raise BadInput("place.length", least=OWN_ANSWERS * asked, most=_LONGEST)
    whole = {topic: level for topic, level in _open_topics(bank).items() if bank.topics[topic].competence in codes}
    kept = _capped(bank, whole, choice.caps)
    plan = {
        "topics": {topic: float(cap) for topic, cap in sorted(kept.items())}, "max_items": length,
        "min_items": OWN_ANSWERS, "min_per_competence": OWN_ANSWERS, "target_error": None,
    }  # fmt: skip
    return _Laid(plan, {"kind": "adaptive", "capped": kept != whole}, scoring.CURRENT)


def _capped(bank: Bank, topics: Mapping[str, int], caps: Mapping[str, int]) -> dict[str, int]:
    """The topics with their caps, without those that begin above theirs; BadInput where too little is left to ask."""
    kept, left = {}, Counter[str]()
    for topic, level in topics.items():
        code = bank.topics[topic].competence
        cap = min(level, caps.get(code, level))
        below = sum(one.topic == topic and one.level <= cap for one in _open_challenges(bank))
        left[code] += below
        if below:
            kept[topic] = cap
    for code, count in left.items():
        if count < OWN_ANSWERS:
            raise BadInput("rules.cap_too_low", competence=code)
    return kept


def _listed(bank: Bank, name: str) -> _Laid:
    """A fixed list of the bank as it is today; its topics say what it is about, nothing is chosen from them."""
    test = bank.tests.get(name)
    if test is None:
        raise BadInput("rules.no_list")
    topics, length = {bank.challenges[item].topic for item in test.challenges}, len(test.challenges)
    plan = {
        "topics": {topic: float(level) for topic, level in sorted(_open_topics(bank).items()) if topic in topics},
        "max_items": length, "min_items": length, "min_per_competence": 0, "target_error": None,
    }  # fmt: skip
    rules = {"kind": "fixed", "list": test.id, "items": list(test.challenges), "minutes_about": test.minutes}
    return _Laid(plan, rules, fixed.SCORING)


def _open_topics(bank: Bank) -> dict[str, int]:
    """The topics that an open test can ask, each with its highest level; sealed challenges are for exams."""
    found: dict[str, int] = {}
    for challenge in _open_challenges(bank):
        found[challenge.topic] = max(found.get(challenge.topic, 0), challenge.level)
    return found


def _open_challenges(bank: Bank) -> list[Challenge]:
    return [one for one in bank.challenges.values() if one.languages and one.pool == "open"]


def placement_address(public_url: str) -> str:
    """The address that a deep-linked item launches: always the launch address; the custom parameter says which."""
    return f"{public_url}/lti/launch"


def custom_of(placement_id: UUID) -> dict[str, str]:
    """The custom parameter by which a resource link names its placement."""
    return {"placement": str(placement_id)}
