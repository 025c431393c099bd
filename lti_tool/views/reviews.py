"""The instructor's page of one attempt: the record, and the reply to a trainee who asks for a review."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.review import MOST_SIGNS, reply_to_review, request_to_answer
from lti_tool.insights.reviews import record_to_review
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from lti_tool.views.session import visitor

reviews = Blueprint("reviews", __name__, url_prefix="/classes")


@reviews.get("/<uuid:placement_id>/attempts/<uuid:attempt_id>")
@open_to(Audience.INSTRUCTOR)
def show(placement_id: UUID, attempt_id: UUID) -> str:
    """Every question and answer of an attempt, what is right, and what the trainee asks."""
    asked = request_to_answer(db(), visitor(), placement_id, attempt_id)
    record = record_to_review(db(), parts().bank, asked, visitor().locale)
    return render_template("classes/review.html", placement=asked.attempt.placement, record=record, most=MOST_SIGNS)


@reviews.post("/<uuid:placement_id>/attempts/<uuid:attempt_id>/reply")
@open_to(Audience.INSTRUCTOR)
def reply(placement_id: UUID, attempt_id: UUID) -> Response:
    """The instructor's sentence, which the trainee then sees beside the result."""
    reply_to_review(db(), visitor(), placement_id, attempt_id, request.form.get("reply", ""), clock.now())
    return redirect(url_for("reviews.show", placement_id=placement_id, attempt_id=attempt_id), code=303)
