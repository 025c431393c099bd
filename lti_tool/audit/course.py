"""What an attempt's statements tell, read as facts, and whether they follow each other as an attempt does."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.audit.verdict import Difference, Differs, Kind
from xapi import chain, reading
from xapi.errors import UnreadableStatement
from xapi.facts import (
    Abandoned,
    Answered,
    Completed,
    Facts,
    Initialized,
    Outcome,
    Resumed,
    Suspended,
    Terminated,
)
from xapi.json_text import Json

_RUNNING = (Answered, Suspended, Completed, Abandoned)
_MAY_FOLLOW: dict[type[Facts], tuple[type[Facts], ...]] = {
    Initialized: _RUNNING,
    Answered: _RUNNING,
    Resumed: _RUNNING,
    Suspended: (Resumed, Completed, Abandoned),
    Completed: (Terminated,),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An attempt as its statements tell it, in sequence; `ending` has the seed, and with `completed` the result."""

    facts: tuple[Facts, ...]
    begun: Initialized
    answers: tuple[Answered, ...]
    ending: Completed | Abandoned | None

    @property
    def completed(self) -> Completed | None:
        """The statement of the result, where the attempt has one."""
        return self.ending if isinstance(self.ending, Completed) else None

    @property
    def is_over(self) -> bool:
        """Whether the last statement is one that ends an attempt."""
        return isinstance(self.facts[-1], Terminated | Abandoned)


def differ(kind: Kind, at: Facts, expected: object, found: object) -> Differs:
    """The difference to raise, at a statement."""
    return Differs(Difference(kind, at.link.sequence, str(at.id), str(expected), str(found)))


def read_in_sequence(statements: Sequence[Json]) -> tuple[tuple[Facts, ...], Difference | None]:
    """The facts of the statements up to the first that cannot be read, and the first difference of reading or chain."""
    broken = chain.check(statements)
    difference = None if broken is None else Difference(
        Kind(broken.kind), broken.sequence, broken.statement, broken.expected, broken.found
    )  # fmt: skip
    facts: list[Facts] = []
    for due, statement in enumerate(statements, start=1):
        try:
            facts.append(reading.read(statement))
        except UnreadableStatement as error:
            if difference is None or due < difference.sequence:
                difference = Difference(Kind.UNREADABLE, due, str(statement.get("id")), error.path, error.reason)
            break
    return tuple(facts), difference


def tell(facts: Sequence[Facts]) -> Told | None:
    """The attempt that the facts tell; None where they do not start with its beginning."""
    if not facts or not isinstance(facts[0], Initialized):
        return None
    ending = next((one for one in facts if isinstance(one, Completed | Abandoned)), None)
    return Told(tuple(facts), facts[0], tuple(one for one in facts if isinstance(one, Answered)), ending)


def check_course(told: Told) -> None:
    """One person, one test, and each event where it may stand; a result is followed by the end of the attempt."""
    for before, one in zip(told.facts, told.facts[1:], strict=False):
        if isinstance(before, Terminated | Abandoned):
            raise differ(Kind.AFTER_END, one, "", type(one).__name__.lower())
        if not isinstance(one, _MAY_FOLLOW[type(before)]):
            raise differ(Kind.MISPLACED, one, type(before).__name__.lower(), type(one).__name__.lower())
        if one.setting.actor != told.begun.setting.actor:
            raise differ(Kind.OTHER_PERSON, one, told.begun.setting.actor.name, one.setting.actor.name)
        if one.setting.test.iri != told.begun.setting.test.iri:
            raise differ(Kind.OTHER_TEST, one, told.begun.setting.test.iri, one.setting.test.iri)
    if isinstance(told.facts[-1], Completed):
        raise differ(Kind.NO_END, told.facts[-1], "terminated", "")


def check_rules(told: Told) -> None:
    """The plan kept: attempts allowed, items of its topics, none twice, no more than its longest; counted as told."""
    plan, number = told.begun.plan, told.begun.number
    if number < 1 or (plan.attempts is not None and number > plan.attempts):
        raise differ(Kind.BEYOND_ATTEMPTS, told.begun, plan.attempts or "", number)
    topics = [one.topic for one in plan.topics]
    for topic in topics:
        if topics.count(topic) > 1:
            raise differ(Kind.TOPIC_TWICE, told.begun, "", topic)
    asked: set[str] = set()
    for count, answer in enumerate(told.answers, start=1):
        if answer.item in asked:
            raise differ(Kind.ITEM_TWICE, answer, "", answer.item)
        if answer.topic not in topics:
            raise differ(Kind.OUTSIDE_PLAN, answer, "", answer.topic)
        if count > plan.max_items:
            raise differ(Kind.TOO_MANY, answer, plan.max_items, count)
        if plan.items and answer.item != _due(plan.items, count):
            raise differ(Kind.OUT_OF_TURN, answer, _due(plan.items, count), answer.item)
        _check_response(answer)
        asked.add(answer.item)
    if told.ending is not None:
        _check_count(told, told.ending)


def _due(items: tuple[str, ...], count: int) -> str:
    """The item whose turn it is in a fixed list; empty beyond its end."""
    return items[count - 1] if count <= len(items) else ""


def _check_response(answer: Answered) -> None:
    """What was skipped has no response; what was marked has one."""
    allowed = {Outcome.SKIPPED: answer.given is None, Outcome.TIMED_OUT: True}
    if not allowed.get(answer.outcome, answer.given is not None):
        raise differ(Kind.RESPONSE, answer, answer.outcome, "" if answer.given is None else "response")


def _check_count(told: Told, ending: Completed | Abandoned) -> None:
    if ending.answers != len(told.answers):
        raise differ(Kind.MISCOUNTED, ending, len(told.answers), ending.answers)
    if isinstance(ending, Completed) and len(told.answers) < told.begun.plan.min_items:
        results = (ending.share_of_target, ending.share_right, ending.score_sent, ending.score)
        if any(one is not None for one in results):
            raise differ(Kind.TOO_FEW, ending, told.begun.plan.min_items, len(told.answers))
