"""Languages of a test: in which one a challenge is shown to a reader, and the switch half-way."""

from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.assessment.visitor import Visitor, own_question
from lti_tool.content import Challenge
from lti_tool.errors import BadInput
from lti_tool.models import Question
from lti_tool.words import LANGUAGES, nearest_language


def shown_in(challenge: Challenge, locale: str) -> str:
    """The reader's language where the challenge is written in it, else the nearest: the answer is in that one too."""
    return nearest_language(challenge.languages, locale) or challenge.languages[0]


def switch_language(session: Session, visitor: Visitor, question_id: UUID, language: str) -> Question:
    """From now on the attempt speaks that language: it stands in its next statements; BadInput for one of no use."""
    if language not in LANGUAGES:
        raise BadInput("question.language.unknown")
    question = own_question(session, visitor, question_id, lock=True)
    question.attempt.language = language
    return question
