"""Puts the tool together: settings become parts, parts become a Flask application."""

import logging
import sys

import structlog
from flask import Flask
from sqlalchemy import inspect
from werkzeug.middleware.proxy_fix import ProxyFix

from lti_tool import clock
from lti_tool.content import BankBroken, load_bank
from lti_tool.errors import Misconfigured
from lti_tool.lti.keys import load_keys
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Platform, open_database
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings, house_folder
from lti_tool.views import errors
from lti_tool.views.attempts import attempts
from lti_tool.views.classes import classes
from lti_tool.views.conditions import conditions
from lti_tool.views.headers import add_headers
from lti_tool.views.health import health
from lti_tool.views.launches import launches
from lti_tool.views.material import address_of, material, place_address
from lti_tool.views.parts import Parts, abandon, parts, settle
from lti_tool.views.picker import picker
from lti_tool.views.registration import registration
from lti_tool.views.results import results
from lti_tool.views.reviews import reviews
from lti_tool.views.session import TICKET, carried_by_ticket, guest, texts, ticket
from lti_tool.views.weight import compress, version_static

_LARGEST_FORM = 256 * 1024  # bytes; a launch with every claim is a tenth of it
_WITHOUT_TICKET = frozenset({"static", "material.file", "material.place"})


def wire(settings: Settings) -> Parts:
    """All that the tool runs on; Misconfigured names what is missing or wrong."""
    configure_logging(settings.log_level)
    try:
        bank = load_bank()
    except BankBroken as broken:
        raise Misconfigured("bank.broken", problem=str(broken.problems[0])) from broken
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    outbound = Outbound(
        allow_private=settings.allow_private_hosts,
        timeout=settings.outbound_timeout_seconds,
        ca_bundle=settings.ca_file or None,
    )
    keyring = load_keys(settings.keys_dir, clock.now())
    return Parts(
        settings=settings,
        database=open_database(settings.database),
        bank=bank,
        keyring=keyring,
        keysets=Keysets(outbound),
        tokens=AccessTokens(outbound, keyring),
        outbound=outbound,
    )


def check_tables(wired: Parts) -> None:
    """Misconfigured when the migrations have not been run."""
    if not inspect(wired.database.engine).has_table(Platform.__tablename__):
        raise Misconfigured("database.no_tables")


def create_app(wired: Parts) -> Flask:
    """The web application on its parts."""
    app = Flask("lti_tool", template_folder=str(house_folder("templates")), static_folder="static")
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_FORM, MAX_FORM_MEMORY_SIZE=_LARGEST_FORM)
    app.secret_key = None  # Flask's own session cookie is not used
    app.extensions["pix-lti"] = wired
    app.url_map.strict_slashes = False  # no redirect of the router's own: it would believe the Host header
    app.url_map.merge_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    of_trainees, of_instructors = (attempts, results), (picker, classes, reviews, conditions)
    for blueprint in (launches, registration, *of_trainees, *of_instructors, material, health):
        app.register_blueprint(blueprint)
    errors.install(app)
    app.after_request(compress)  # the last to be done: Flask runs them from the end
    app.after_request(settle)
    app.after_request(add_headers)
    app.teardown_request(abandon)
    app.url_defaults(_carry_ticket)
    app.url_defaults(version_static)
    app.context_processor(_page_values)
    if wired.settings.trusted_proxies:
        count = wired.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # the documented way
    return app


def configure_logging(level: str) -> None:
    """Events with fields, one JSON object a line, on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=False,
    )


def _carry_ticket(endpoint: str, values: dict[str, object]) -> None:
    """Where no cookie comes back, every page address carries the ticket; static files and material never do."""
    if endpoint not in _WITHOUT_TICKET and carried_by_ticket():
        values.setdefault(TICKET, ticket())


def _page_values() -> dict[str, object]:
    """What every template may use."""
    say, session = texts(), guest()
    return {
        "t": say.t,
        "n": say.n,
        "say": say,
        "lang": say.language,
        "dir": say.direction,
        "settings": parts().settings,
        "ticket": ticket,
        "first_name": session.given_name if session is not None else None,
        "address_of": address_of,
        "place_address": place_address,
    }
