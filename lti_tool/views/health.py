"""For machines: alive, ready, counted, and the xAPI Profile that every statement follows."""

import hmac
import ipaddress

from flask import Blueprint, Response, make_response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select, text

from lti_tool.errors import NotAllowed
from lti_tool.models import Attempt, Delivery
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from xapi.profile import text as profile_text

health = Blueprint("health", __name__)


@health.get("/healthz")
@open_to(Audience.ANYONE)
def alive() -> Response:
    """The process answers."""
    return _plain("ok")


@health.get("/readyz")
@open_to(Audience.ANYONE)
def ready() -> Response:
    """The database answers too."""
    db().execute(text("SELECT 1"))
    return _plain("ready")


@health.get("/xapi/profile")
@open_to(Audience.ANYONE)
def profile() -> Response:
    """The xAPI Profile: every verb, type and extension that the tool emits (xAPI Profiles 1.0)."""
    answer = make_response(profile_text())
    answer.headers["Content-Type"] = "application/ld+json"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@health.get("/metrics")
@open_to(Audience.ANYONE)
def metrics() -> Response:
    """Counts by state, without a name of anything: for loopback, or the holder of the token."""
    _check_watcher()
    registry = CollectorRegistry()
    attempts = Gauge("pix_lti_attempts", "Attempts by phase", ["phase"], registry=registry)
    for phase, count in db().execute(select(Attempt.phase, func.count()).group_by(Attempt.phase)):
        attempts.labels(phase).set(count)
    deliveries = Gauge("pix_lti_deliveries", "Deliveries by kind and state", ["kind", "state"], registry=registry)
    query = select(Delivery.kind, Delivery.state, func.count()).group_by(Delivery.kind, Delivery.state)
    for kind, state, count in db().execute(query):
        deliveries.labels(kind, state).set(count)
    answer = make_response(generate_latest(registry))
    answer.headers["Content-Type"] = CONTENT_TYPE_LATEST
    return answer


def _check_watcher() -> None:
    token = parts().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return
    if token or not _from_this_machine():
        raise NotAllowed("metrics.not_allowed")


def _from_this_machine() -> bool:
    """Whether the caller is on loopback itself: behind a proxy that is not trusted, nobody is."""
    trusted = parts().settings.trusted_proxies
    if not trusted and any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via")):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _plain(word: str) -> Response:
    answer = make_response(word)
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer
