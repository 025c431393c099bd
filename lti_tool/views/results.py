"""What a trainee reads of an attempt and may ask then: checkpoint, results, the grade again, a review by a person."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.finish import minimum_reached
from lti_tool.assessment.review import MOST_SIGNS, ask_for_review
from lti_tool.assessment.send_again import send_again
from lti_tool.assessment.start import RUNNING
from lti_tool.assessment.step import Page
from lti_tool.assessment.visitor import own_attempt, placement_to_take
from lti_tool.assessment.where import where
from lti_tool.errors import BadInput
from lti_tool.insights.charts import scales_of, wheel_of
from lti_tool.insights.trainee import checkpoint_of, result_of
from lti_tool.views.going import go, notice
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from lti_tool.views.session import speak, texts, visitor
from lti_tool.words import LANGUAGES

results = Blueprint("results", __name__)


@results.post("/tests/<uuid:placement_id>/language")
@open_to(Audience.TRAINEE)
def language(placement_id: UUID) -> Response:
    """The language of the pages, chosen before the test."""
    placement = placement_to_take(db(), visitor(), placement_id)
    if request.form.get("to") not in LANGUAGES:
        raise BadInput("question.language.unknown")
    speak(request.form["to"])
    return redirect(url_for("attempts.begin", placement_id=placement.id), code=303)


@results.get("/attempts/<uuid:attempt_id>/checkpoint")
@open_to(Audience.TRAINEE)
def checkpoint(attempt_id: UUID) -> Response | str:
    """After a stretch of answers: how each went, the right answer and why, a tip for next time."""
    attempt = own_attempt(db(), visitor(), attempt_id)
    page = checkpoint_of(db(), parts().bank, attempt, visitor().locale)
    if page is None:
        return go(where(db(), attempt))
    can_finish = attempt.phase in RUNNING and minimum_reached(db(), parts().bank, attempt)
    return render_template(
        "attempts/checkpoint.html", attempt=attempt, page=page, can_finish=can_finish, notice=notice()
    )


@results.get("/attempts/<uuid:attempt_id>/results")
@open_to(Audience.TRAINEE)
def show(attempt_id: UUID) -> Response | str:
    """What one can do, with its margin, and what to work on."""
    attempt = own_attempt(db(), visitor(), attempt_id)
    step = where(db(), attempt)
    if step.page is not Page.RESULTS:
        return go(step)
    result = result_of(db(), parts().bank, visitor(), attempt, clock.now())
    return render_template(
        "attempts/results.html", attempt=attempt, result=result, notice=notice(), most=MOST_SIGNS,
        scales=scales_of(result.competences, result.earlier, texts().direction),
        wheel=wheel_of(result.competences, result.earlier),
    )  # fmt: skip


@results.post("/attempts/<uuid:attempt_id>/send-again")
@open_to(Audience.TRAINEE)
def grade_again(attempt_id: UUID) -> Response:
    """The grade once more into the outbox."""
    return go(send_again(db(), parts().bank, visitor(), attempt_id, clock.now()))


@results.post("/attempts/<uuid:attempt_id>/review")
@open_to(Audience.TRAINEE)
def review(attempt_id: UUID) -> Response:
    """Asks the instructor to look at the result."""
    return go(ask_for_review(db(), visitor(), attempt_id, request.form.get("text", ""), clock.now()))
