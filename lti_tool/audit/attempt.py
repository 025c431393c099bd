"""One attempt judged: chain, course, rules, seed, marks, score; the verdict names the first difference."""

from collections.abc import Sequence

from lti_tool.audit.course import Told, check_course, check_rules, read_in_sequence, tell
from lti_tool.audit.gathering import attempt_of, in_sequence, person_of
from lti_tool.audit.marking import check_commitment, mark_again
from lti_tool.audit.replay import compare, replay, told_result
from lti_tool.audit.verdict import Difference, Differs, Marking, Result, Standing, Verdict
from lti_tool.content import Bank
from lti_tool.words import FALLBACK, in_language
from xapi.facts import Completed
from xapi.json_text import Json


def verify_attempt(statements: Sequence[Json], bank: Bank | None = None) -> Verdict:
    """The verdict on one attempt from all of its statements, in any order; ValueError when there are none."""
    return judge(statements, bank)[0]


def judge(statements: Sequence[Json], bank: Bank | None) -> tuple[Verdict, Told | None]:
    """The verdict, and what the statements tell where they can be read whole."""
    if not statements:
        raise ValueError("an attempt has at least one statement")
    ordered = in_sequence(statements)
    facts, difference = read_in_sequence(ordered)
    told = tell(facts) if len(facts) == len(ordered) else None
    if told is None:
        return _unread(ordered, difference), None
    return _verdict(told, difference, bank), told


def _verdict(told: Told, broken: Difference | None, bank: Bank | None) -> Verdict:
    begun, completed = told.begun, told.completed
    recomputed, refusal = _replayed(told, completed)
    marking, difference = (Marking(), broken) if broken else _first(told, bank, recomputed, refusal)
    standing = Standing.VERIFIED if told.is_over else Standing.OPEN
    return Verdict(
        attempt=str(begun.setting.attempt),
        person=begun.setting.actor.name,
        test=begun.setting.test.iri,
        test_name=in_language(dict(begun.setting.test.names) | {"": begun.setting.test.iri}, FALLBACK),
        statements=len(told.facts),
        standing=Standing.DIFFERS if difference else standing,
        begun=begun.timestamp,
        number=begun.number,
        answers=len(told.answers),
        marking=marking,
        told=None if completed is None else told_result(completed),
        recomputed=recomputed,
        sent=None if completed is None else completed.score_sent,
        difference=difference,
    )


def _first(
    told: Told, bank: Bank | None, recomputed: Result | None, refusal: Differs | None
) -> tuple[Marking, Difference | None]:
    """How the outcomes were checked, and the first difference in a chain that holds."""
    marking = Marking()
    try:
        check_course(told)
        check_rules(told)
        if told.ending is not None:
            check_commitment(told, told.ending)
            marking = mark_again(told, told.ending, bank)
        if refusal is not None:
            raise refusal
        if told.completed is not None and recomputed is not None:
            compare(told, told.completed, recomputed)
    except Differs as found:
        return marking, found.difference
    return marking, None


def _replayed(told: Told, completed: Completed | None) -> tuple[Result | None, Differs | None]:
    """The result replayed, also where something else is wrong: the report shows it beside what was told."""
    if completed is None:
        return None, None
    try:
        return replay(told, completed), None
    except Differs as refusal:
        return None, refusal


def _unread(ordered: Sequence[Json], difference: Difference | None) -> Verdict:
    """The verdict on statements that tell no attempt: cut at the beginning, or not to be read."""
    return Verdict(
        attempt=attempt_of(ordered[0]) or "",
        person=person_of(ordered[0]),
        test="",
        test_name="",
        statements=len(ordered),
        standing=Standing.DIFFERS,
        difference=difference,
    )
