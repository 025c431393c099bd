"""Chance that is the same for ever: every draw of a challenge comes from here, and from nothing else.

The stream is SHA-256 over seed and counter, so that a question can be drawn again years later, on any machine and any
version of Python (DESIGN decision 4: an auditor draws the question again from the revealed seed).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
_SPAN = 1 << 64


class Draw:
    """A stream of choices that follows from its seed alone. One is made per draw and thrown away after it."""

    __slots__ = ("_counter", "_seed", "_words")

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._counter = 0
        self._words: list[int] = []

    def _word(self) -> int:
        if not self._words:
            block = sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._words = [int.from_bytes(block[start : start + 8], "big") for start in (24, 16, 8, 0)]
            self._counter += 1
        return self._words.pop()

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1, each as likely as the others (limit from 1 to 2**64)."""
        if limit < 1:
            msg = "nothing can be drawn below 1"
            raise ValueError(msg)
        fair = _SPAN - _SPAN % limit
        while (word := self._word()) >= fair:
            pass
        return word % limit

    def between(self, low: int, high: int, step: int = 1) -> int:
        """A whole number from low to high, both included, in steps from low."""
        return low + step * self.below((high - low) // step + 1)

    def one(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` of the things, no place twice, in drawn order; ValueError when there are fewer."""
        if count > len(things):
            msg = f"{count} cannot be drawn from {len(things)}"
            raise ValueError(msg)
        pool = list(things)
        for place in range(count):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All the things in drawn order."""
        return self.some(things, len(things))

    def chance(self, times: int, of: int) -> bool:
        """True `times` times out of `of`."""
        return self.below(of) < times

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.below((last - first).days + 1))

    def code(self, length: int, signs: str = "ABCDEFGHJKLMNPRSTUVWXYZ23456789") -> str:
        """A code without signs that look alike (no I, O, Q, 0, 1)."""
        return "".join(self.one(signs) for _ in range(length))

    def token(self) -> str:
        """32 hexadecimal digits, to seed what is expanded later (a place, a picture) and tell nothing of this seed."""
        return sha256(b"token" + self._word().to_bytes(8, "big") + self._word().to_bytes(8, "big")).hexdigest()[:32]

    def child(self, name: str) -> "Draw":
        """A stream of its own under a name, whatever was or will be drawn here."""
        return Draw(sha256(self._seed + b"/" + name.encode()).digest())


def from_token(token: str, name: str = "") -> Draw:
    """The stream of a token, or a part of it under a name: pages of a place are expanded from it."""
    return Draw(bytes.fromhex(token) + name.encode())
