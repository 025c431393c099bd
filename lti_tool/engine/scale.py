"""The values that the engine takes and gives, all on the 0 to 8 scale of levels.

A skill of level L is mastered from theta = L - 0.5. Everything here is frozen; what cannot be is refused on making.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 8
Difficulties = Mapping[str, tuple[float, float]]
"""Item id to the mean and the variance of its difficulty b, in levels."""


class ItemRefused(ValueError):
    """An item, or a set of items, that the engine cannot reason about."""


class PlanRefused(ValueError):
    """A plan that contradicts itself or the items at hand."""


class AnswerRefused(ValueError):
    """An answer to an unknown item, to an item outside the plan, or given twice."""


class Outcome(StrEnum):
    """How a question ended; everything but RIGHT counts as wrong."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"


class Answer(NamedTuple):
    """One recorded outcome, in the form that scoring takes too."""

    item_id: str
    outcome: Outcome
    language: str | None = None


GivenAnswer = tuple[str, Outcome] | tuple[str, Outcome, str | None]
"""An answer as callers may write it, with or without its language."""
GivenAnswers = Sequence[GivenAnswer]


@dataclass(frozen=True, slots=True)
class Item:
    """One challenge as the engine sees it: where it stands, its level (1 to 8) and its number of choices (0: free)."""

    id: str
    skill: str
    topic: str
    competence: str
    area: str
    level: float
    options: int = 0

    def __post_init__(self) -> None:
        """Refuse an item without a name or place, or with a level or a number of choices that cannot be."""
        for name in ("id", "skill", "topic", "competence", "area"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name):
                raise ItemRefused(f"item {self.id!r} has no {name}")
        if not _is_number(self.level) or not LOWEST_LEVEL <= self.level <= HIGHEST_LEVEL:
            raise ItemRefused(f"item {self.id!r}: level {self.level!r} is not within 1 to 8")
        if not isinstance(self.options, int) or self.options < 0:
            raise ItemRefused(f"item {self.id!r}: {self.options!r} is no number of choices")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a test takes: topics with their level caps (1 to 8), and how many questions.

    target_error: standard error of record (the mean over competences) at which to stop; None: go on to max_items.
    """

    topics: dict[str, float] = field(hash=False)
    max_items: int
    min_items: int = 4
    min_per_competence: int = 4
    target_error: float | None = None

    def __post_init__(self) -> None:
        """Refuse what the plan alone can show to be impossible; the items show the rest when a test starts."""
        object.__setattr__(self, "topics", dict(self.topics))
        if not self.topics:
            raise PlanRefused("the plan holds no topic")
        for topic, cap in self.topics.items():
            if not _is_number(cap) or not LOWEST_LEVEL <= cap <= HIGHEST_LEVEL:
                raise PlanRefused(f"topic {topic!r}: cap {cap!r} is not within 1 to 8")
        if self.min_items < 1 or self.min_per_competence < 0:
            raise PlanRefused("a test asks at least one question")
        if self.max_items < max(self.min_items, self.min_per_competence):
            raise PlanRefused(f"{self.max_items} questions at most is less than the plan's own minimum")
        if self.target_error is not None and not (_is_number(self.target_error) and self.target_error > 0):
            raise PlanRefused(f"target error {self.target_error!r} is not a positive number")


@dataclass(frozen=True, slots=True)
class Reference:
    """A population: its mean level and the spread (standard deviations, in levels) that each tier adds to it."""

    mean: float = 2.7
    sd_general: float = 1.25
    sd_area: float = 0.55
    sd_competence: float = 0.80
    sd_topic: float = 0.60

    def __post_init__(self) -> None:
        """Refuse numbers that make no population; a topic's own spread must stay visible to the quadrature."""
        spreads = (self.sd_general, self.sd_area, self.sd_competence, self.sd_topic)
        if not all(_is_number(value) for value in (self.mean, *spreads)) or min(spreads) < 0:
            raise ValueError(f"{self} is no population")
        if self.sd_topic < 0.1 or math.hypot(self.sd_general, self.sd_area, self.sd_competence) < 0.1:
            raise ValueError("a population spreads by 0.1 level at least, between topics and between people")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A level and how sure we are of it (standard error), both on the 0 to 8 scale; a sum of levels adds up both."""

    level: float
    error: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The item to ask next, and why: numbers and strings, with the key of the sentence that tells them."""

    item_id: str
    reason: dict[str, str | int | float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """The test is over; reason is "precision", "longest" or "nothing_left"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score of record. None is "not measured".

    competences: mean level over the competence's topics. areas and total: sums over measured competences. share: of the
    plan's target, 0 to 1, for the grade. topics: x_t of the topics of measured competences. unasked: topics of the plan
    that no answer touched.
    """

    competences: dict[str, Estimate | None] = field(hash=False)
    share: float | None
    total: Estimate | None
    areas: dict[str, Estimate | None] = field(default_factory=dict, hash=False)
    topics: dict[str, float] = field(default_factory=dict, hash=False)
    unasked: tuple[str, ...] = ()

    @property
    def measured(self) -> tuple[str, ...]:
        """The competences that have a level of record."""
        return tuple(name for name, estimate in self.competences.items() if estimate is not None)


def _is_number(value: object) -> bool:
    """Whether value is a finite number (a truth value is none)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
