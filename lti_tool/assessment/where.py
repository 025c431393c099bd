"""Where an attempt stands now: for a reload, Back, a second tab, another device."""

from sqlalchemy.orm import Session

from lti_tool.assessment.ask import open_question
from lti_tool.assessment.step import Page, Step
from lti_tool.models import Attempt, Phase


def where(session: Session, attempt: Attempt, notice: str | None = None) -> Step:
    """The page on which the attempt goes on."""
    if attempt.phase in {Phase.FINISHED, Phase.ABANDONED}:
        return Step(attempt.id, Page.RESULTS, notice=notice)
    question = open_question(session, attempt)
    return Step(attempt.id, Page.QUESTION, question.id if question else None, notice)
