"""Sums by group, as floating numbers whatever is summed."""

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes


def summed(group: Codes, values: Floats | None, groups: int) -> Floats:
    """Add up the values of each group (None: count them); group: the number of each value's group, 0 to groups - 1."""
    return np.bincount(group, values, minlength=groups).astype(np.float64)
