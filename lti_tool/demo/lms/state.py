"""All that one LMS remembers, in memory, behind one lock."""

import itertools
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Flask, current_app
from jwt import PyJWK

from lti_tool.demo.faults import Faults, FaultSwitch
from lti_tool.demo.lms import seed
from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.records import Activity, Column, Grade, Kind, Pending, Person, Tool
from lti_tool.demo.lms.signing import SigningKey, new_key


@dataclass(frozen=True, slots=True)
class LmsFaults(Faults):
    """The faults of an LMS: those of any server, and its own."""

    keys_outage: bool = False
    "The key set answers 503."
    refuse_tokens: int = 0
    "The next so many service requests are answered 401, whatever their token."
    clock_offset: int = 0
    "Seconds by which the clock of the LMS is ahead (negative: behind)."
    page_size: int = 50
    "The most members on one page of the roster."


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a service token allows, and until when."""

    tool_id: str
    scopes: frozenset[str]
    until: datetime


class Lms:
    """The memory of one LMS. Records are values: a change puts a new one in their place, under `lock`."""

    def __init__(self, config: LmsConfig) -> None:
        self.config = config
        self.lock = threading.RLock()
        self.faults = FaultSwitch(LmsFaults())
        self.people = seed.people()
        self.courses = seed.courses()
        self.tools: dict[str, Tool] = {}
        self.activities: dict[str, Activity] = {}
        self.columns: dict[str, Column] = {}
        self.grades: dict[tuple[str, str], Grade] = {}
        self.keys: list[SigningKey] = []
        self.tool_keys: dict[str, Mapping[str, PyJWK]] = {}
        self._pending: dict[str, Pending] = {}
        self._registrations: dict[str, tuple[str, datetime]] = {}
        self._tokens: dict[str, AccessToken] = {}
        self._seen: dict[str, datetime] = {}
        self._numbers = itertools.count(1)
        self.rotate_key()

    def now(self) -> datetime:
        """The time by this LMS's clock, which a fault may have put wrong."""
        return self.config.clock() + timedelta(seconds=self.faults.now.clock_offset)

    def number(self) -> str:
        """A new small number, for an id."""
        return str(next(self._numbers))

    def rotate_key(self) -> SigningKey:
        """A new key, which signs from now on and is published alone: the harshest rotation there is."""
        key = new_key(secrets.token_hex(10))
        with self.lock:
            self.keys = [key]
        return key

    def person_named(self, username: str) -> Person:
        """The person with that user name; LookupError if nobody has it."""
        for person in self.people.values():
            if person.username == username:
                return person
        raise LookupError(username)

    def tool_of(self, client_id: str) -> Tool | None:
        """The active tool with that client id."""
        return next((tool for tool in self.tools.values() if tool.client_id == client_id and tool.active), None)

    def column_of(self, activity: Activity) -> Column | None:
        """The one column of an activity; None without one, or with several (Moodle 4.2.3: then launches name none)."""
        bound = [column for column in self.columns.values() if column.activity_id == activity.id]
        return bound[0] if len(bound) == 1 else None

    def add_tool(self, tool: Tool) -> Tool:
        """Keeps a tool."""
        with self.lock:
            self.tools[tool.id] = tool
        return tool

    def add_activity(self, activity: Activity, column: Column | None) -> Activity:
        """Keeps an activity and, where it is graded, its column."""
        with self.lock:
            self.activities[activity.id] = activity
            if column is not None:
                self.columns[column.id] = column
        return activity

    def copy_activity(self, activity: Activity, course_id: str) -> Activity:
        """The same activity anew, with a column of its own and the same custom parameters, as a course copy does."""
        copied = replace(activity, id=self.number(), course_id=course_id)
        column = self.column_of(activity)
        if column is not None:
            column = replace(column, id=self.number(), course_id=course_id, activity_id=copied.id)
        return self.add_activity(copied, column)

    def begin_launch(self, pending: Pending) -> str:
        """Remembers a launch until its message is asked for; returns its one-time id."""
        prefix = f"ltilaunch{pending.activity_id}" if pending.kind is Kind.RESOURCE else f"ltilaunch_{pending.kind}"
        launch_id = f"{prefix}_{secrets.token_hex(8)}"
        with self.lock:
            self._pending[launch_id] = pending
        return launch_id

    def take_launch(self, launch_id: str) -> Pending | None:
        """The launch of that id, once."""
        with self.lock:
            return self._pending.pop(launch_id, None)

    def offer_registration(self) -> tuple[str, str]:
        """The id of a client to be, and a token good for one registration within an hour."""
        client_id, token = secrets.token_urlsafe(11), secrets.token_urlsafe(32)
        with self.lock:
            self._registrations[token] = (client_id, self.now() + timedelta(hours=1))
        return client_id, token

    def registering(self, token: str) -> str | None:
        """The client id that a token would be used for; None when it is unknown, used or over."""
        client_id, until = self._registrations.get(token, ("", self.now()))
        return client_id if until > self.now() else None

    def use_registration(self, token: str) -> bool:
        """Uses the token up; False when someone was faster."""
        with self.lock:
            return self._registrations.pop(token, None) is not None

    def issue_token(self, tool: Tool, scopes: frozenset[str], lifetime: timedelta) -> str:
        """A new access token for the services."""
        text = secrets.token_hex(16)
        with self.lock:
            self._tokens[text] = AccessToken(tool.id, scopes, self.now() + lifetime)
        return text

    def token(self, text: str) -> AccessToken | None:
        """The access token of that text while it is good."""
        token = self._tokens.get(text)
        return token if token is not None and token.until > self.now() else None

    def forget_tokens(self) -> None:
        """Ends every access token, as a restarted LMS may."""
        with self.lock:
            self._tokens.clear()

    def first_time(self, once: str, until: datetime) -> bool:
        """Whether this nonce or jti was never seen before; it is remembered until `until`."""
        with self.lock:
            now = self.now()
            if len(self._seen) > 1000:
                self._seen = {seen: end for seen, end in self._seen.items() if end > now}
            fresh = once not in self._seen
            self._seen[once] = until
            return fresh


def lms_of(app: Flask) -> Lms:
    """The memory of an LMS application, for tests that run it in their own process."""
    found = app.extensions["demo_lms"]
    if not isinstance(found, Lms):
        raise TypeError(type(found).__name__)
    return found


def this_lms() -> Lms:
    """The memory of the LMS that answers the present request."""
    return lms_of(current_app)
