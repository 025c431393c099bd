"""The score of record replayed from the statements alone, and compared with what `completed` told."""

from collections.abc import Iterable
from dataclasses import asdict

from lti_tool.assessment import fixed
from lti_tool.assessment.finish import FULL_MARKS
from lti_tool.assessment.rules import Purpose
from lti_tool.assessment.state import grade_of, points
from lti_tool.audit.course import Told, differ
from lti_tool.audit.verdict import Kind, Result
from lti_tool.engine import Item, Outcome, Plan, Reference, versions
from lti_tool.engine.scale import HIGHEST_LEVEL, LOWEST_LEVEL
from lti_tool.models import GradePolicy
from xapi.facts import Answered, Completed, Measure
from xapi.rules import Plan as PlanTold
from xapi.rules import Prior, Topic

TOLERANCE = 1e-6
_WIDEST = 4.0
"""A population on a scale of 0 to 8 spreads no wider (levels); beyond it the integrals would be endless."""


def told_result(completed: Completed) -> Result:
    """The result as the statement tells it."""
    score = completed.score
    grade = None if score is None else score.raw
    return Result(dict(completed.levels), completed.share_of_target, grade, completed.share_right)


def replay(told: Told, completed: Completed) -> Result:
    """The result that plan, answers, item parameters and prior of the statements give; Differs where they give none."""
    version = told.begun.versions.scoring
    known = (fixed.SCORING,) if told.begun.plan.items else tuple(versions)
    if version not in known:
        raise differ(Kind.UNSCORABLE, told.begun, ", ".join(known), version)
    try:
        if version == fixed.SCORING:
            return _replay_list(told)
        score = versions[version](
            _plan(told.begun.plan),
            _items(told),
            [(answer.item, Outcome(answer.outcome)) for answer in told.answers],
            _reference(told.begun.versions.prior),
            {answer.item: (answer.difficulty, answer.variance) for answer in told.answers},
        )
    except ValueError as error:
        raise differ(Kind.UNSCORABLE, completed, version, error) from error
    levels = {code: None if one is None else Measure(one.level, one.error) for code, one in score.competences.items()}
    return Result(levels, score.share, grade_of(score))


def _replay_list(told: Told) -> Result:
    """fixed/v1: no levels, the share of right answers."""
    GradePolicy(told.begun.plan.grade_policy)  # ValueError for a policy that is none
    outcomes = [Outcome(answer.outcome) for answer in told.answers]
    share = fixed.share_right(len(told.begun.plan.items), outcomes)
    return Result(grade=points(share), share_right=share)


def compare(told: Told, completed: Completed, result: Result) -> None:
    """Levels, share, score and the grade sent are those of the replay, to 1e-6; Differs at the first that is not."""
    for code in sorted({*result.levels, *completed.levels}):
        due, found = (_level(one, code) for one in (result, completed))
        if len(due) != len(found) or not all(map(_same, due, found)):
            raise differ(Kind.LEVELS, completed, _said(code, due), _said(code, found))
    if not _same(result.share_right, completed.share_right):
        raise differ(Kind.SHARE, completed, _or_none(result.share_right), _or_none(completed.share_right))
    if not _same(result.share, completed.share_of_target):
        raise differ(Kind.SHARE, completed, result.share, completed.share_of_target)
    score = completed.score
    if not _same(result.grade, None if score is None else score.raw):
        raise differ(Kind.GRADE, completed, result.grade, None if score is None else score.raw)
    if score is not None and (score.minimum, score.maximum) != (0.0, FULL_MARKS):
        raise differ(Kind.GRADE, completed, f"0..{FULL_MARKS}", f"{score.minimum}..{score.maximum}")
    due_sent = grade_to_send(told.begun.plan, result.grade)
    if completed.score_sent is not None and not _same(due_sent, completed.score_sent):
        raise differ(Kind.GRADE_SENT, completed, due_sent, completed.score_sent)


def grade_to_send(plan: PlanTold, grade: float | None) -> float | None:
    """What the LMS may be told under the plan's policy; it is told nothing where it has no column, or of training."""
    if grade is None or plan.purpose == Purpose.TRAINING:
        return None
    return {GradePolicy.SCORE: grade, GradePolicy.COMPLETION: FULL_MARKS}.get(GradePolicy(plan.grade_policy))


def _plan(told: PlanTold) -> Plan:
    GradePolicy(told.grade_policy)  # ValueError for a policy that is none
    topics = {one.topic: one.cap for one in told.topics}
    return Plan(topics, told.max_items, told.min_items, told.min_per_competence)


def _reference(prior: Prior) -> Reference:
    spreads = (prior.sd_general, prior.sd_area, prior.sd_competence, prior.sd_topic)
    if max(spreads) > _WIDEST or not 0 <= prior.mean <= HIGHEST_LEVEL:
        raise ValueError(f"{prior} is no population on this scale")
    return Reference(**asdict(prior))


def _items(told: Told) -> list[Item]:
    """The items answered, placed by the plan, and one stand-in for each topic that was not asked."""
    place = {one.topic: one for one in told.begun.plan.topics}
    asked = {answer.topic for answer in told.answers}
    items = [_item(place[answer.topic], answer) for answer in told.answers if answer.topic in place]
    return items + [_stand_in(topic) for name, topic in place.items() if name not in asked]


def _item(topic: Topic, answer: Answered) -> Item:
    level = min(float(HIGHEST_LEVEL), max(float(LOWEST_LEVEL), answer.difficulty + 0.5))
    return Item(answer.item, topic.topic, topic.topic, topic.competence, topic.area, level, answer.options)


def _stand_in(topic: Topic) -> Item:
    name = f"{topic.topic} (not asked)"
    return Item(name, topic.topic, topic.topic, topic.competence, topic.area, LOWEST_LEVEL)


def _level(holder: Result | Completed, code: str) -> tuple[float, ...]:
    found = holder.levels.get(code)
    return () if found is None else (found.level, found.error)


def _said(code: str, level: Iterable[float]) -> str:
    return f"{code}: " + (" ± ".join(str(one) for one in level) or "-")


def _or_none(share: float | None) -> str:
    return "" if share is None else str(share)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE
