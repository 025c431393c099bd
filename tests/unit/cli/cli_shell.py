"""A shell in which `pix-lti` runs: its settings and processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from lti_tool.cli import main
from lti_tool.models import Database, open_database


@dataclass
class Shell:
    """Runs commands in this process; `spawn` runs one in a process of its own."""

    folder: Path
    env: dict[str, str | None] = field(default_factory=dict)

    def run(self, *arguments: str, **more: str) -> Result:
        """One command; an exception that is not an exit fails the test."""
        done = CliRunner(env={**self.env, **more}).invoke(main, list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def good(self, *arguments: str, **more: str) -> str:
        """What a command that must succeed prints."""
        done = self.run(*arguments, **more)
        assert done.exit_code == 0, done.output
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.good(*arguments, "--json"))

    def refused(self, *arguments: str, **more: str) -> str:
        """The one sentence on standard error of a command that exits with 2."""
        done = self.run(*arguments, **more)
        assert done.exit_code == 2, done.output
        assert done.stdout == ""
        assert done.stderr.startswith("pix-lti: ")
        assert len(done.stderr.splitlines()) == 1
        return done.stderr

    def database(self) -> Database:
        """The database behind the commands."""
        return open_database(f"sqlite:///{self.folder / 'instance' / 'pix-lti.sqlite3'}")

    def file(self, name: str, text: str) -> str:
        """A file in the test's folder."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of its own gets."""
        kept = {name: value for name, value in os.environ.items() if name not in self.env}
        return {**kept, **{name: value for name, value in self.env.items() if value is not None}, **more}

    @contextmanager
    def spawn(self, *arguments: str, code: str = "", **more: str) -> Iterator[subprocess.Popen[str]]:
        """`pix-lti` (or some code) as a process of its own, ended at the end at the latest."""
        command = [sys.executable, *(["-c", code] if code else ["-m", "lti_tool"]), *arguments]
        process = subprocess.Popen(
            command, env=self.environment(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=30)
