"""Launching: an activity, the choice of a new one, and the review of a grade."""

import json
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.messages import Launch, target_link
from lti_tool.demo.lms.records import Kind, Part, Pending
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import activity_here, check_sesskey, course_here, page, require, teaches, tool_here
from lti_tool.demo.lms.state import Lms, this_lms

activities = Blueprint("activities", __name__)
activities.before_request(check_sesskey)


@activities.get("/activities/<activity_id>")
def one(activity_id: str) -> ResponseReturnValue:
    """The activity in its frame, with a way out of the frame."""
    _, course, activity = activity_here(activity_id)
    lms = this_lms()
    return page("activity", course=course, activity=activity, column=lms.column_of(activity), courses=lms.courses)


@activities.get("/activities/<activity_id>/launch")
def launch(activity_id: str) -> ResponseReturnValue:
    """Begins a resource launch."""
    person, course, activity = activity_here(activity_id)
    window = activity.window or "window" in request.args
    pending = Pending(Kind.RESOURCE, person.id, activity.tool_id, course.id, activity.id, window)
    return begin(this_lms(), pending)


@activities.get("/courses/<course_id>/add/<tool_id>")
def add(course_id: str, tool_id: str) -> ResponseReturnValue:
    """The tool's picker in a frame."""
    person, course = course_here(course_id)
    if not teaches(person):
        raise Refused(403, "error.not_yours")
    return page("add", course=course, tool=tool_here(tool_id))


@activities.get("/courses/<course_id>/add/<tool_id>/launch")
def launch_picker(course_id: str, tool_id: str) -> ResponseReturnValue:
    """Begins a deep linking launch."""
    person, course = course_here(course_id)
    if not teaches(person):
        raise Refused(403, "error.not_yours")
    return begin(this_lms(), Pending(Kind.DEEP_LINKING, person.id, tool_here(tool_id).id, course.id))


@activities.get("/columns/<column_id>/review/<reviewed_id>/launch")
def launch_review(column_id: str, reviewed_id: str) -> ResponseReturnValue:
    """Begins the review of one person's work, for a column whose tool asked for it."""
    person = require(Part.INSTRUCTOR, Part.ADMIN)
    lms = this_lms()
    column = lms.columns.get(column_id)
    if column is None or column.review is None or reviewed_id not in lms.people:
        raise Refused(404, "error.not_found")
    course_here(column.course_id)
    pending = Pending(
        Kind.REVIEW,
        person.id,
        column.tool_id,
        column.course_id,
        column.activity_id,
        reviewed_id=reviewed_id,
        column_id=column.id,
    )
    return begin(lms, pending)


@activities.post("/activities/<activity_id>/copy")
def copy(activity_id: str) -> ResponseReturnValue:
    """The same activity again, here or in another course."""
    person, _, activity = activity_here(activity_id)
    if not teaches(person):
        raise Refused(403, "error.not_yours")
    _, target = course_here(request.form.get("course", ""))
    this_lms().copy_activity(activity, target.id)
    return redirect(url_for("courses.one", course_id=target.id), code=303)


def begin(lms: Lms, pending: Pending) -> str:
    """The page that sends the browser to the tool's login (LTI 1.3 §5.1.1.1), by POST as Moodle does."""
    tool = tool_here(pending.tool_id)
    hint: dict[str, Any] = {"cmid": int(pending.activity_id)} if pending.activity_id else {}
    fields = {
        "iss": lms.config.public_url,
        "target_link_uri": target_link(launch_of(lms, pending)),
        "login_hint": pending.person_id,
        "lti_message_hint": json.dumps({**hint, "launchid": lms.begin_launch(pending)}),
        "client_id": tool.client_id,
        "lti_deployment_id": tool.id,
    }
    if lms.config.platform_storage:
        fields["lti_storage_target"] = "_parent"
    return page("post", action=tool.login_url, fields=fields)


def launch_of(lms: Lms, pending: Pending, sesskey: str = "") -> Launch:
    """The records that a pending launch speaks of."""
    activity = lms.activities.get(pending.activity_id or "")
    column = lms.column_of(activity) if activity else None
    return Launch(
        pending.kind,
        lms.people[pending.person_id],
        tool_here(pending.tool_id),
        lms.courses[pending.course_id],
        activity,
        lms.columns.get(pending.column_id) if pending.column_id else column,
        pending.window,
        pending.reviewed_id,
        sesskey,
    )
