"""What an attempt is played by and computed with, as `initialized` tells it before the first question."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the plan: its competence, area, and the level at which it is capped."""

    topic: str
    competence: str
    area: str
    cap: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules of an attempt. `attempts` None: as many as one likes; `counts` is `best` or `last`.

    `attention` is `free` or `focus` (None: not told), `delay` the hours between two attempts, `minutes` the time for
    one before anybody's extra time (None: no limit). `items` are those of a fixed list, in order; empty: adaptive.
    """

    topics: tuple[Topic, ...]
    min_items: int
    max_items: int
    min_per_competence: int
    counts: str
    grade_policy: str
    purpose: str
    attempts: int | None = None
    attention: str | None = None
    delay: int | None = None
    minutes: int | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prior:
    """The numbers of the published reference prior (level 0..8 and its standard deviations)."""

    mean: float
    sd_general: float
    sd_area: float
    sd_competence: float
    sd_topic: float


@dataclass(frozen=True, slots=True)
class Versions:
    """What a score is computed with: the bank, its item parameters, the prior, the scoring."""

    bank: str
    parameters: str
    prior: Prior
    scoring: str
