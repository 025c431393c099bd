"""The rules of a placement: what it is for, how often one may try, how long one has; chosen once and then frozen.

They stand in `placements.rules` as plain JSON; a placement from before a rule existed has that rule's default.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from lti_tool.errors import BadInput
from lti_tool.models import GradePolicy, Placement
from lti_tool.words import Words

MOST_ATTEMPTS = 99
MOST_HOURS = 24 * 365
MOST_MINUTES = 600
_MOST_DIGITS = 6

Option = TypeVar("Option", bound=StrEnum)


class Purpose(StrEnum):
    """What a test is for: to learn, to find out where one stands, or to be graded without help."""

    TRAINING = "training"
    POSITIONING = "positioning"
    EXAM = "exam"


class Attention(StrEnum):
    """Whether one may look things up elsewhere, or is asked to stay on the page."""

    FREE = "free"
    FOCUS = "focus"


class Counts(StrEnum):
    """Which of several attempts the LMS is told."""

    BEST = "best"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Rules:
    """What an instructor rules; 0 is no limit. `delay` is in hours from the end of an attempt to the next start."""

    purpose: Purpose = Purpose.POSITIONING
    attention: Attention = Attention.FREE
    attempts: int = 0
    delay: int = 0
    best_or_last: Counts = Counts.BEST
    minutes: int = 0

    def to_json(self) -> dict[str, Any]:
        """The rules as a placement keeps them."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}


def rules_of(placement: Placement) -> Rules:
    """The rules that a placement froze."""
    kept = placement.rules
    return Rules(
        purpose=Purpose(kept.get("purpose", Purpose.POSITIONING)),
        attention=Attention(kept.get("attention", Attention.FREE)),
        attempts=int(kept.get("attempts", 0)),
        delay=int(kept.get("delay", 0)),
        best_or_last=Counts(kept.get("best_or_last", Counts.BEST)),
        minutes=int(kept.get("minutes", 0)),
    )


def chosen_rules(form: Mapping[str, str]) -> Rules:
    """The rules that a form asks for, an empty field being left to the purpose; BadInput names the field."""
    purpose = _one_of(Purpose, form.get("purpose") or Purpose.POSITIONING, "rules.purpose")
    is_exam = purpose is Purpose.EXAM
    return Rules(
        purpose=purpose,
        attention=_one_of(
            Attention, form.get("attention") or (Attention.FOCUS if is_exam else Attention.FREE), "rules.attention"
        ),
        attempts=whole_of(form, "attempts", MOST_ATTEMPTS, "rules.attempts", empty=1 if is_exam else 0),
        delay=whole_of(form, "delay", MOST_HOURS, "rules.delay"),
        best_or_last=_one_of(Counts, form.get("best_or_last") or Counts.BEST, "rules.best_or_last"),
        minutes=whole_of(form, "minutes", MOST_MINUTES, "rules.minutes"),
    )


def rules_in_words(placement: Placement, say: Words) -> list[str]:
    """The rules as sentences for whoever is about to take the test."""
    rules = rules_of(placement)
    told = [say.t(f"rules.said.purpose.{rules.purpose}"), say.t(f"rules.said.attention.{rules.attention}")]
    told.append(say.n("rules.said.attempts", rules.attempts) if rules.attempts else say.t("rules.said.attempts_free"))
    if rules.delay and rules.attempts != 1:
        told.append(say.t("rules.said.delay", wait=say.duration(3600 * rules.delay)))
    if rules.attempts != 1 and placement.grade_policy == GradePolicy.SCORE:
        told.append(say.t(f"rules.said.counts.{rules.best_or_last}"))
    if rules.minutes:
        told.append(say.t("rules.said.minutes", time=say.duration(60 * rules.minutes)))
    if placement.rules.get("items"):
        told.append(say.n("rules.said.listed", len(placement.rules["items"])))
    if placement.rules.get("capped"):
        told.append(say.t("rules.said.capped"))
    return told


def whole_of(form: Mapping[str, str], name: str, most: int, key: str, empty: int = 0) -> int:
    """The number of a field, 0 to `most`, in whichever digits it was typed; `empty` where nothing was.

    BadInput with that key for anything else.
    """
    typed = form.get(name, "").strip()
    if not typed:
        return empty
    number = int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else most + 1
    if number > most:
        raise BadInput(key, most=most)
    return number


def _one_of(options: type[Option], given: str, key: str) -> Option:
    if given not in set(options):
        raise BadInput(key)
    return options(given)
