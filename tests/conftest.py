"""For all tests: PostgreSQL is started once before the first, and no connection leaves this machine."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import postgresql

ADDRESS = "PIX_LTI_TEST_POSTGRESQL"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_server: list[postgresql.Server] = []


def _start_postgresql() -> None:
    """In the first process only, before other conftests are read; the others find its address in the environment."""
    if os.environ.get(ADDRESS) or "PYTEST_XDIST_WORKER" in os.environ or "--collect-only" in sys.argv:
        return
    found = postgresql.programs()
    if found is not None:
        _server.append(postgresql.start(found))
        os.environ[ADDRESS] = _server[0].address
    elif os.environ.get("CI"):
        pytest.exit("PostgreSQL is not installed; in CI no test of it may be skipped", returncode=2)


_start_postgresql()


def pytest_unconfigure() -> None:
    """Ends what was started."""
    while _server:
        _server.pop().stop()
        os.environ.pop(ADDRESS, None)


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """A connection to anything but loopback is an error of the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with patch.object(socket.socket, "connect", guarded):
        yield
