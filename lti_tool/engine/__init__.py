"""The adaptive engine: chooses questions, keeps the belief that chooses them, and scores answers for the record.

Two things are kept apart on purpose. The belief (`Engine`, `State`) is joint over all topics, may be steered by earlier
results and is guidance. The score of record (`score`) is a pure function of plan, items and answers, the same for all.
"""

from lti_tool.engine.engine import Engine, Summary
from lti_tool.engine.prior import widened
from lti_tool.engine.result import band, band_probabilities, interval, pix, shown_level
from lti_tool.engine.scale import (
    Answer,
    AnswerRefused,
    Choice,
    Estimate,
    Item,
    ItemRefused,
    Outcome,
    Plan,
    PlanRefused,
    Reference,
    Score,
    Stop,
)
from lti_tool.engine.scoring import CURRENT, versions
from lti_tool.engine.skills import Frontier
from lti_tool.engine.state import State

score = versions[CURRENT]

__all__ = [
    "CURRENT",
    "Answer",
    "AnswerRefused",
    "Choice",
    "Engine",
    "Estimate",
    "Frontier",
    "Item",
    "ItemRefused",
    "Outcome",
    "Plan",
    "PlanRefused",
    "Reference",
    "Score",
    "State",
    "Stop",
    "Summary",
    "band",
    "band_probabilities",
    "interval",
    "pix",
    "score",
    "shown_level",
    "versions",
    "widened",
]
