"""The `pix-lti` command: for the IT department that runs the tool and the auditor who checks it."""

from lti_tool.cli.main import main

__all__ = ["main"]
