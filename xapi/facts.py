"""The facts that statements carry: plain frozen values, the same on the way out and on the way back.

`reading.read(statements.build(facts))` gives equal facts, so moments and durations are whole milliseconds, moments are
aware UTC, and None stands for what is absent. Nothing here names a person but `Actor`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from xapi.rules import Plan, Versions

Names = Mapping[str, str]
"""A text by language tag (BCP 47): `{"en": "…", "fr": "…"}`; empty when nothing is said."""

Given = str | tuple[str, ...] | Mapping[str, str]
"""A canonical response: one text, choice or number; several in an order; or one for each field."""


class Outcome(StrEnum):
    """How a question ended; only RIGHT is a success."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as an account: a random pseudonym, or the LTI issuer and sub where an institution chose it."""

    home_page: str
    name: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A test, course or programme: its IRI and its names."""

    iri: str
    names: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Competence:
    """A competence of the framework by its code, for example `1.2`."""

    code: str
    names: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every statement of one attempt shares; `attempt` is the registration, `platform` names the LMS."""

    attempt: UUID
    actor: Actor
    test: Activity
    competences: tuple[Competence, ...]
    platform: str
    language: str
    course: Activity | None = None
    programme: Activity | None = None

    def within(self, code: str) -> Self:
        """The same setting naming one competence only, for an answer: so that an LRS finds answers by competence."""
        return replace(self, competences=tuple(one for one in self.competences if one.code == code))


@dataclass(frozen=True, slots=True)
class Link:
    """A statement's place in its attempt: 1, 2, 3… and the hash of the statement before it (None for the first)."""

    sequence: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A level on the scale 0..8 with its standard error."""

    level: float
    error: float


@dataclass(frozen=True, slots=True)
class Component:
    """One option, source, target or step of an interaction: a stable id and its text in each language."""

    id: str
    names: Names


@dataclass(frozen=True, slots=True)
class Interaction:
    """A challenge as xAPI describes one (Data §4.1.6); `kind` is an interactionType.

    The activity is the same for everyone who meets the challenge, so what a seed draws has no place in it.
    """

    kind: str
    names: Names
    choices: tuple[Component, ...] = ()
    source: tuple[Component, ...] = ()
    target: tuple[Component, ...] = ()
    steps: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A response of which only the hash is told (`responses.digest`)."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Score:
    """A result score: points between a minimum and a maximum above 0; `scaled` is raw / maximum."""

    raw: float
    minimum: float = 0.0
    maximum: float = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every statement says: its id, moment, setting, and place in the attempt."""

    id: UUID
    timestamp: datetime
    setting: Setting
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialized(Facts):
    """An attempt began: the rules it plays by, and the commitment to its secret seed (`chain.commitment`).

    `exposure` is the number of the exposure snapshot, `number` counts this person's attempts at this placement from 1,
    `pool` is `open` or `sealed`.
    """

    plan: Plan
    versions: Versions
    commitment: str
    exposure: int
    number: int
    pool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Facts):
    """A question ended. `given` None: nothing was given; `estimate` is guidance (None for a fixed list).

    `difficulty` is the mean of b, `variance` its variance; `options` is 0 where the answer is free; `language` is that
    of the challenge as it was shown, `presentation` how it was shown, `device` a class (phone, tablet, computer).
    """

    item: str
    topic: str
    options: int
    difficulty: float
    variance: float
    outcome: Outcome
    interaction: Interaction
    device: str
    language: str
    presentation: str
    duration: timedelta
    given: Given | Withheld | None = None
    estimate: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Facts):
    """An attempt reached its end: the result of record, and the seed (32 hex digits).

    `levels` holds each competence of the plan, None where it is not measured; it is empty for a fixed list, which has
    `share_right` instead. Shares are 0..1. `score_sent` is what the LMS is told, on 0..100, None when nothing is.
    """

    answers: int
    seed: str
    duration: timedelta
    levels: Mapping[str, Measure | None] = field(default_factory=dict)
    share_right: float | None = None
    share_of_target: float | None = None
    score_sent: float | None = None
    score: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abandoned(Facts):
    """An attempt was closed before it could give a result: how many answers it holds, and its seed (32 hex digits)."""

    answers: int
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Facts):
    """The person left, or was idle for long; the attempt can be resumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Facts):
    """The person came back to the attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminated(Facts):
    """The attempt is over: nothing follows but what people change."""
