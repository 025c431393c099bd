"""Scores and results (AGS 2.0 §3.4, §3.3), as Moodle 4.2.3 takes and gives them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import parse
from lti_tool.demo.faults import suffer
from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import RESULT_READ, SCORE, LmsConfig
from lti_tool.demo.lms.records import Column, Course, Grade, Part
from lti_tool.demo.lms.scale import plain, rescaled
from lti_tool.demo.lms.services import admit, as_type, column_here, require_type
from lti_tool.demo.lms.state import Lms, this_lms

scores = Blueprint("scores", __name__, url_prefix="/services/<course_id>/lineitems/<column_id>/lineitem")
suffer(scores, lambda: this_lms().faults)
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
RESULT_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"


@scores.post("/scores")
def take(course_id: str, column_id: str) -> ResponseReturnValue:
    """Keeps a score: 200 with an empty body; 400 for a wrong one; 409 when it is not newer than the one kept."""
    lms = this_lms()
    tool, course = admit(lms, course_id, SCORE, tool_id=request.args.get("type_id"))
    column = column_here(lms, course, tool, column_id)
    require_type(SCORE_TYPE)
    body: Any = request.get_json(silent=True, force=True)
    moment = _moment(body)
    if moment is None or not _sound(body) or not _gradable(lms, course, body["userId"]):
        return as_type(SCORE_TYPE, [], 400)
    key = (column.id, body["userId"])
    with lms.lock:
        kept = lms.grades.get(key)
        if kept is not None and moment <= kept.at:
            return as_type(SCORE_TYPE, [], 409)
        lms.grades[key] = _grade(body, column, moment)
    return as_type(SCORE_TYPE, "")


@scores.get("/results")
def results(course_id: str, column_id: str) -> ResponseReturnValue:
    """The grades of a column, of one person with `user_id`; erased ones are not there."""
    lms = this_lms()
    tool, course = admit(lms, course_id, RESULT_READ, tool_id=request.args.get("type_id"))
    column = column_here(lms, course, tool, column_id)
    wanted = request.args.get("user_id")
    found = [
        _result(lms.config, column, user_id, grade)
        for (of, user_id), grade in lms.grades.items()
        if of == column.id and grade.score is not None and wanted in {None, user_id}
    ]
    return as_type(RESULT_TYPE, found)


def _moment(body: object) -> datetime | None:
    """The score's time, to the second as Moodle keeps it; None when it has none that names its offset."""
    if not isinstance(body, dict) or not isinstance(body.get("timestamp"), str):
        return None
    try:
        return parse(body["timestamp"]).replace(microsecond=0)
    except ValueError:
        return None


def _sound(body: Mapping[str, Any]) -> bool:
    """Whether the rest of a score is there; Moodle asks for both progresses but takes any words in them."""
    given, maximum = body.get("scoreGiven"), body.get("scoreMaximum")
    return (
        isinstance(body.get("userId"), str)
        and isinstance(body.get("activityProgress"), str)
        and isinstance(body.get("gradingProgress"), str)
        and (given is None or (_number(given) and given >= 0))
        and (maximum is None or (_number(maximum) and maximum > 0))
        and not (given is not None and maximum is None)
    )


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _gradable(lms: Lms, course: Course, user_id: str) -> bool:
    """Only who is in the course to learn can have a grade."""
    person = lms.people.get(user_id)
    return person is not None and person.id in course.members and person.part is Part.TRAINEE


def _grade(body: Mapping[str, Any], column: Column, moment: datetime) -> Grade:
    """What Moodle 4.2.3 makes of a score: nothing but a fully graded one counts, and no comment erases the earlier."""
    final = body["gradingProgress"] == "FullyGraded" and body.get("scoreGiven") is not None
    score = rescaled(body["scoreGiven"], body["scoreMaximum"], column.maximum) if final else None
    return Grade(score, str(body.get("comment") or "") if final else "", moment)


def _result(config: LmsConfig, column: Column, user_id: str, grade: Grade) -> dict[str, Any]:
    return {
        "id": f"{addresses.results(config, column)}?type_id={column.tool_id}&user_id={user_id}",
        "scoreOf": addresses.line_item(config, column),
        "userId": user_id,
        "resultScore": plain(grade.score or 0),
        "resultMaximum": plain(column.maximum),
        "timestamp": grade.at.astimezone(UTC).isoformat(timespec="seconds"),
        **({"comment": grade.comment} if grade.comment else {}),
    }
