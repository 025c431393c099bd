"""What an audit says: a verdict for each attempt with the first difference, and findings across attempts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from xapi.facts import Measure


class Kind(StrEnum):
    """What can be wrong in an attempt; the first six are the values of `xapi.chain.Break`."""

    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    MISSING = "missing"
    DOUBLED = "doubled"
    NO_BEGINNING = "no_beginning"
    ALTERED = "altered"
    MISPLACED = "misplaced"
    AFTER_END = "after_end"
    NO_END = "no_end"
    OTHER_PERSON = "other_person"
    OTHER_TEST = "other_test"
    BEYOND_ATTEMPTS = "beyond_attempts"
    TOPIC_TWICE = "topic_twice"
    ITEM_TWICE = "item_twice"
    OUTSIDE_PLAN = "outside_plan"
    OUT_OF_TURN = "out_of_turn"
    RESPONSE = "response"
    TOO_MANY = "too_many"
    MISCOUNTED = "miscounted"
    TOO_FEW = "too_few"
    COMMITMENT = "commitment"
    NOT_OF_BANK = "not_of_bank"
    UNLIKE_KIND = "unlike_kind"
    OUTCOME = "outcome"
    UNSCORABLE = "unscorable"
    LEVELS = "levels"
    SHARE = "share"
    GRADE = "grade"
    GRADE_SENT = "grade_sent"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where an attempt is not as it should be: the sequence number, what was due there, what is."""

    kind: Kind
    sequence: int
    statement: str
    expected: str
    found: str


class Differs(Exception):
    """Raised by a check at the first difference that it meets."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference)
        self.difference = difference


class Standing(StrEnum):
    """What an attempt comes to: everything agrees; so far, it is not over; something does not agree."""

    VERIFIED = "verified"
    OPEN = "open"
    DIFFERS = "differs"


class Marked(StrEnum):
    """A: every response was drawn and marked again. B: at least one outcome was taken as given."""

    AGAIN = "A"
    AS_GIVEN = "B"


class Why(StrEnum):
    """Why an outcome had to be taken as given."""

    NO_BANK = "no_bank"
    OTHER_BANK = "other_bank"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Marking:
    """How the outcomes were checked; `why` (with `detail`: the bank's version, or how many responses) explains B."""

    grade: Marked | None = None
    why: Why | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result of record as told or as recomputed; None: not there.

    Levels by competence and the share of the target, or for a fixed list the share of right answers (both 0..1); grade
    0..100.
    """

    levels: Mapping[str, Measure | None] = field(default_factory=dict)
    share: float | None = None
    grade: float | None = None
    share_right: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one attempt; `number` counts the person's attempts at the test.

    `told` is what `completed` says and `recomputed` what the answers give; `sent` is what the LMS was told. All three
    are None where the attempt has no result, `recomputed` also where it cannot be had.
    """

    attempt: str
    person: str
    test: str
    test_name: str
    statements: int
    standing: Standing
    begun: datetime | None = None
    number: int | None = None
    answers: int = 0
    marking: Marking = Marking()
    told: Result | None = None
    recomputed: Result | None = None
    sent: float | None = None
    difference: Difference | None = None


class Issue(StrEnum):
    """What can be wrong between attempts that are each in order."""

    NUMBER_MISSING = "number_missing"
    NUMBER_TWICE = "number_twice"
    RULES = "rules"
    PARAMETERS = "parameters"
    NOT_BEST = "not_best"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong across attempts at one test; `attempt` (of `person`) is the one it was noticed at."""

    issue: Issue
    test: str
    test_name: str
    person: str
    attempt: str
    expected: str
    found: str
