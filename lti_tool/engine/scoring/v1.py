"""scoring/v1: the score of record, from the plan, the answers, the difficulties and one published population alone.

The level of a topic is theta = mean + u + e. Within one competence u (general, area and competence effects together)
is common to its topics and e is the topic's own, so that given u the topics are independent: the exact posterior takes
two nested one-dimensional quadratures, whatever the order of the answers. x_t = E[clip(theta_t, 0, cap_t)].

This module is frozen once published: what it computes may never change, so it shares no number with the rest of the
engine. tests/unit/engine/golden_scoring_v1.json holds it to that.
"""

import math
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from lti_tool.engine.scale import (
    AnswerRefused,
    Difficulties,
    Estimate,
    GivenAnswers,
    Item,
    ItemRefused,
    Outcome,
    Plan,
    PlanRefused,
    Reference,
    Score,
)
from lti_tool.engine.scoring.v1_quadrature import integrate

REFERENCE = Reference(mean=2.7, sd_general=1.25, sd_area=0.55, sd_competence=0.80, sd_topic=0.60)
"""The published population, the same for everyone."""
SLOPE, CEILING, FREE_GUESS = 1.15, 0.95, 0.02
JUDGED_VARIANCE, FARTHEST = 0.75**2, 100.0
OWN_ANSWERS, OWN_TOPICS = 4, 2
DIGITS = 4
"""Everything is rounded to this many decimals before any floor or threshold."""

Floats = npt.NDArray[np.float64]
Answered = dict[str, list[tuple[Item, bool]]]


def score(
    plan: Plan,
    items: Sequence[Item],
    answers: GivenAnswers,
    reference: Reference | None = None,
    parameters: Difficulties | None = None,
) -> Score:
    """Score answers [(item id, outcome)] or [(item id, outcome, language)]; equal sets score equal to the last bit.

    items: those answered and one of every topic of the plan; others change nothing. The language is not read. Refuses
    (ValueError) an item answered twice, unknown or outside the plan, and a topic without an item.
    """
    answered = _answered(plan, items, answers)
    place_of = _places(plan, items)
    levels: dict[str, float] = {}
    competences: dict[str, Estimate | None] = {}
    for competence, topics in _by_competence(plan, place_of).items():
        competences[competence] = None
        if _measured(topics, answered):
            found, error = _integrated(plan, topics, answered, reference or REFERENCE, parameters)
            levels |= found
            competences[competence] = _rounded(math.fsum(found.values()) / len(found), error)
    complete = None not in competences.values() and len(answers) >= plan.min_items
    return Score(
        competences=competences,
        share=_share(plan, levels) if complete else None,
        total=_sum(competences.values()),
        areas=_areas(competences, dict(place_of.values())),
        topics={topic: round(level, DIGITS) for topic, level in sorted(levels.items())},
        unasked=tuple(topic for topic in sorted(plan.topics) if topic not in answered),
    )


def _places(plan: Plan, items: Sequence[Item]) -> dict[str, tuple[str, str]]:
    """Give competence and area of every topic of the plan; refuse a topic that has no item or stands in two places."""
    places: dict[str, tuple[str, str]] = {}
    for item in items:
        place = (item.competence, item.area)
        if item.topic in plan.topics and places.setdefault(item.topic, place) != place:
            raise ItemRefused(f"topic {item.topic!r} stands in two: {places[item.topic]} and {place}")
    for topic in plan.topics:
        if topic not in places:
            raise PlanRefused(f"topic {topic!r} has no item")
    areas: dict[str, str] = {}
    for competence, area in places.values():
        if areas.setdefault(competence, area) != area:
            raise ItemRefused(f"competence {competence!r} stands in two areas: {areas[competence]!r} and {area!r}")
    return places


def _by_competence(plan: Plan, places: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Give the competences in order, each with its topics in order."""
    names = sorted({places[topic][0] for topic in plan.topics})
    return {name: sorted(topic for topic in plan.topics if places[topic][0] == name) for name in names}


def _answered(plan: Plan, items: Sequence[Item], answers: GivenAnswers) -> Answered:
    """Give the answers by topic, each topic's in the order of item ids: the order of the calls must not tell."""
    by_id = {item.id: item for item in items}
    if len(by_id) != len(items):
        raise ItemRefused("an item id is given twice")
    right_by_id: dict[str, bool] = {}
    for item_id, outcome, *_ in answers:
        if item_id not in by_id or by_id[item_id].topic not in plan.topics:
            raise AnswerRefused(f"item {item_id!r} is not in the plan")
        if item_id in right_by_id:
            raise AnswerRefused(f"item {item_id!r} is answered twice")
        right_by_id[item_id] = Outcome(outcome) is Outcome.RIGHT
    answered: Answered = {}
    for item_id, right in sorted(right_by_id.items()):
        answered.setdefault(by_id[item_id].topic, []).append((by_id[item_id], right))
    return answered


def _measured(topics: Sequence[str], answered: Answered) -> bool:
    """Whether a competence's own answers suffice: 4 or more, from 2 topics or from its only one."""
    asked = [topic for topic in topics if topic in answered]
    own = sum(len(answered[topic]) for topic in asked)
    return own >= OWN_ANSWERS and len(asked) >= min(OWN_TOPICS, len(topics))


def _integrated(
    plan: Plan,
    topics: Sequence[str],
    answered: Answered,
    reference: Reference,
    parameters: Difficulties | None,
) -> tuple[dict[str, float], float]:
    """Give x of each topic of one competence, and the standard error of their mean."""
    curves = partial(_log_likelihoods, topics, answered, parameters)
    found, error = integrate([float(plan.topics[topic]) for topic in topics], curves, reference)
    return dict(zip(topics, found, strict=True)), error


def _log_likelihoods(
    topics: Sequence[str], answered: Answered, parameters: Difficulties | None, theta: Floats
) -> Floats:
    """Give the logarithm of the likelihood of each topic's answers at each theta: topics by theta."""
    found = np.zeros((len(topics), len(theta)))
    for row, topic in enumerate(topics):
        for item, right in answered.get(topic, ()):
            curve = _p_right(item, parameters, theta)
            found[row] += np.log(curve if right else 1 - curve)
    return found


def _p_right(item: Item, parameters: Difficulties | None, theta: Floats) -> Floats:
    """P = c + (d - c) s(a' (theta - b)), a' flattened by the doubt about b."""
    b, variance = (parameters or {}).get(item.id, (item.level - 0.5, JUDGED_VARIANCE))
    if not (abs(b) <= FARTHEST and 0 <= variance < math.inf):
        raise ItemRefused(f"item {item.id!r}: ({b!r}, {variance!r}) is no mean and variance of a difficulty")
    slope = SLOPE / math.sqrt(1 + math.pi / 8 * SLOPE**2 * variance)
    guess = 1 / item.options if item.options >= 2 else FREE_GUESS
    return np.asarray(guess + (CEILING - guess) / (1 + np.exp(-slope * (theta - b))))


def _share(plan: Plan, levels: dict[str, float]) -> float:
    """Share of the plan's target that is reached; a topic's target is its cap, reached half a level early."""
    target = math.fsum(cap - 0.5 for cap in plan.topics.values())
    return min(1.0, round(math.fsum(levels[topic] for topic in plan.topics) / target, DIGITS))


def _areas(competences: dict[str, Estimate | None], area_of: dict[str, str]) -> dict[str, Estimate | None]:
    """Sum the measured competences of each area."""
    names = sorted(set(area_of.values()))
    return {name: _sum(e for competence, e in competences.items() if area_of[competence] == name) for name in names}


def _sum(estimates: Iterable[Estimate | None]) -> Estimate | None:
    """Add up what is measured; None where nothing is."""
    known = [estimate for estimate in estimates if estimate is not None]
    if not known:
        return None
    return _rounded(math.fsum(e.level for e in known), math.sqrt(math.fsum(e.error**2 for e in known)))


def _rounded(level: float, error: float) -> Estimate:
    """Round both numbers of an estimate for the record."""
    return Estimate(round(level, DIGITS), round(error, DIGITS))
