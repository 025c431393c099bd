"""Facts as the JSON of extensions: what is None is left out, because an LRS may drop a null."""

from collections.abc import Mapping
from functools import singledispatch

from xapi import responses
from xapi.facts import Abandoned, Answered, Completed, Facts, Initialized, Measure, Withheld
from xapi.json_text import Json
from xapi.rules import Plan, Prior, Topic, Versions
from xapi.vocabulary import ContextExtension, ResultExtension


@singledispatch
def context(facts: Facts) -> Json:
    """The context extensions of a statement: its place in the attempt, and what its kind adds."""
    return _present(
        {
            ContextExtension.ATTEMPT: str(facts.setting.attempt),
            ContextExtension.SEQUENCE: facts.link.sequence,
            ContextExtension.PREVIOUS: facts.link.previous,
        }
    )


@context.register
def _(facts: Initialized) -> Json:
    return _place(facts) | {
        ContextExtension.PLAN: plan(facts.plan),
        ContextExtension.BANK: facts.versions.bank,
        ContextExtension.PARAMETERS: facts.versions.parameters,
        ContextExtension.PRIOR: prior(facts.versions.prior),
        ContextExtension.SCORING: facts.versions.scoring,
        ContextExtension.COMMITMENT: facts.commitment,
        ContextExtension.EXPOSURE: facts.exposure,
        ContextExtension.ATTEMPT_NUMBER: facts.number,
        ContextExtension.POOL: facts.pool,
    }


@context.register
def _(facts: Answered) -> Json:
    return _place(facts) | {
        ContextExtension.ITEM: facts.item,
        ContextExtension.TOPIC: facts.topic,
        ContextExtension.OPTIONS: facts.options,
        ContextExtension.DIFFICULTY: {"mean": facts.difficulty, "variance": facts.variance},
        ContextExtension.DEVICE: facts.device,
        ContextExtension.LANGUAGE: facts.language,
        ContextExtension.PRESENTATION: facts.presentation,
    }


@singledispatch
def result(facts: Facts) -> Json:  # noqa: ARG001  # the kinds of facts that have a result are registered below
    """The result extensions of a statement; empty where its kind has no result."""
    return {}


@result.register
def _(facts: Answered) -> Json:
    found: Json = {ResultExtension.OUTCOME: str(facts.outcome)}
    if isinstance(facts.given, Withheld):
        found[ResultExtension.RESPONSE_HASH] = facts.given.sha256
    elif facts.given is not None:
        found[ResultExtension.RESPONSE] = responses.as_json(facts.given)
    if facts.estimate is not None:
        found[ResultExtension.ESTIMATE] = measure(facts.estimate)
    return found


@result.register
def _(facts: Completed) -> Json:
    levels = {code: measure(found) for code, found in facts.levels.items()}
    return _present(
        {
            ResultExtension.ANSWERS: facts.answers,
            ResultExtension.SEED: facts.seed,
            ResultExtension.LEVELS: levels or None,
            ResultExtension.SHARE_RIGHT: facts.share_right,
            ResultExtension.SHARE_OF_TARGET: facts.share_of_target,
            ResultExtension.SCORE_SENT: facts.score_sent,
        }
    )


@result.register
def _(facts: Abandoned) -> Json:
    return {ResultExtension.ANSWERS: facts.answers, ResultExtension.SEED: facts.seed}


def plan(rules: Plan) -> Json:
    """The rules of an attempt."""
    return _present(
        {
            "topics": [topic(one) for one in rules.topics],
            "min_items": rules.min_items,
            "max_items": rules.max_items,
            "min_per_competence": rules.min_per_competence,
            "attempts": rules.attempts,
            "counts": rules.counts,
            "grade_policy": rules.grade_policy,
            "purpose": rules.purpose,
            "attention": rules.attention,
            "delay": rules.delay,
            "minutes": rules.minutes,
            "items": list(rules.items) or None,
        }
    )


def topic(one: Topic) -> Json:
    """A topic of the plan."""
    return {"topic": one.topic, "competence": one.competence, "area": one.area, "cap": one.cap}


def prior(numbers: Prior) -> Json:
    """The reference prior."""
    return {
        "mean": numbers.mean,
        "sd_general": numbers.sd_general,
        "sd_area": numbers.sd_area,
        "sd_competence": numbers.sd_competence,
        "sd_topic": numbers.sd_topic,
    }


def versions(used: Versions) -> Json:
    """What a score is computed with, together: for the commitment."""
    return {
        "bank": used.bank,
        "parameters": used.parameters,
        "prior": prior(used.prior),
        "scoring": used.scoring,
    }


def measure(found: Measure | None) -> Json:
    """A level with its error; an empty object where it is not measured."""
    return {} if found is None else {"level": found.level, "error": found.error}


_place = context.dispatch(Facts)


def _present(fields: Mapping[str, object]) -> Json:
    return {key: value for key, value in fields.items() if value is not None}
