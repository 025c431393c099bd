"""Events go to standard error: standard output belongs to what commands print."""

import pytest
import structlog

from lti_tool.app import configure_logging


def test_events_are_logged_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    try:
        structlog.get_logger().info("something")
    finally:
        configure_logging("error")
    written = capsys.readouterr()
    assert written.out == ""
    assert '"something"' in written.err
