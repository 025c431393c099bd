"""Where an attempt goes on: the page that comes next."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


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
"""Answers between two checkpoints."""
