"""How one small LRS is set up, and what it remembers."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask

from lti_tool.clock import now
from lti_tool.demo.faults import Faults, FaultSwitch
from lti_tool.demo.lrs.store import StatementStore


@dataclass(frozen=True, slots=True)
class LrsConfig:
    """One LRS; its statements resource is `public_url` + `/statements`."""

    username: str = "pix"
    password: str = field(default="demo", repr=False)
    public_url: str = "http://localhost:8002"
    clock: Callable[[], datetime] = now
    page_size: int = 100
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)


class Memory:
    """The statements of one LRS and its faults."""

    def __init__(self, config: LrsConfig) -> None:
        self.config = config
        self.store = StatementStore()
        self.faults = FaultSwitch(Faults())


def memory_of(app: Flask) -> Memory:
    """The memory of an LRS application."""
    found = app.extensions["demo_lrs"]
    if not isinstance(found, Memory):
        raise TypeError(type(found).__name__)
    return found
