"""What a way of testing leaves behind: the questions it asked and what it reported after each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.simulation.world import Cohort


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """asked: people by questions, item rows, -1 after a test's end. levels: people by questions by competences, as
    reported after each answer (the last one is carried on after the end). errors: the same shape, or None where a
    way of testing knows no error.
    """

    asked: Codes
    levels: Floats
    errors: Floats | None = None

    @property
    def lengths(self) -> Codes:
        """Questions asked of each person."""
        return np.asarray((self.asked >= 0).sum(axis=1))

    def after(self, questions: int) -> Floats:
        """The levels after so many questions (or at the end, if it came before): people by competences."""
        return np.asarray(self.levels[:, min(questions, self.levels.shape[1]) - 1])

    def errors_after(self, questions: int) -> Floats | None:
        """The errors after so many questions."""
        return None if self.errors is None else np.asarray(self.errors[:, min(questions, self.levels.shape[1]) - 1])


Method = Callable[[Cohort, np.random.Generator, int], Tracks]
"""A way of testing: people, a generator for its own draws, the longest length in questions."""
