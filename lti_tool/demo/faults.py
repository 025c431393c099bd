"""Switches that make a small LMS or LRS fail on purpose, to show and to test what happens then."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

_LONGEST_DELAY = 30.0  # seconds
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_SOCKETS = ("werkzeug.socket", "gunicorn.socket")


@dataclass(frozen=True, slots=True)
class Faults:
    """How a server fails now; every default is a healthy server."""

    outage: bool = False
    "Every service answers 503."
    lose_answers: int = 0
    "The next so many requests are carried out and their answers lost."
    lose_by: str = "drop"
    "How answers are lost: `drop` cuts the connection, `error` answers 500."
    delay: float = 0.0
    "Seconds to wait before each answer."


F = TypeVar("F", bound=Faults)


class FaultSwitch(Generic[F]):
    """Holds the faults of one server; safe between threads."""

    def __init__(self, faults: F) -> None:
        self._lock = threading.Lock()
        self._faults = faults

    @property
    def now(self) -> F:
        """The faults as they stand."""
        return self._faults

    def change(self, wanted: Mapping[str, object]) -> F:
        """Sets the named faults, from JSON values or form texts; ValueError names what is unknown or wrong."""
        with self._lock:
            self._faults = changed(self._faults, wanted)
            return self._faults

    def take(self, name: str) -> bool:
        """Uses up one of a counted fault; False when none was left."""
        with self._lock:
            left: int = getattr(self._faults, name)
            if left > 0:
                self._faults = changed(self._faults, {name: left - 1})
            return left > 0


def changed(faults: F, wanted: Mapping[str, object]) -> F:
    """The faults with `wanted` put over them, each as the kind of value that it is."""
    kinds = {field.name: type(getattr(faults, field.name)) for field in fields(faults)}
    unknown = set(wanted) - set(kinds)
    if unknown:
        raise ValueError(f"unknown faults: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: _as(kinds[name], value) for name, value in wanted.items()}
    return replace(faults, **values)


def _as(kind: type[Any], value: object) -> object:
    if kind is bool:
        return str(value).lower() in {"1", "true", "on", "yes"}
    return kind(value)


def suffer(blueprint: Blueprint, switch: Callable[[], FaultSwitch[Any]]) -> None:
    """Makes every route of the blueprint fail as the switch says."""

    @blueprint.before_request
    def before() -> Response | None:
        faults = switch().now
        time.sleep(min(faults.delay, _LONGEST_DELAY))
        g.out_of_order = faults.outage
        return Response("out of order", status=503, mimetype="text/plain") if faults.outage else None

    @blueprint.after_request
    def after(response: Response) -> Response:
        if g.get("out_of_order") or not switch().take("lose_answers"):
            return response
        if switch().now.lose_by == "drop":
            _cut()
        return Response("the answer was lost", status=500, mimetype="text/plain")


def answer_switch(switch: FaultSwitch[Any]) -> ResponseReturnValue:
    """The page of the switch itself: GET shows it as JSON, POST (JSON or form) changes it; loopback only."""
    require_loopback()
    if request.method == "POST":
        wanted = request.get_json() if request.is_json else request.form.to_dict()
        try:
            switch.change(wanted)
        except (ValueError, TypeError, AttributeError) as error:
            raise BadRequest(str(error)) from error
    return jsonify(asdict(switch.now))


def require_loopback() -> None:
    """Refuses who is not on this machine."""
    if request.remote_addr not in _LOOPBACK:
        abort(403)


def _cut() -> None:
    """Closes the connection under the answer; a server that does not show its socket answers 500 instead."""
    for name in _SOCKETS:
        if name in request.environ:
            with contextlib.suppress(OSError):
                request.environ[name].shutdown(socket.SHUT_RDWR)
