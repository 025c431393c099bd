"""Who is in a course (NRPS 2.0 §2), in pages whose addresses mean nothing to anyone else."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from lti_tool.demo.faults import suffer
from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import ROSTER_READ
from lti_tool.demo.lms.course_pages import members
from lti_tool.demo.lms.custom import custom_claim, variables
from lti_tool.demo.lms.messages import CLAIM
from lti_tool.demo.lms.records import Activity, Course, Kind, Part, Person, Tool
from lti_tool.demo.lms.refusals import ServiceRefused
from lti_tool.demo.lms.services import absolute, admit, as_type
from lti_tool.demo.lms.state import Lms, this_lms

roster = Blueprint("roster", __name__)
suffer(roster, lambda: this_lms().faults)
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_SHORT = {Part.TRAINEE: "Learner", Part.INSTRUCTOR: "Instructor", Part.ADMIN: "Administrator"}


@roster.get("/services/CourseSection/<course_id>/bindings/<tool_id>/memberships")
def memberships(course_id: str, tool_id: str) -> ResponseReturnValue:
    """The members, by `role` and with what an activity says of each (`rlid`); `limit` and the LMS cut it into pages."""
    lms = this_lms()
    tool, course = admit(lms, course_id, ROSTER_READ, tool_id=tool_id)
    pages = URLSafeSerializer(lms.config.secret_key, salt=f"roster {course.id} {tool.id}")
    asked = _asked(pages)
    activity = _activity(lms, course, tool, asked["rlid"])
    wanted = asked["role"].rsplit("#", 1)[-1]
    found = [person for person in members(lms, course) if wanted in {"", _SHORT[person.part]}]
    start = int(asked["from"])
    size = min(asked["limit"] or lms.faults.now.page_size, lms.faults.now.page_size)
    headers = {}
    if start + size < len(found):
        following = pages.dumps({**asked, "from": start + size})
        headers["Link"] = f'<{absolute(lms.config, request.path)}?page={following}>; rel="next"'
    body = {
        "id": addresses.memberships(lms.config, course, tool),
        "context": {"id": course.id, "label": course.label, "title": course.title},
        "members": [_member(lms, person, course, tool, activity) for person in found[start : start + size]],
    }
    return as_type(MEMBERS, body, headers=headers)


def _asked(pages: URLSafeSerializer) -> dict[str, Any]:
    """What is asked for: read from the address, or from the page token, which holds it all."""
    if "page" in request.args:
        try:
            found: dict[str, Any] = pages.loads(request.args["page"])
        except BadSignature as error:
            raise ServiceRefused(400, "Bad Request: unknown page") from error
        return found
    limit = request.args.get("limit", "")
    return {
        "from": 0,
        "limit": int(limit) if limit.isdecimal() else 0,
        "role": request.args.get("role", ""),
        "rlid": request.args.get("rlid", ""),
    }


def _activity(lms: Lms, course: Course, tool: Tool, activity_id: str) -> Activity | None:
    if not activity_id:
        return None
    activity = lms.activities.get(activity_id)
    if activity is None or activity.course_id != course.id or activity.tool_id != tool.id:
        raise ServiceRefused(404, "Not Found: Resource link")
    return activity


def _member(lms: Lms, person: Person, course: Course, tool: Tool, activity: Activity | None) -> dict[str, Any]:
    names = {"name": person.name, "given_name": person.given_name, "family_name": person.family_name}
    member: dict[str, Any] = {
        "status": "Active",
        "user_id": person.id,
        "roles": [_SHORT[person.part]],
        "ext_user_username": person.username,
        "lis_person_sourcedid": "",
        **(names if tool.shares_names else {}),
        **({"email": person.email} if tool.shares_email else {}),
    }
    if activity is not None:
        values = variables(lms.config, person, course, tool, activity, lms.column_of(activity))
        custom = custom_claim(activity.custom, tool.custom, variables=values)
        member["message"] = [{CLAIM + "message_type": str(Kind.RESOURCE), CLAIM + "custom": custom}]
    return member
