"""What an attempt's rows say in statements: one function for each event, its facts but id, moment and setting."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from lti_tool.assessment.fixed import items_of
from lti_tool.assessment.record import Record
from lti_tool.assessment.rules import rules_of
from lti_tool.assessment.state import difficulty
from lti_tool.content import Bank, Challenge, describe
from lti_tool.engine import Estimate
from lti_tool.models import Answer, Attempt, Placement, Question
from xapi.chain import commitment
from xapi.facts import (
    Abandoned,
    Answered,
    Completed,
    Component,
    Facts,
    Initialized,
    Interaction,
    Measure,
    Outcome,
    Score,
)
from xapi.rules import Plan, Prior, Topic, Versions

_NUMBER_OF_DIGITS = 6
_PROPOSALS = 24  # more than any challenge of the bank shows; a house test counts
_TARGETS = 60


def initialized(bank: Bank, attempt: Attempt) -> Callable[..., Facts]:
    """The attempt began: the rules that it plays by."""
    return partial(
        Initialized,
        plan=_plan(bank, attempt.placement),
        versions=_versions(attempt.bank_version, attempt.placement),
        commitment=attempt.commitment,
        exposure=attempt.exposure_number,
        number=attempt.number,
        pool="open",
    )


def commit(bank: Bank, placement: Placement, seed: bytes) -> str:
    """The commitment to an attempt's secret seed, told at the start and checked when the seed is revealed."""
    return commitment(seed.hex(), _plan(bank, placement), _versions(bank.version, placement))


def answered(
    bank: Bank, attempt: Attempt, question: Question, answer: Answer, challenge: Challenge, belief: Estimate | None
) -> Callable[..., Facts]:
    """A question ended; `belief` is the joint estimate of its competence afterwards, None in a fixed list."""
    mean, variance = difficulty(attempt.placement, question.item_id, challenge.level)
    return partial(
        Answered,
        item=question.item_id,
        topic=challenge.topic,
        options=challenge.options,
        difficulty=mean,
        variance=variance,
        outcome=Outcome(answer.outcome),
        interaction=_interaction(bank, challenge, question),
        device=answer.device,
        language=answer.language,
        presentation="page",
        duration=timedelta(milliseconds=round(1000 * answer.seconds)),
        given=_given(challenge, answer.response),
        estimate=None if belief is None else _measure(belief),
    )


def completed(attempt: Attempt, record: Record, sent: float | None, now: datetime) -> Callable[..., Facts]:
    """The attempt reached its end; `sent` is what the LMS is told, None when nothing is."""
    return partial(
        Completed,
        answers=record.answered,
        seed=attempt.seed.hex(),
        duration=now - attempt.started_at,
        levels={code: None if one is None else _measure(one) for code, one in record.competences.items()},
        share_right=record.share_right,
        share_of_target=record.share,
        score_sent=sent,
        score=None if record.grade is None else Score(raw=record.grade),
    )


def abandoned(attempt: Attempt, answers: int) -> Callable[..., Facts]:
    """The attempt was closed before it could give a result."""
    return partial(Abandoned, answers=answers, seed=attempt.seed.hex())


def _plan(bank: Bank, placement: Placement) -> Plan:
    topics = (
        Topic(topic, bank.topics[topic].competence, bank.competences[bank.topics[topic].competence].area, float(cap))
        for topic, cap in sorted(placement.plan["topics"].items())
    )
    rules = rules_of(placement)
    return Plan(
        topics=tuple(topics),
        min_items=placement.plan["min_items"],
        max_items=placement.plan["max_items"],
        min_per_competence=placement.plan["min_per_competence"],
        counts=rules.best_or_last,
        grade_policy=placement.grade_policy,
        purpose=rules.purpose,
        attempts=rules.attempts or None,
        attention=rules.attention,
        delay=rules.delay or None,
        minutes=rules.minutes or None,
        items=items_of(placement),
    )


def _versions(bank_version: str, placement: Placement) -> Versions:
    return Versions(bank_version, placement.parameters_version, Prior(**placement.reference), placement.scoring_version)


def _interaction(bank: Bank, challenge: Challenge, question: Question) -> Interaction:
    """What the challenge is about, the same for everyone who meets it: the skill, never what a seed drew.

    One activity id has one definition (xAPI 1.0.3 Data §4.1.4.1), so proposals are named by number only.
    """
    kind = describe(challenge, question.facts).type
    names = dict(bank.skills[challenge.skill].can)
    if kind == "choice":
        return Interaction(kind, names, choices=_numbered(_PROPOSALS))
    if kind == "matching":
        gaps = tuple(Component(field.name, {"en": field.name}) for field in challenge.fields)
        return Interaction(kind, names, source=gaps, target=_numbered(_TARGETS))
    return Interaction(kind, names)


def _numbered(count: int) -> tuple[Component, ...]:
    """`p1`, `p2`… as every draw names its proposals."""
    numbers = range(1, count + 1)
    return tuple(Component(f"p{number}", {"en": f"Proposal {number}", "fr": f"Proposition {number}"})
                 for number in numbers)  # fmt: skip


def _given(challenge: Challenge, response: Mapping[str, Any] | None) -> str | tuple[str, ...] | dict[str, str] | None:
    """The canonical response: the ids chosen, the one text, or the text of each input."""
    if response is None:
        return None
    if "choice" in response:
        return tuple(response["choice"])
    if len(response) == 1 and challenge.kind != "select":
        return str(next(iter(response.values())))
    return dict(response)


def _measure(estimate: Estimate) -> Measure:
    return Measure(round(estimate.level, _NUMBER_OF_DIGITS), round(estimate.error, _NUMBER_OF_DIGITS))
