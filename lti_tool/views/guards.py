"""Who may enter: every route says it with `open_to`, and a house test finds the one that does not."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import unquote_to_bytes

from flask import g, request

from lti_tool.errors import BadInput
from lti_tool.views.session import check_form_ticket, visitor

P = ParamSpec("P")
R = TypeVar("R")


class Audience(StrEnum):
    """For whom a route is. A use case checks the right to the very thing that is asked for."""

    ANYONE = "anyone"
    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"
    VISITOR = "visitor"
    BEARER = "bearer"
    """Whoever holds the signed address: a file or a simulated place of one question."""


def open_to(audience: Audience, *, writes: bool | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares a route's audience; all but ANYONE and BEARER need a session, and a ticket in every form posted.

    `writes`: whether the request's transaction may write; by default a POST may.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            g.writes = request.method == "POST" if writes is None else writes
            if audience not in {Audience.ANYONE, Audience.BEARER}:
                visitor()
                if request.method == "POST":
                    _check_text()
                    check_form_ticket()
            return view(*args, **kwargs)

        guarded.audience = audience  # type: ignore[attr-defined]  # read by the house test
        return guarded

    return declare


def _check_text() -> None:
    """BadInput for bytes that are no UTF-8: the form's reader would put signs of its own in their place."""
    if request.mimetype == "application/x-www-form-urlencoded":
        try:
            unquote_to_bytes(request.get_data()).decode()
        except UnicodeDecodeError:
            raise BadInput("error.not_text") from None
    elif any("\ufffd" in value for value in request.form.values()):
        raise BadInput("error.not_text")
