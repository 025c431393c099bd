"""Calibration: what recorded answers say of the items, and whose level that would move. Pure computation.

`calibrate` makes a proposal, `shadow` tells what it would change; neither changes anything. Scores of record keep the
difficulties that their placement froze, and the reference population of their scoring version, whatever is found here.
"""

from lti_tool.engine.calibration.proposing import calibrate
from lti_tool.engine.calibration.rescoring import Rescored, Shadow, rescored, shadow
from lti_tool.engine.calibration.values import ItemReport, Proposal, Sitting

__all__ = ["ItemReport", "Proposal", "Rescored", "Shadow", "Sitting", "calibrate", "rescored", "shadow"]
