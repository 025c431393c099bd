"""The instructor's page of a placement: trainees, where each stands, grades on their way, problems reported."""

from uuid import UUID

from flask import Blueprint, render_template

from lti_tool.assessment.visitor import placement_to_teach
from lti_tool.insights.absences import absences_in
from lti_tool.insights.charts import scales_of
from lti_tool.insights.classroom import class_of
from lti_tool.insights.reviews import requests_of
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from lti_tool.views.session import texts, visitor

classes = Blueprint("classes", __name__, url_prefix="/classes")


@classes.get("/<uuid:placement_id>")
@open_to(Audience.INSTRUCTOR)
def show(placement_id: UUID) -> str:
    """Who has begun, who has finished, with what result, and whether the grade has reached the LMS."""
    placement = placement_to_teach(db(), visitor(), placement_id)
    room = class_of(db(), parts().bank, placement, visitor().locale)
    scales = scales_of(tuple(one.shown for one in room.levels), None, texts().direction)
    return render_template(
        "classes/show.html", placement=placement, room=room, requests=requests_of(db(), placement), scales=scales,
        absences=absences_in(db(), placement),
    )  # fmt: skip
