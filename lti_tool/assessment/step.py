"""Where an attempt goes on: the page that comes next."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lti_tool.assessment.rules import Purpose, rules_of
from lti_tool.models import Placement


class Page(StrEnum):
    """The pages of an attempt."""

    QUESTION = "question"
    CHECKPOINT = "checkpoint"
    RESULTS = "results"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Step:
    """The next page of an attempt; `question_id` where it is a question; `notice` names a message to show there."""

    attempt_id: UUID
    page: Page
    question_id: UUID | None = None
    notice: str | None = None


CHECKPOINT_EVERY = 5
"""Answers between two checkpoints, where nothing else is said."""
_SHORT_LIST = 12


def checkpoint_every(placement: Placement) -> int:
    """Answers between two checkpoints: each one in training, the whole of a short fixed list, else five."""
    return 1 if rules_of(placement).purpose is Purpose.TRAINING else steps_in_row(placement)


def steps_in_row(placement: Placement) -> int:
    """How many numbered steps are shown together: the whole of a short fixed list, else five."""
    listed = len(placement.rules.get("items", ()))
    return listed if 0 < listed <= _SHORT_LIST else CHECKPOINT_EVERY
