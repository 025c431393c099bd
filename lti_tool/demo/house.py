"""The whole demonstration on loopback: the tool as installed, a small LMS, a small LRS, set up by commands."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from lti_tool.demo.lms import LmsConfig, create_lms
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.lrs import LrsConfig, create_lrs
from lti_tool.demo.serving import Server

INSTITUTION = "Institut de démonstration"
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three listen on localhost."""

    tool: int = 8000
    lms: int = 8001
    lrs: int = 8002


@dataclass(frozen=True, slots=True)
class House:
    """A running demonstration: its addresses, its settings, the deployment that the LMS gave the tool."""

    tool: str
    lms: str
    lrs: str
    folder: Path
    environment: dict[str, str]
    lrs_username: str
    deployment_id: str
    registration_address: str

    @property
    def password_file(self) -> Path:
        """The file with the LRS's password."""
        return self.folder / "lrs-password"

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `pix-lti` with the demonstration's settings."""
        return run_command(self.environment, *arguments)


def run_command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `pix-lti` as an administrator would in a shell, and gives what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "lti_tool", *arguments],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


@contextmanager
def open_house(folder: Path, ports: Ports | None = None) -> Iterator[House]:
    """Sets everything up anew in `folder` (what was there is removed), runs it, and ends it."""
    ports = ports or Ports()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tool, lms, lrs = (f"http://localhost:{port}" for port in (ports.tool, ports.lms, ports.lrs))
    password = secrets.token_urlsafe(16)
    (folder / "lrs-password").write_text(password + "\n", encoding="utf-8")
    environment = _environment(folder, tool, ports.tool)
    lms_app = create_lms(LmsConfig(public_url=lms, secret_key=secrets.token_hex(16)))
    lrs_app = create_lrs(LrsConfig(username="pix-lti", password=password))
    with Server(lms_app, port=ports.lms), Server(lrs_app, port=ports.lrs):
        _prepare(environment, lrs, folder / "lrs-password")
        with _served(environment, tool):
            address = _checked(environment, "registration-url", "--institution", INSTITUTION, "--uses", "5")
            registered = LmsClient(lms).register_by_address(address)
            yield House(
                tool, lms, lrs, folder, environment, "pix-lti", registered.deployment_id, address
            )  # fmt: skip


def _environment(folder: Path, tool: str, port: int) -> dict[str, str]:
    return {
        "PIX_LTI_PUBLIC_URL": tool,
        "PIX_LTI_SECRET_KEY": secrets.token_urlsafe(32),
        "PIX_LTI_INSTANCE_DIR": str(folder),
        "PIX_LTI_KEYS_DIR": str(folder / "keys"),
        "PIX_LTI_ALLOW_PRIVATE_HOSTS": "true",
        "PIX_LTI_BIND": f"127.0.0.1:{port}",
        "PIX_LTI_DATABASE_URL": "",
        "PIX_LTI_WORKER_PAUSE_SECONDS": "0.2",
        "PIX_LTI_LOG_LEVEL": "warning",
    }


def _prepare(environment: dict[str, str], lrs: str, password_file: Path) -> None:
    _checked(environment, "db", "upgrade")
    _checked(environment, "institution", "add", INSTITUTION)
    _checked(
        environment, "lrs", "add", "--institution", INSTITUTION, "--url", lrs, "--username", "pix-lti",
        "--password-file", str(password_file),
    )  # fmt: skip


def _checked(environment: dict[str, str], *arguments: str) -> str:
    done = run_command(environment, *arguments)
    if done.returncode:
        msg = f"pix-lti {' '.join(arguments)} said: {done.stderr.strip() or done.stdout.strip()}"
        raise RuntimeError(msg)
    return done.stdout.strip()


@contextmanager
def _served(environment: dict[str, str], tool: str) -> Iterator[None]:
    """`pix-lti serve` as a process of its own, until the end."""
    process = subprocess.Popen([sys.executable, "-m", "lti_tool", "serve"], env={**os.environ, **environment})
    try:
        _wait_for(process, f"{tool}/readyz")
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            msg = "the tool ended while starting; what it printed says why"
            raise RuntimeError(msg)
        try:
            if requests.get(address, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.1)
    msg = f"no answer at {address} within {_START_SECONDS} seconds"
    raise RuntimeError(msg)
