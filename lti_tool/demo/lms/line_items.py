"""Line items, the columns of the gradebook (AGS 2.0 §3.2), as Moodle 4.2.3 answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.faults import suffer
from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import LINE_ITEM, LINE_ITEM_READ, LmsConfig
from lti_tool.demo.lms.records import Column, Course, Tool
from lti_tool.demo.lms.refusals import ServiceRefused
from lti_tool.demo.lms.scale import plain, rescaled
from lti_tool.demo.lms.services import absolute, admit, as_type, column_here, nothing_for, require_type
from lti_tool.demo.lms.state import Lms, this_lms

line_items = Blueprint("line_items", __name__, url_prefix="/services/<course_id>/lineitems")
suffer(line_items, lambda: this_lms().faults)
CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"


@line_items.get("")
def every(course_id: str) -> ResponseReturnValue:
    """The columns of the tool in the course. Without exactly the right Accept header Moodle answers 400."""
    lms = this_lms()
    tool, course = admit(lms, course_id, LINE_ITEM, LINE_ITEM_READ, tool_id=request.args.get("type_id"))
    if request.headers.get("Accept", "").split(";")[0].strip() != CONTAINER:
        raise ServiceRefused(400, "No context or unsupported content type")
    found = [column for column in lms.columns.values() if _wanted(column, course, tool, request.args)]
    start, limit = _number("from", 0), _number("limit", 0)
    shown = found[start : start + limit] if limit else found
    headers = {"Link": _links(lms.config, len(found), start, limit)} if limit else {}
    return as_type(CONTAINER, [line_item(lms.config, column) for column in shown], headers=headers)


@line_items.post("")
def add(course_id: str) -> ResponseReturnValue:
    """A new column, bound to an activity of this tool when `resourceLinkId` names one."""
    lms = this_lms()
    tool, course = admit(lms, course_id, LINE_ITEM, tool_id=request.args.get("type_id"))
    require_type(ITEM)
    asked = _body()
    activity_id = asked.get("resourceLinkId")
    if activity_id is not None:
        activity = lms.activities.get(str(activity_id))
        if activity is None or activity.tool_id != tool.id or activity.course_id != course.id:
            raise ServiceRefused(403, "Forbidden")
        activity_id = activity.id
    column = _column(asked, Column(lms.number(), course.id, tool.id, "", 0, activity_id))
    with lms.lock:
        lms.columns[column.id] = column
    echoed = {key: asked[key] for key in ("startDateTime", "endDateTime") if key in asked}
    return as_type(ITEM, line_item(lms.config, column) | echoed, 201)


@line_items.get("/<column_id>/lineitem")
def one(course_id: str, column_id: str) -> ResponseReturnValue:
    """One column."""
    lms = this_lms()
    column = _here(lms, course_id, column_id, LINE_ITEM, LINE_ITEM_READ)
    if request.headers.get("Accept", "*/*").split(";")[0].strip() not in {"*/*", ITEM}:
        raise nothing_for(request.headers["Accept"])
    return as_type(ITEM, line_item(lms.config, column))


@line_items.put("/<column_id>/lineitem")
def change(course_id: str, column_id: str) -> ResponseReturnValue:
    """Renames and rescales a column with its grades; what the request leaves out (tag, review) is dropped."""
    lms = this_lms()
    column = _here(lms, course_id, column_id, LINE_ITEM)
    require_type(ITEM)
    with lms.lock:
        new = _column(_body(), column)
        lms.columns[new.id] = new
        for key, grade in lms.grades.items():
            if key[0] == new.id and grade.score is not None:
                scaled = rescaled(grade.score, column.maximum, new.maximum)
                lms.grades[key] = replace(grade, score=scaled)
    return as_type(ITEM, line_item(lms.config, new))


@line_items.delete("/<column_id>/lineitem")
def remove(course_id: str, column_id: str) -> ResponseReturnValue:
    """Deletes a column and its grades."""
    lms = this_lms()
    column = _here(lms, course_id, column_id, LINE_ITEM)
    with lms.lock:
        lms.columns.pop(column.id, None)
        lms.grades = {key: grade for key, grade in lms.grades.items() if key[0] != column.id}
    return Response(status=204)


def line_item(config: LmsConfig, column: Column) -> dict[str, Any]:
    """A column as AGS writes it, with Moodle's `ltiLinkId`."""
    bound = {"resourceLinkId": column.activity_id, "ltiLinkId": column.activity_id} if column.activity_id else {}
    return {
        "id": addresses.line_item(config, column),
        "label": column.label,
        "scoreMaximum": plain(column.maximum),
        "resourceId": column.resource_id,
        "tag": column.tag,
        **bound,
        **({"submissionReview": dict(column.review)} if column.review is not None else {}),
    }


def _here(lms: Lms, course_id: str, column_id: str, *scopes: str) -> Column:
    tool, course = admit(lms, course_id, *scopes, tool_id=request.args.get("type_id"))
    return column_here(lms, course, tool, column_id)


def _wanted(column: Column, course: Course, tool: Tool, filters: Mapping[str, str]) -> bool:
    return (
        (column.course_id, column.tool_id) == (course.id, tool.id)
        and filters.get("resource_id", column.resource_id) == column.resource_id
        and filters.get("tag", column.tag) == column.tag
        and filters.get("resource_link_id", column.activity_id) == column.activity_id
    )


def _body() -> Mapping[str, Any]:
    asked = request.get_json(silent=True, force=True)
    if not isinstance(asked, dict) or not str(asked.get("label", "")).strip():
        raise ServiceRefused(400, "Bad Request: a label is needed")
    maximum = asked.get("scoreMaximum")
    if isinstance(maximum, bool) or not isinstance(maximum, int | float) or maximum <= 0:
        raise ServiceRefused(400, "Bad Request: a positive scoreMaximum is needed")
    return asked


def _column(asked: Mapping[str, Any], column: Column) -> Column:
    review = asked.get("submissionReview")
    return replace(
        column,
        label=str(asked["label"]),
        maximum=float(asked["scoreMaximum"]),
        resource_id=str(asked.get("resourceId", "")),
        tag=str(asked.get("tag", "")),
        review=review if isinstance(review, dict) else None,
    )


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() else default


def _links(config: LmsConfig, count: int, start: int, limit: int) -> str:
    """The Link header; Moodle 4.2.3 writes it with curly quotes and HTML's ampersands, which nothing can read."""
    last = max(0, (count - 1) // limit * limit)
    places: Sequence[tuple[str, int]] = [("first", 0), ("canonical", start), ("last", last)]
    if start + limit < count:
        places = [*places, ("next", start + limit)]
    broken = config.broken_link_header
    quotes, sign = (("“", "”"), "&amp;") if broken else (('"', '"'), "&")
    filters = {name: value for name, value in request.args.items() if name not in {"from", "limit"}}
    return (
        ", ".join(
            f"<{absolute(config, request.path)}?"
            f"{urlencode({**filters, 'limit': limit, 'from': place}).replace('&', sign)}>; "
            f"rel={quotes[0]}{rel}{quotes[1]}"
            for rel, place in places
        )
        .encode()
        .decode("latin-1")
    )
