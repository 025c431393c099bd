"""Puts the small LMS together."""

from datetime import datetime
from pathlib import Path

from flask import Flask

from lti_tool.demo.lms.activity_pages import activities
from lti_tool.demo.lms.admin_pages import admin, switches
from lti_tool.demo.lms.authorize import authorize
from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.course_pages import courses
from lti_tool.demo.lms.deep_linking import deep_linking
from lti_tool.demo.lms.discovery import discovery
from lti_tool.demo.lms.line_items import line_items
from lti_tool.demo.lms.people_pages import people
from lti_tool.demo.lms.refusals import OAuthRefused, Refused, ServiceRefused
from lti_tool.demo.lms.registration import registration
from lti_tool.demo.lms.roster import roster
from lti_tool.demo.lms.scale import plain
from lti_tool.demo.lms.scores import scores
from lti_tool.demo.lms.services import refused_oauth, refused_service
from lti_tool.demo.lms.session import page_words, refusal_page
from lti_tool.demo.lms.state import Lms
from lti_tool.demo.lms.tokens import tokens
from lti_tool.settings import house_folder

_ROOMS = (
    people, courses, activities, admin, switches, authorize, deep_linking, discovery, registration,
    tokens, line_items, scores, roster,
)  # fmt: skip


def create_lms(config: LmsConfig) -> Flask:
    """A small LMS with its seeded people and courses, everything in memory."""
    app = Flask(
        "lti_tool.demo",
        template_folder=house_folder("templates"),
        static_folder=Path(__file__).parents[2] / "static",
        static_url_path="/static",
    )
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME=config.cookie_name,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.public_url.startswith("https:"),
        MAX_CONTENT_LENGTH=1024 * 1024,
    )
    app.extensions["demo_lms"] = Lms(config)
    for room in _ROOMS:
        app.register_blueprint(room)
    app.register_error_handler(Refused, refusal_page)
    app.register_error_handler(ServiceRefused, refused_service)
    app.register_error_handler(OAuthRefused, refused_oauth)
    app.context_processor(page_words)
    app.add_template_filter(_moment, "moment")
    app.add_template_filter(_written, "written")
    return app


def _written(number: float, language: str) -> str:
    """A grade as a person reads it: 62,5 in French, 62.5 in English."""
    text = str(plain(number))
    return text.replace(".", ",") if language == "fr" else text


def _moment(moment: datetime) -> str:
    """A time as a person reads it, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
