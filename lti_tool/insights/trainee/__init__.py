"""What a trainee reads: before the test, during it, at a checkpoint, at the end."""

from lti_tool.insights.trainee.checkpoint import Checkpoint, checkpoint_of
from lti_tool.insights.trainee.results import Result, result_of
from lti_tool.insights.trainee.start import Start, start_of
from lti_tool.insights.trainee.steps import Steps, steps_of
from lti_tool.insights.trainee.told import Told, told_of

__all__ = [
    "Checkpoint",
    "Result",
    "Start",
    "Steps",
    "Told",
    "checkpoint_of",
    "result_of",
    "start_of",
    "steps_of",
    "told_of",
]
