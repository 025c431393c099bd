"""Many rows from one token: what fills a large store or a register, made again each time that a page is asked for."""

from collections.abc import Sequence
from hashlib import shake_256
from typing import TypeVar

T = TypeVar("T")


class Plenty:
    """Picks for many rows, from a token: one hash for all of them, so that a hundred rows are quick to draw.

    `limit` of a pick is at most 4,096; lower numbers are likelier by a hair, which is nothing for filling.
    """

    __slots__ = ("_bytes", "_place")

    def __init__(self, token: str, picks: int) -> None:
        self._bytes = shake_256(bytes.fromhex(token)).digest(4 * picks)
        self._place = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1; IndexError when more picks are taken than were asked for."""
        piece = self._bytes[self._place : self._place + 4]
        if not piece:
            msg = "no picks are left"
            raise IndexError(msg)
        self._place += 4
        return int.from_bytes(piece, "big") % limit

    def one(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self.below(len(things))]
