"""One LMS and one stub tool, both served over HTTP, and a registration by hand between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask

from lti_tool.demo.lms import Lms, LmsConfig, create_lms, lms_of
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.lms_office import RegisteredTool
from lti_tool.demo.lrs import LrsConfig, create_lrs, store_of
from lti_tool.demo.serving import Server, serving

from .lrs_side import Lrs
from .stub_tool import StubTool, stub_app


@dataclass
class Both:
    """Both sides, and the way between them."""

    lms: str
    client: LmsClient
    tool: StubTool
    memory: Lms

    def register(self) -> RegisteredTool:
        """By hand, with a picker."""
        found = self.client.register_by_hand(
            name="Stub",
            login_url=self.tool.url + "/login",
            redirect_uri=self.tool.url + "/launch",
            jwks_url=self.tool.url + "/jwks",
            link_url=self.tool.url + "/launch",
            picker_url=self.tool.url + "/launch",
        )
        self.tool.client_id = found.client_id
        return found

    def add(self, *items: dict[str, object], course: str = "2") -> str:
        """Adds activities by deep linking; returns the id of the last."""
        self.tool.items = list(items) or [
            {"type": "ltiResourceLink", "title": "Test", "lineItem": {"scoreMaximum": 100}}
        ]
        deployment = next(iter(self.memory.tools), None) or self.register().deployment_id
        self.client.open_picker(deployment, course)
        self.client.browser.press("Add")
        return self.client.newest_activity(course)


@contextmanager
def both_sides(**config: object) -> Iterator[Both]:
    """Starts them; for tests that need an LMS set up otherwise."""
    tool = StubTool("")
    apps: list[Flask] = []

    def lms(url: str) -> Flask:
        apps.append(create_lms(LmsConfig(public_url=url, **config)))  # type: ignore[arg-type]
        return apps[-1]

    with serving(lms, host="localhost") as lms_server, Server(stub_app(tool)) as tool_server:
        tool.url, tool.lms = tool_server.url, lms_server.url
        yield Both(lms_server.url, LmsClient(lms_server.url), tool, lms_of(apps[0]))


@pytest.fixture
def both() -> Iterator[Both]:
    """An LMS of the usual set-up and a stub tool."""
    with both_sides() as found:
        yield found


@pytest.fixture
def lrs() -> Iterator[Lrs]:
    """A served LRS."""
    apps: list[Flask] = []

    def make(url: str) -> Flask:
        apps.append(create_lrs(LrsConfig(public_url=url)))
        return apps[-1]

    with serving(make) as server:
        yield Lrs(server.url, store_of(apps[0]))
