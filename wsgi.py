"""For other WSGI servers: `wsgi:app`."""

from lti_tool.app import create_app, wire
from lti_tool.settings import load_settings

app = create_app(wire(load_settings()))
