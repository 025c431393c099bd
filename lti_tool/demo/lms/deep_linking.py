"""What a tool's picker brings back (LTI Deep Linking 2.0 §4), as Moodle 4.2.3 understands it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.assertions import BadSignature, read_signed, seen_before
from lti_tool.demo.lms.messages import CLAIM, DEEP_LINKING
from lti_tool.demo.lms.records import Activity, Column, Course, Tool
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import course_here, page, sesskey, signed_in, teaches, tool_here
from lti_tool.demo.lms.state import Lms, this_lms

deep_linking = Blueprint("deep_linking", __name__)
_LINKS = frozenset({"ltiResourceLink", "link"})  # Moodle 4.2.3 makes an activity of a plain link too


@deep_linking.post("/deep-linking/return")
def take() -> ResponseReturnValue:
    """Adds an activity for every link, then closes the dialogue: the page that opened it goes to the course."""
    if signed_in() is None and "repost" not in request.form:
        fields = {**request.form.to_dict(), "repost": "1"}
        return page("post", action=request.full_path, fields=fields)  # brings our Lax cookie, as /auth does
    person, course = course_here(request.args.get("course", ""))
    if not teaches(person) or request.args.get("sesskey") != sesskey():
        raise Refused(403, "error.not_yours")
    lms, tool = this_lms(), tool_here(request.args.get("id", ""))
    claims = _verified(lms, tool, request.form.get("JWT", ""))
    added = [_add(lms, course, tool, item) for item in _items(claims)]
    for name in ("errormsg", "msg"):
        if claims.get(DEEP_LINKING + name):
            flash(str(claims[DEEP_LINKING + name])[:500])
    return page("back", course=course, added=added, target=url_for("courses.one", course_id=course.id))


def _verified(lms: Lms, tool: Tool, token: str) -> Mapping[str, Any]:
    """The claims of a response that the tool signed for us just now, for this deployment."""
    try:
        claims = read_signed(lms, tool, token, lms.config.public_url)
    except BadSignature as error:
        raise Refused(400, "error.deep_linking", problem=str(error)) from error
    wrong = [
        name
        for name, wanted in (
            (CLAIM + "message_type", "LtiDeepLinkingResponse"),
            (CLAIM + "version", "1.3.0"),
            (CLAIM + "deployment_id", tool.id),
            (DEEP_LINKING + "data", lms.config.deep_linking_data),
        )
        if claims.get(name) != wanted
    ]
    if wrong:
        raise Refused(400, "error.deep_linking", problem=", ".join(wrong))
    if seen_before(lms, tool, "nonce", claims):
        raise Refused(400, "error.deep_linking", problem="nonce")
    return claims


def _items(claims: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = claims.get(DEEP_LINKING + "content_items", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused(400, "error.deep_linking", problem="content_items")
    return [item for item in items if item.get("type") in _LINKS]


def _add(lms: Lms, course: Course, tool: Tool, item: Mapping[str, Any]) -> Activity:
    """One activity; it gets a column only when the item carries a lineItem. An iframe wins over a window."""
    custom = item.get("custom")
    activity = Activity(
        id=lms.number(),
        course_id=course.id,
        tool_id=tool.id,
        title=str(item.get("title") or tool.name),
        url=str(item.get("url") or tool.link_url),
        text=str(item.get("text") or ""),
        custom={str(key): str(value) for key, value in custom.items()} if isinstance(custom, dict) else {},
        window="window" in item and "iframe" not in item,
    )
    return lms.add_activity(activity, _column(lms, activity, item.get("lineItem")))


def _column(lms: Lms, activity: Activity, asked: object) -> Column | None:
    """The column of a graded item; its label is the activity's name, whatever the item says (Moodle 4.2.3)."""
    if not isinstance(asked, dict):
        return None
    maximum = asked.get("scoreMaximum")
    if isinstance(maximum, bool) or not isinstance(maximum, int | float) or maximum <= 0:
        raise Refused(400, "error.deep_linking", problem="lineItem.scoreMaximum")
    review = asked.get("submissionReview")
    return Column(
        id=lms.number(),
        course_id=activity.course_id,
        tool_id=activity.tool_id,
        label=activity.title,
        maximum=float(maximum),
        activity_id=activity.id,
        resource_id=str(asked.get("resourceId", "")),
        tag=str(asked.get("tag", "")),
        review=review if isinstance(review, dict) else None,
    )
