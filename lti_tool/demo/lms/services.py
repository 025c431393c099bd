"""The gate of the services: token, scope, course; and the answers that Moodle's own gate gives."""

from typing import Any

from flask import Response, json, request

from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.records import Column, Course, Tool
from lti_tool.demo.lms.refusals import OAuthRefused, ServiceRefused
from lti_tool.demo.lms.state import Lms


def admit(lms: Lms, course_id: str, *scopes: str, tool_id: str | None = None) -> tuple[Tool, Course]:
    """The tool whose token, good for one of `scopes`, came with the request, and the course.

    `tool_id` is the tool that the address speaks of (`type_id`); a token of another one is refused (401).
    """
    if lms.faults.take("refuse_tokens"):
        raise ServiceRefused(401, "Unauthorized")
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    token = lms.token(text) if scheme.lower() == "bearer" else None
    tool = lms.tools.get(token.tool_id) if token else None
    if token is None or tool is None or not token.scopes & set(scopes) or tool_id not in {None, tool.id}:
        raise ServiceRefused(401, "Unauthorized")
    course = lms.courses.get(course_id)
    if course is None:
        raise ServiceRefused(404, "Not Found: Course")
    return tool, course


def column_here(lms: Lms, course: Course, tool: Tool, column_id: str) -> Column:
    """A column of that tool in that course."""
    column = lms.columns.get(column_id)
    if column is None or column.course_id != course.id or column.tool_id != tool.id:
        raise ServiceRefused(404, "Not Found: Line item")
    return column


def require_type(media_type: str) -> None:
    """Refuses a body of another type (Moodle 4.2.3 finds no handler for it: 400)."""
    if request.mimetype != media_type:
        raise nothing_for(request.mimetype)


def nothing_for(media_type: str) -> ServiceRefused:
    """What Moodle says when nothing serves this type here."""
    path = request.path.removeprefix("/services")
    return ServiceRefused(400, f"No handler found for {path}  {media_type}")


def as_type(media_type: str, body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer of one of the media types of AGS or NRPS; `body` "" is an empty one."""
    text = "" if body == "" else json.dumps(body, ensure_ascii=False)
    return Response(text, status, {"Content-Type": f"{media_type}; charset=utf-8", **(headers or {})})


def refused_service(refused: ServiceRefused) -> Response:
    """The JSON that Moodle's gate answers with."""
    body: dict[str, Any] = {
        "status": refused.status,
        "reason": refused.reason,
        "request": {
            "method": request.method,
            "url": request.full_path.rstrip("?"),
            "accept": request.headers.get("Accept", ""),
            "contentType": request.content_type or "",
        },
    }
    return as_type("application/json", body, refused.status)


def refused_oauth(refused: OAuthRefused) -> Response:
    """The JSON of RFC 6749 §5.2."""
    body = {"error": refused.error, "error_description": refused.description}
    return as_type("application/json", body, refused.status)


def absolute(config: LmsConfig, path: str) -> str:
    """A path of ours with our public origin before it."""
    return config.public_url + path
