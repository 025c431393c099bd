"""From a step of an attempt to its page, and what that page says first."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lti_tool.assessment.step import Page, Step

_PAGES = {Page.CHECKPOINT: "results.checkpoint", Page.RESULTS: "results.show"}
_NOTICES = frozenset(
    {
        "attempt.notice.already_answered",
        "attempt.notice.over",
        "attempt.notice.time_up",
        "attempt.notice.too_late",
        "attempt.notice.reported",
        "review.notice",
        "send_again.notice",
    }
)


def go(step: Step) -> Response:
    """303 to the page of a step."""
    if step.page is Page.QUESTION and step.question_id is not None:
        return redirect(url_for("attempts.question", question_id=step.question_id, notice=step.notice), code=303)
    page = _PAGES.get(step.page, "attempts.go_on")
    return redirect(url_for(page, attempt_id=step.attempt_id, notice=step.notice), code=303)


def notice() -> str | None:
    """The key of the message that the address asks to show, when it is one of ours."""
    wanted = request.args.get("notice")
    return wanted if wanted in _NOTICES else None
