"""The headers of every answer: nothing is cached, nothing outside is loaded, only the session's LMS may frame us."""

from urllib.parse import urlsplit

from flask import Response, g, request

from lti_tool.views.session import guest, parts

_STATIC_SECONDS = 86400


def origin_of(url: str | None) -> str | None:
    """`https://host:port` of an address; None when it has none."""
    parts_of_url = urlsplit(url or "")
    return f"{parts_of_url.scheme}://{parts_of_url.netloc}" if parts_of_url.scheme and parts_of_url.netloc else None


def add_headers(response: Response) -> Response:
    """Security headers for pages; static files may be kept a day."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if parts().settings.secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={_STATIC_SECONDS}"
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", _policy())
    return response


def _policy() -> str:
    """`form-action` also names where a deep linking answer is posted; frames: the LMS that the session came from."""
    session = guest()
    frames = " ".join(session.frame_origins) if session is not None else "*"
    actions = " ".join(["'self'", *g.get("form_origins", ())])
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action {actions}; frame-ancestors 'self' {frames}"
    )
