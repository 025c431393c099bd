"""For an instructor: in what conditions one trainee takes the test, their extra time, and when they left the page."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.accommodate import NONE, accommodate, trainee_of
from lti_tool.assessment.timing import extra_time_of
from lti_tool.insights.absences import absences_of
from lti_tool.models import ExtraTime
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db
from lti_tool.views.session import visitor

conditions = Blueprint("conditions", __name__, url_prefix="/classes")


@conditions.get("/<uuid:placement_id>/people/<uuid:person_id>")
@open_to(Audience.INSTRUCTOR)
def show(placement_id: UUID, person_id: UUID) -> str:
    """The page of one trainee of the course."""
    placement, person = trainee_of(db(), visitor(), placement_id, person_id)
    return render_template(
        "classes/conditions.html", placement=placement, person=person, choices=(NONE, *ExtraTime),
        extra=extra_time_of(db(), person.id) or NONE, absences=list(absences_of(db(), placement, person.id)),
        saved="saved" in request.args,
    )  # fmt: skip


@conditions.post("/<uuid:placement_id>/people/<uuid:person_id>")
@open_to(Audience.INSTRUCTOR)
def keep(placement_id: UUID, person_id: UUID) -> Response:
    """Sets the extra time."""
    accommodate(db(), visitor(), placement_id, person_id, request.form.get("extra_time", ""), clock.now())
    return redirect(url_for("conditions.show", placement_id=placement_id, person_id=person_id, saved=1), code=303)
