"""Small worlds and banks to calibrate."""

import numpy as np
import pytest
from calibration_sittings import Known, staircase

from lti_tool.engine import Item, Reference
from lti_tool.engine.calibration import calibrate
from lti_tool.engine.simulation.world import Nature, World, world

WRONG = Nature("wrong levels", Reference(), judged_wrong=0.8)


@pytest.fixture(scope="session")
def small() -> World:
    """Three competences, about 180 items, judged wrong by 0.8."""
    return world(WRONG, np.random.default_rng(5), competences=3, max_items=24)


@pytest.fixture(scope="session")
def known(small: World) -> Known:
    """400 people, 24 questions each."""
    sittings = staircase(small, np.random.default_rng(6), 400)
    return Known(small, sittings, calibrate(small.items, sittings))


@pytest.fixture(scope="session")
def items() -> list[Item]:
    """Two topics of one competence, levels 1 to 4, two variants a skill; the second variant a choice of four."""
    return [
        Item(f"{topic}@{level}.{variant}", f"{topic}@{level}", topic, "1.1", "1", level, 4 * variant)
        for topic in ("t", "u")
        for level in range(1, 5)
        for variant in range(2)
    ]
