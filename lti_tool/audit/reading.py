"""Which statements of an LRS are read: all of them, or every attempt that something happened in during a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lti_tool.audit.gathering import attempt_of
from lti_tool.clock import iso
from xapi.json_text import Json

Walk = Callable[[Mapping[str, str]], Iterator[Json]]
"""Every statement of an LRS that a query finds (xAPI 1.0.3 Communication §2.1.3), page after page."""

_OLDEST_FIRST = {"ascending": "true", "limit": "100"}


@dataclass(frozen=True, slots=True)
class Window:
    """A time by the moment of storing: after `since`, up to `until`; None: without that bound."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def bounds(self) -> dict[str, str]:
        """The bounds as an LRS is asked for them."""
        named = {"since": self.since, "until": self.until}
        return {name: iso(moment) for name, moment in named.items() if moment is not None}


def read(walk: Walk, window: Window) -> Iterator[Json]:
    """The statements to verify; an attempt that the window cuts is read whole, with one more query for it."""
    if not window.bounds:
        yield from walk(_OLDEST_FIRST)
        return
    touched = {attempt: None for one in walk(_OLDEST_FIRST | window.bounds) if (attempt := attempt_of(one))}
    for attempt in touched:
        yield from walk(_OLDEST_FIRST | {"registration": attempt})
