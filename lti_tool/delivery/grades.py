"""Grades on their way to one platform. They have no id, so after doubt the result is read and compared.

The bytes are built per send: a timestamp never before the event and always a whole second after the last one sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from lti_tool.delivery import receivers, settle
from lti_tool.delivery.claim import Claim, Leased, lease_grades
from lti_tool.delivery.grade_facts import Address, GradeFacts, look_up, next_timestamp, remember
from lti_tool.delivery.receivers import MOST_TROUBLES, ReceiverName, back_off
from lti_tool.delivery.turn import Means, Tally, Turn
from lti_tool.errors import Unreachable
from lti_tool.lti.grades import GradeOutcome, GradeToSend, Result, post_score, read_result
from lti_tool.lti.refusals import ServiceRefused
from lti_tool.models import Platform

MOST = 16  # grades a lease: each is a request of its own
NO_COLUMN = timedelta(minutes=15)
_NOT_NOW = frozenset({401, 408, 425, 429})  # refusals of this moment: a token that ran out does not mean "never"
READ_TRIES = 6  # a result that cannot be read so often is no longer waited for: the same score is posted once more

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Way:
    """Everything that the grades of one lease need on their way."""

    means: Means
    turn: Turn
    receiver: ReceiverName
    platform: Platform
    crowded: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """What came of one grade: whether the platform failed on it, and whether it is to be left alone."""

    tally: Tally
    trouble: bool = False
    stop: bool = False


def deliver(means: Means, turn: Turn, receiver: ReceiverName) -> Tally:
    """Leases some grades of this platform, sends each and settles it; what was not tried is given back."""
    leased_at = turn.elapsed()
    with means.database.transaction() as session:
        platform = session.get_one(Platform, receiver.id)
        claim = Claim(receiver.id, turn.holder, turn.now(), turn.now() + turn.lease)
        rows = list(lease_grades(session, claim, MOST))
    way = _Way(means, turn, receiver, platform, crowded=len(rows) > 1)
    total, troubles = Tally(), 0
    while rows and troubles < MOST_TROUBLES and not turn.late(leased_at):
        step = _send(way, rows.pop(0))
        total, troubles = total + step.tally, troubles + step.trouble
        if step.stop:
            break
    with means.database.transaction() as session:
        settle.given_back(session, [row.position for row in rows], turn.holder)
    return total


def _send(way: _Way, row: Leased) -> _Step:
    """One grade: looked up, compared where in doubt, posted, settled."""
    try:
        facts = GradeFacts.from_json(row.body)
        with way.means.database.reading() as session:
            address = look_up(session, facts)
        if address.line_item_url is None:
            return _no_column(way, row)
        return _send_to(way, row, facts, address, address.line_item_url)
    except ValueError as error:  # the row's facts, or a score that no platform may get: nobody else's fault
        return _dead(way, row, str(error))
    except Unreachable as error:
        return _again(way, row, str(error), None, in_doubt=row.in_doubt)


def _send_to(way: _Way, row: Leased, facts: GradeFacts, address: Address, column: str) -> _Step:
    now = way.turn.now()
    earliest = max(facts.at, now) if row.in_doubt else facts.at
    grade = facts.to_send(address.subject, next_timestamp(earliest, address.last), resent=row.in_doubt)
    if row.in_doubt and facts.is_in(_held(way, row, column, address.subject)):
        return _sent(way, row, facts, grade.timestamp)
    answer = post_score(way.means.outbound, way.means.tokens, way.platform, column, grade, now)
    words = f"{answer.status}: {answer.words}" if answer.status else answer.words
    match answer.kind:
        case GradeOutcome.SENT:
            return _sent(way, row, facts, grade.timestamp)
        case GradeOutcome.CONFLICT:
            return _conflict(way, row, facts, grade, column, words)
        case GradeOutcome.FINAL_REFUSAL:
            return _dead(way, row, words)
        case GradeOutcome.UNAUTHORISED:
            return _shut(way, row, words)
        case GradeOutcome.AGAIN:
            pause = None if answer.retry_after is None else timedelta(seconds=answer.retry_after)
            return _again(way, row, words, pause, in_doubt=row.in_doubt or answer.in_doubt)


def _held(way: _Way, row: Leased, column: str, subject: str) -> Result | None:
    """What the platform shows; None also where it lets us post and not read, so that such a grade is posted anew."""
    try:
        return read_result(way.means.outbound, way.means.tokens, way.platform, column, subject, way.turn.now())
    except ServiceRefused as error:
        status = error.values.get("status")
        if (isinstance(status, int) and 400 <= status < 500 and status not in _NOT_NOW) or row.tries > READ_TRIES:
            return None
        raise
    except Unreachable:
        if row.tries > READ_TRIES:
            return None
        raise


def _conflict(way: _Way, row: Leased, facts: GradeFacts, grade: GradeToSend, column: str, words: str) -> _Step:
    """The platform holds something as new: ours, or an older score, which a later timestamp will replace."""
    if facts.is_in(_held(way, row, column, grade.subject)):
        return _sent(way, row, facts, grade.timestamp)
    due_at = way.turn.now() + back_off(row.tries, way.means.jitter())
    with way.means.database.transaction() as session:
        settle.again(session, [row.position], way.turn.holder, due_at, words, in_doubt=True)
    return _Step(Tally(again=1))


def _sent(way: _Way, row: Leased, facts: GradeFacts, timestamp: datetime) -> _Step:
    now = way.turn.now()
    with way.means.database.transaction() as session:
        settle.sent(session, [row.position], way.turn.holder, now)
        remember(session, facts, timestamp)
        receivers.well(session, way.receiver, now)
    return _Step(Tally(sent=1))


def _dead(way: _Way, row: Leased, words: str) -> _Step:
    with way.means.database.transaction() as session:
        settle.dead(session, [row.position], way.turn.holder, words)
        receivers.refused(session, way.receiver, words)
    _log.warning("delivery.dead", receiver=way.receiver.name, kind="grade", attempt=str(row.attempt_id))
    return _Step(Tally(dead=1))


def _no_column(way: _Way, row: Leased) -> _Step:
    """The placement has no column yet: an instructor may still make one."""
    due_at = way.turn.now() + NO_COLUMN
    with way.means.database.transaction() as session:
        settle.again(session, [row.position], way.turn.holder, due_at, "no grade column", in_doubt=row.in_doubt)
    return _Step(Tally(again=1))


def _again(way: _Way, row: Leased, words: str, pause: timedelta | None, *, in_doubt: bool) -> _Step:
    """The platform cannot now: it is left alone for a while, after one more try where this grade may be the cause."""
    now, jitter = way.turn.now(), way.means.jitter
    lone = way.crowded and pause is None
    due_at = now + receivers.LONE_ROW * back_off(row.tries, jitter()) if lone else now
    with way.means.database.transaction() as session:
        settle.again(session, [row.position], way.turn.holder, due_at, words, in_doubt=in_doubt)
        receivers.trouble(session, way.receiver, now, words, jitter=jitter, retry_after=pause)
    _log.warning("delivery.backed_off", receiver=way.receiver.name, kind="platform")
    return _Step(Tally(again=1), trouble=True, stop=not lone)


def _shut(way: _Way, row: Leased, words: str) -> _Step:
    """The platform does not let us in: nobody's grade is sent for a quarter of an hour."""
    now = way.turn.now()
    with way.means.database.transaction() as session:
        settle.again(session, [row.position], way.turn.holder, now, words, in_doubt=row.in_doubt)
        receivers.pause(session, way.receiver, now, words)
    _log.error("delivery.paused", receiver=way.receiver.name, kind="platform")
    return _Step(Tally(again=1), stop=True)
