"""What came of a leased row: sent, dead with a reason, due again, or given back untried.

A row is settled only by the worker that holds it: one whose lease was taken over changes nothing any more.
"""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from lti_tool.models import Delivery, DeliveryState

LONGEST_ANSWER = 500  # characters of a receiver's words that are kept


def legible(words: str) -> str:
    """A receiver's words without control characters, line breaks as spaces, cut to 500 characters."""
    shown = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in words[: 8 * LONGEST_ANSWER])
    return " ".join(shown.split())[:LONGEST_ANSWER]


def sent(session: Session, positions: Sequence[int], holder: str, now: datetime) -> None:
    """It has arrived: the body is no longer needed, the ledger keeps the facts."""
    _settle(session, positions, holder, state=DeliveryState.SENT, sent_at=now, body=None, answer=None, in_doubt=False)


def dead(session: Session, positions: Sequence[int], holder: str, words: str) -> None:
    """It will never be taken as it is; the body stays, so that an operator can look at it and send it again."""
    _settle(session, positions, holder, state=DeliveryState.DEAD, answer=legible(words))


def again(
    session: Session, positions: Sequence[int], holder: str, due_at: datetime, words: str, *, in_doubt: bool
) -> None:
    """It was tried, and is due again at `due_at`; `in_doubt` when the receiver may have taken it nevertheless."""
    changes: dict[str, Any] = {"in_doubt": True} if in_doubt else {}
    _settle(session, positions, holder, state=DeliveryState.DUE, due_at=due_at, answer=legible(words), **changes)


def given_back(session: Session, positions: Sequence[int], holder: str) -> None:
    """It was leased and not tried: it is due as it was before."""
    _settle(session, positions, holder, state=DeliveryState.DUE, tries=Delivery.tries - 1)


def _settle(session: Session, positions: Sequence[int], holder: str, **changes: Any) -> None:
    if not positions:
        return
    session.execute(
        update(Delivery)
        .where(Delivery.position.in_(positions), Delivery.leased_by == holder, Delivery.state == DeliveryState.SENDING)
        .values(leased_by=None, leased_until=None, **changes)
        .execution_options(synchronize_session=False)
    )
