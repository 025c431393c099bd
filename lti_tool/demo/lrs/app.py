"""Puts the small LRS together."""

from pathlib import Path

from flask import Flask

from lti_tool.demo.lrs.memory import LrsConfig, Memory, memory_of
from lti_tool.demo.lrs.pages import pages
from lti_tool.demo.lrs.statements import about, statements
from lti_tool.demo.lrs.store import StatementStore
from lti_tool.settings import house_folder

__all__ = ["LrsConfig", "create_lrs", "store_of"]


def create_lrs(config: LrsConfig) -> Flask:
    """A small LRS, everything in memory."""
    app = Flask(
        "lti_tool.demo",
        template_folder=house_folder("templates"),
        static_folder=Path(__file__).parents[2] / "static",
        static_url_path="/static",
    )
    app.extensions["demo_lrs"] = Memory(config)
    for room in (statements, about, pages):
        app.register_blueprint(room)
    return app


def store_of(app: Flask) -> StatementStore:
    """The statements of an LRS application, for tests that run it in their own process."""
    return memory_of(app).store
