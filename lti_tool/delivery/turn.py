"""One turn of a worker: whose it is, what time it is while it lasts, how long it may last, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom
from threading import Event
from time import monotonic
from typing import Self

from lti_tool.clock import to_milliseconds
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Database
from lti_tool.outbound import Outbound

LONGEST_TURN = 5.0  # seconds that one receiver may take before the others get their next turn


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries were sent, were buried, and are due again."""

    sent: int = 0
    dead: int = 0
    again: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(self.sent + other.sent, self.dead + other.dead, self.again + other.again)

    @property
    def advanced(self) -> bool:
        """Whether something was settled for good, so that asking at once for more is worth it."""
        return self.sent + self.dead > 0


@dataclass(frozen=True, slots=True)
class Turn:
    """`began` is the caller's time; the turn's own clock runs on from there."""

    holder: str
    began: datetime
    lease: timedelta
    stop: Event = field(default_factory=Event)
    ticks: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        """The caller's time plus what has passed since."""
        return to_milliseconds(self.began + timedelta(seconds=self.elapsed()))

    def elapsed(self) -> float:
        """Seconds since the turn began."""
        return monotonic() - self.ticks

    def over(self) -> bool:
        """Whether nothing more is to be leased in this turn."""
        return self.stop.is_set() or self.elapsed() > LONGEST_TURN

    def late(self, leased_at: float) -> bool:
        """Whether what was leased when `elapsed()` was `leased_at` had better be left: its lease is half spent."""
        return self.stop.is_set() or self.elapsed() - leased_at > self.lease.total_seconds() / 2


@dataclass(frozen=True, slots=True)
class Means:
    """What a sender works with; `jitter` draws from 0 to 1, `unseal` opens an LRS's sealed password."""

    database: Database
    outbound: Outbound
    tokens: AccessTokens
    unseal: Callable[[str], str]
    jitter: Callable[[], float] = SystemRandom().random
