"""Statements on their way to one LRS: batches in order, halved where one is refused, the same bytes again after doubt.

Nothing is given up by count: a row is dead only when the LRS, asked about that statement alone, refuses it.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from lti_tool.delivery import receivers, settle
from lti_tool.delivery.claim import Claim, Leased, lease_statements
from lti_tool.delivery.lrs import Channel, open_lrs
from lti_tool.delivery.receivers import MOST_TROUBLES, ReceiverName, back_off
from lti_tool.delivery.sameness import same_statement
from lti_tool.delivery.turn import Means, Tally, Turn
from lti_tool.models import Lrs
from xapi import json_text
from xapi.client import Absent, Answer, Busy, Found, Refused, Stored, Trouble, Unauthorised, Unknown

LARGEST_POST = 50  # statements
_DIVIDE_AFTER = 3  # troubles in a row: from then on a batch that the LRS fails on is halved, in case one row causes it

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Way:
    """Everything that one batch needs on its way."""

    means: Means
    turn: Turn
    receiver: ReceiverName
    channel: Channel
    failures: int
    crowded: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """What came of one post: whether the LRS failed on it or asked us to stop; `stuck` lanes whose rows must wait."""

    tally: Tally
    trouble: bool = False
    stop: bool = False
    stuck: frozenset[int] = frozenset()


def deliver(means: Means, turn: Turn, receiver: ReceiverName) -> Tally:
    """Leases one batch of this LRS, sends it and settles it."""
    with means.database.reading() as session:
        lrs = session.get_one(Lrs, receiver.id)
        failures = receivers.failures_of(session, receiver)
    channel = open_lrs(means.outbound, lrs, means.unseal)
    leased_at = turn.elapsed()
    with means.database.transaction() as session:
        claim = Claim(receiver.id, turn.holder, turn.now(), turn.now() + turn.lease)
        rows = lease_statements(session, claim, LARGEST_POST)
    crowded = len({row.lane for row in rows}) > 1
    return _send(_Way(means, turn, receiver, channel, failures, crowded), rows, leased_at) if rows else Tally()


def _send(way: _Way, rows: tuple[Leased, ...], leased_at: float) -> Tally:
    """Posts the rows in order, halving what is refused; what was not tried in the end is given back."""
    total, parts, stuck = Tally(), [rows], frozenset[int]()
    untried, troubles = {row.position for row in rows}, 0
    while parts and not way.turn.late(leased_at) and troubles < MOST_TROUBLES:
        part = tuple(row for row in parts.pop() if row.lane not in stuck)
        if not part:
            continue
        answer = way.channel.post([row.body for row in part])
        if len(part) > 1 and _divides(answer, way.failures):
            middle = len(part) // 2
            parts += [part[middle:], part[:middle]]
            continue
        step = _settle(way, part, answer)
        total, stuck = total + step.tally, stuck | step.stuck
        untried -= {row.position for row in part}
        troubles += step.trouble
        if step.stop:
            break
    if untried:
        with way.means.database.transaction() as session:
            settle.given_back(session, sorted(untried), way.turn.holder)
    return total


def _divides(answer: Answer, failures: int) -> bool:
    """Whether to look for the one statement that is at fault (an LRS may even break on it: 500, a dropped line)."""
    if isinstance(answer, Stored | Unauthorised):
        return False
    asked_to_wait = isinstance(answer, Busy) and (answer.retry_after is not None or answer.status < 500)
    return isinstance(answer, Refused) or (failures >= _DIVIDE_AFTER and not asked_to_wait)


def _settle(way: _Way, part: tuple[Leased, ...], answer: Answer) -> _Step:
    if isinstance(answer, Stored):
        return _sent(way, part)
    if isinstance(answer, Refused):
        return _judge(way, part[0], answer)
    return _trouble(way, part, answer)


def _judge(way: _Way, row: Leased, answer: Refused) -> _Step:
    """One statement refused by itself: dead, unless a conflict turns out to be our own earlier sending."""
    if answer.status != 409:
        return _dead(way, row, f"{answer.status}: {answer.words}")
    found = way.channel.get(row.statement_id or UUID(int=0))
    if isinstance(found, Absent):
        return _conflict_without_cause(way, row, answer)
    if not isinstance(found, Found):
        return _trouble(way, (row,), found)
    if same_statement(_parsed(row.body), found.statement):
        return _sent(way, (row,))
    return _dead(way, row, f"409: the LRS holds another statement of this id. {answer.words}")


def _parsed(body: str) -> json_text.Json:
    parsed = json_text.parse(body)
    return parsed if isinstance(parsed, dict) else {}


def _sent(way: _Way, rows: tuple[Leased, ...]) -> _Step:
    with way.means.database.transaction() as session:
        settle.sent(session, [row.position for row in rows], way.turn.holder, way.turn.now())
        receivers.well(session, way.receiver, way.turn.now())
    return _Step(Tally(sent=len(rows)))


def _dead(way: _Way, row: Leased, words: str) -> _Step:
    with way.means.database.transaction() as session:
        settle.dead(session, [row.position], way.turn.holder, words)
        receivers.well(session, way.receiver, way.turn.now())
        receivers.refused(session, way.receiver, words)
    _log.warning("delivery.dead", receiver=way.receiver.name, kind="statement", statement=str(row.statement_id))
    return _Step(Tally(dead=1))


def _conflict_without_cause(way: _Way, row: Leased, answer: Refused) -> _Step:
    """Refused as known, yet not to be found (an LRS that indexes late): the lane waits, the others go on."""
    due_at = way.turn.now() + _row_delay(way, row)
    with way.means.database.transaction() as session:
        words = f"409, and no statement of this id is found: {answer.words}"
        settle.again(session, [row.position], way.turn.holder, due_at, words, in_doubt=True)
    return _Step(Tally(again=1), stuck=frozenset({row.lane}))


def _trouble(way: _Way, part: tuple[Leased, ...], answer: Trouble) -> _Step:
    """The LRS cannot now, or does not let us in: these rows come again, and the LRS is left alone for a while.

    Where a single row fails and other lanes wait, the row may be at fault: it backs off by itself, the next is tried.
    """
    now, shut = way.turn.now(), isinstance(answer, Unauthorised)
    retry_after = timedelta(seconds=answer.retry_after) if isinstance(answer, Busy) and answer.retry_after else None
    lone = len(part) == 1 and way.crowded and not shut and retry_after is None
    words = answer.words if isinstance(answer, Unknown) else f"{answer.status}: {answer.words}"
    with way.means.database.transaction() as session:
        due_at = now + _row_delay(way, part[0]) if lone else now
        positions = [row.position for row in part]
        settle.again(session, positions, way.turn.holder, due_at, words, in_doubt=not shut)
        if shut:
            receivers.pause(session, way.receiver, now, words)
        else:
            receivers.trouble(session, way.receiver, now, words, jitter=way.means.jitter, retry_after=retry_after)
    log = _log.error if shut else _log.warning
    log("delivery.paused" if shut else "delivery.backed_off", receiver=way.receiver.name, kind="lrs", rows=len(part))
    return _Step(Tally(again=len(part)), trouble=True, stop=not lone, stuck=frozenset({part[0].lane}))


def _row_delay(way: _Way, row: Leased) -> timedelta:
    """Longer than the receiver's own back-off, so that the other lanes overtake the row."""
    return receivers.LONE_ROW * back_off(row.tries, way.means.jitter())
