"""What every yardstick does alike: draw among equals, and write down what it asked and reported."""

from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Bools


def drawn(allowed: Bools, rng: np.random.Generator) -> Codes:
    """Give for each row the number of one of its true columns, each as likely; 0 where a row has none."""
    return np.asarray(np.argmax(np.where(allowed, rng.random(allowed.shape), -1.0), axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Notes:
    """The arrays that tracks are made of, filled question by question: people by questions (by competences)."""

    asked: Codes
    levels: Floats
    errors: Floats

    def write(self, question: int, rows: Codes, levels: Floats, errors: Floats | float = np.nan) -> None:
        """Note the item rows asked (-1: none) and what is reported after it, people by competences."""
        self.asked[:, question] = rows
        self.levels[:, question] = levels
        self.errors[:, question] = errors

    def tracks(self, written: int, before: Floats, *, with_errors: bool = True) -> Tracks:
        """Give the tracks, the last of so many written questions carried on; before: what is reported without any."""
        self.levels[:, written:] = (self.levels[:, written - 1] if written else before)[:, None]
        self.errors[:, written:] = self.errors[:, written - 1][:, None] if written else np.nan
        return Tracks(self.asked, self.levels, self.errors if with_errors else None)


def blank(people: int, longest: int, competences: int) -> Notes:
    """Begin notes on so many people: nothing asked."""
    asked = np.full((people, longest), -1, dtype=np.intp)
    return Notes(asked, np.zeros((people, longest, competences)), np.zeros((people, longest, competences)))
