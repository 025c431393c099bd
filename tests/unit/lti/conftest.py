"""A fresh platform and database for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lti_world import PlatformServer, World, open_world


@pytest.fixture
def server() -> Iterator[PlatformServer]:
    running = PlatformServer()
    yield running
    running.stop()


@pytest.fixture
def world(tmp_path: Path, server: PlatformServer) -> Iterator[World]:
    with open_world(tmp_path, server) as made:
        yield made
