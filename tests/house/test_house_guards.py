"""The tests' own guards: nothing is reached but this machine, and no warning passes."""

import socket
import warnings

import pytest


def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as probe, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        probe.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="heard"):
        warnings.warn("heard", stacklevel=1)
