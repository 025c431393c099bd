"""The one place where an exception becomes a page: what happened, what to do, a reference number."""

import secrets
from datetime import datetime, timedelta

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from lti_tool.errors import PixError
from lti_tool.views.parts import abandon
from lti_tool.views.session import texts
from lti_tool.words import Words
from lti_tool.words.zones import local_moment

log = structlog.get_logger(__name__)
_HTTP_KEYS = {404: "error.not_found", 405: "error.method", 413: "error.too_large"}


def install(app: Flask) -> None:
    """Registers the pages for our own errors, for HTTP's, and for what nobody foresaw."""
    app.before_request(_read_body)
    app.register_error_handler(PixError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _read_body() -> None:
    """Takes the whole form in before anything is locked: a slow line must hold up nobody but itself.

    Where it cannot be read (too long, broken off) the error page speaks without looking into it for a session.
    """
    try:
        request.get_data()
    except HTTPException:
        g.guest = None
        raise


def _ours(error: PixError) -> Response:
    return _page(error.status, error.key, error.code, error.values)


def _http(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        return _unforeseen(error.original_exception)  # the commit after the view failed, too late for other handlers
    status = error.code or 500
    if status in {301, 302, 303, 307, 308} and error.response is not None:
        return make_response(error.get_response())
    return _page(status, _HTTP_KEYS.get(status, "error.bad_request"), f"http_{status}", {})


def _unforeseen(error: Exception) -> Response:
    busy = isinstance(error, OperationalError)
    reference = _reference()
    log.exception("unforeseen", reference=reference, endpoint=request.endpoint)
    return _page(503 if busy else 500, "error.busy" if busy else "error.unforeseen", "unforeseen", {}, reference)


def _page(status: int, key: str, code: str, values: dict[str, object], reference: str | None = None) -> Response:
    reference = reference or _reference()
    abandon(None)
    say = texts()
    message = say.t(key, **{name: _said(value, say) for name, value in values.items()})
    if status != 404:
        log.info("refused", reference=reference, code=code, key=key, status=status, endpoint=request.endpoint)
    page = render_template("error.html", message=message, reference=reference, status=status)
    return make_response(page, status)


def _said(value: object, say: Words) -> object:
    """A moment by the reader's clock, a length of time in words; anything else as it is."""
    if isinstance(value, datetime):
        return local_moment(value, say.locale)
    return say.duration(value.total_seconds()) if isinstance(value, timedelta) else value


def _reference() -> str:
    """Eight letters and digits without look-alikes, to read out on the telephone."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8))
