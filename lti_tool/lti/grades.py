"""Grades to the platform and back: scores and results (Assignment and Grade Services 2.0).

Only final scores leave: Moodle 4.2 erases the grade when a score comes without FullyGraded, and its comment when none
comes with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from math import isfinite
from typing import Any, Final

from pylti1p3.grade import Grade

from lti_tool import clock
from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.line_items import find_or_create_line_item
from lti_tool.lti.reading import record, shown_text
from lti_tool.lti.refusals import TokenRefused
from lti_tool.lti.services import Service, under, with_query
from lti_tool.lti.tokens import AccessTokens, words_of
from lti_tool.models import Platform
from lti_tool.outbound import Answer, Outbound

__all__ = [
    "GradeAnswer",
    "GradeOutcome",
    "GradeToSend",
    "Result",
    "find_or_create_line_item",
    "judge",
    "post_score",
    "read_result",
    "retry_after",
    "score_json",
]

LONGEST_PAUSE: Final = 24 * 3600  # seconds
_CANVAS_SUBMISSION: Final = "https://canvas.instructure.com/lti/submission"


class GradeOutcome(StrEnum):
    """What became of a score."""

    SENT = "sent"
    FINAL_REFUSAL = "final_refusal"
    """The platform will never take it: the person has left the course, the column is gone."""
    CONFLICT = "conflict"
    """It holds a score of that time or a later one: read the result before concluding."""
    AGAIN = "again"
    UNAUTHORISED = "unauthorised"


@dataclass(frozen=True, slots=True)
class GradeToSend:
    """One final score of one person; times are aware UTC. `resent` marks a score that was sent before, unchanged."""

    subject: str
    score: float
    comment: str
    timestamp: datetime
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    maximum: float = 100.0
    resent: bool = False

    def __post_init__(self) -> None:
        if not (isfinite(self.score) and 0 <= self.score <= self.maximum) or not self.comment.strip():
            msg = "a grade has a score from 0 to its maximum and a comment"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class GradeAnswer:
    """What the platform said to a score; `retry_after` in seconds.

    `in_doubt`: it may have been stored although no good answer came; read the result before sending again.
    """

    kind: GradeOutcome
    status: int | None
    words: str
    retry_after: int | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The grade that the platform holds (AGS 2.0 §3.3); `maximum` is its own, which may differ from what was sent."""

    score: float
    maximum: float
    comment: str | None


def post_score(
    outbound: Outbound,
    tokens: AccessTokens,
    platform: Platform,
    line_item_url: str,
    grade: GradeToSend,
    now: datetime,
) -> GradeAnswer:
    """Sends one score and says what became of it; raises for no answer of the platform, whatever it is."""
    service = Service(outbound, tokens, platform, (lti.SCOPE_SCORE,))
    body = score_json(grade, platform.product_family)
    url = under(line_item_url, "scores")
    try:
        answer = service.call("POST", url, now, accept="application/json", body=body, content_type=lti.SCORE_TYPE)
    except TokenRefused as error:
        return GradeAnswer(GradeOutcome.UNAUTHORISED, _status(error), str(error.values.get("words", "")))
    except Unreachable as error:
        asked = error.key not in {"services.token_unreachable", "services.token_unreadable"}  # else it never left
        return GradeAnswer(GradeOutcome.AGAIN, None, str(error)[:300], in_doubt=asked)
    return judge(answer, now)


def score_json(grade: GradeToSend, product_family: str | None) -> str:
    """The body of a score (AGS 2.0 §3.4)."""
    times = {"startedAt": grade.started_at, "submittedAt": grade.submitted_at}
    submission = {name: clock.iso(moment) for name, moment in times.items() if moment is not None}
    extra: dict[str, Any] = {"submission": submission} if submission else {}
    if grade.resent and product_family == "canvas":
        extra[_CANVAS_SUBMISSION] = {"new_submission": False}  # else Canvas counts a new submission
    return (
        Grade()
        .set_user_id(grade.subject)
        .set_score_given(grade.score)
        .set_score_maximum(grade.maximum)
        .set_comment(grade.comment)
        .set_timestamp(clock.iso(grade.timestamp))
        .set_activity_progress("Completed")
        .set_grading_progress("FullyGraded")
        .set_extra_claims(extra)
        .get_value()
    )


def judge(answer: Answer, now: datetime) -> GradeAnswer:
    """What an answer to a score means.

    Final refusals, as seen: Moodle 400, Blackboard 400, D2L 403 and 404, Canvas 422. Canvas also answers 403 to a
    caller who asks too often and says so in its words.
    """
    status, words = answer.status, words_of(answer)
    throttled = status == 403 and "rate limit" in words.lower()
    if 200 <= status < 300 and _is_page(answer):  # a proxy's or a login page's: the LMS itself may have said nothing
        return GradeAnswer(GradeOutcome.AGAIN, status, words, in_doubt=True)
    if 200 <= status < 300:
        return GradeAnswer(GradeOutcome.SENT, status, "")
    if status == 401:
        return GradeAnswer(GradeOutcome.UNAUTHORISED, status, words)
    if status == 409:
        return GradeAnswer(GradeOutcome.CONFLICT, status, words)
    if status in {408, 425, 429} or status < 400 or status >= 500 or throttled:
        pause = retry_after(answer.headers.get("Retry-After"), now)
        return GradeAnswer(GradeOutcome.AGAIN, status, words, pause, in_doubt=status >= 500)
    return GradeAnswer(GradeOutcome.FINAL_REFUSAL, status, words)


def _is_page(answer: Answer) -> bool:
    """Whether a page for people came back where a service answers."""
    kind = str(answer.headers.get("Content-Type", "")).lower()
    return "html" in kind and bool(answer.body.strip())


def retry_after(header: str | None, now: datetime) -> int | None:
    """Seconds to wait, from a number or a date (RFC 9110 §10.2.3); None when the header says nothing readable."""
    text = (header or "").strip()[:60]
    if text.isascii() and text.isdigit():
        return min(int(text), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(round((moment - now).total_seconds()), 0), LONGEST_PAUSE)


def read_result(
    outbound: Outbound, tokens: AccessTokens, platform: Platform, line_item_url: str, subject: str, now: datetime
) -> Result | None:
    """The grade that the platform holds for a person; None when it holds none. Unreachable when it does not say."""
    service = Service(outbound, tokens, platform, (lti.SCOPE_RESULT,))
    url = with_query(under(line_item_url, "results"), user_id=subject)
    for page in service.pages(url, now, lti.RESULTS_TYPE):
        for entry in map(record, page if isinstance(page, list) else []):
            if entry.get("userId") == subject:  # not every platform honours the filter
                return _read_entry(entry)
    return None


def _read_entry(entry: Mapping[str, Any]) -> Result | None:
    score, maximum = _number(entry.get("resultScore")), _number(entry.get("resultMaximum"))
    if score is None:
        return None
    return Result(score, 1.0 if maximum is None else maximum, shown_text(entry.get("comment"), 4000))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def _status(error: TokenRefused) -> int | None:
    status = error.values.get("status")
    return status if isinstance(status, int) else None
