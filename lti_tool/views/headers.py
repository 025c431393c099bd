"""The headers of every answer: nothing is cached, nothing outside is loaded, only the session's LMS may frame us."""

import re

from flask import Response, g, request

from lti_tool.lti.reading import origin
from lti_tool.views.parts import parts
from lti_tool.views.session import guest
from lti_tool.views.weight import keep_static

_ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?")


def origin_of(url: str | None) -> str | None:
    """The origin of an address as browsers write it; None for what is no plain ASCII origin, fit for a header."""
    found = origin(url or "")
    return found if found and _ORIGIN.fullmatch(found) else None


def add_headers(response: Response) -> Response:
    """Security headers for pages; static files may be kept."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if parts().settings.secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        keep_static(response)
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    if "Content-Security-Policy" not in response.headers:
        response.headers["Content-Security-Policy"] = _policy()
    return response


def _policy() -> str:
    """`form-action` also names where a deep linking answer is posted; frames: the LMS that the session came from."""
    session = guest()
    frames = " ".join(session.frame_origins if session is not None else g.get("frame_origins", ("*",)))
    actions = " ".join(["'self'", *g.get("form_origins", ())])
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action {actions}; frame-ancestors 'self' {frames}"
    )
