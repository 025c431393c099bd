"""What is measured: `pix-lti serve` as a process, a small LMS that launches into it, a database of each kind."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from bench.processes import Processes
from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.lms import LmsConfig, create_lms, lms_of
from lti_tool.demo.lms.records import Part, Person
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.serving import serving

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import postgresql
from houses import open_house

__all__ = ["Base", "Rig", "databases", "open_house", "rig"]
INSTITUTION = "Bench"
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Base:
    """A database to measure on: its name, its address, the folder of its server where there is one."""

    name: str
    address: str
    server: Path | None = None


@dataclass(frozen=True, slots=True)
class Rig:
    """The running tool, its LMS, and who is who."""

    tool: str
    lms: str
    deployment_id: str
    trainees: tuple[str, ...]
    web: Processes
    database: Processes | None

    def client(self) -> LmsClient:
        """Another browser at the LMS."""
        return LmsClient(self.lms, FormBrowser(language="en"))

    def add_test(self, length: int) -> str:
        """As the instructor, adds a test of three competences; the activity's id."""
        office = self.client()
        office.open_picker(self.deployment_id)
        office.browser.press("add", {"competence": ("1.1", "1.2", "4.1"), "length": str(length)})
        office.sign_in("tara")
        return office.newest_activity()


@contextmanager
def databases() -> Iterator[list[Base]]:
    """SQLite, and PostgreSQL with fsync on where its programs are (else the server of PIX_LTI_TEST_POSTGRESQL)."""
    bases = [Base("SQLite", "")]
    found, given = postgresql.programs(), os.environ.get("PIX_LTI_TEST_POSTGRESQL")
    server = postgresql.start(found, durable=True) if found is not None else None
    if server is not None:
        bases.append(Base("PostgreSQL, fsync on", server.address, server.folder))
    elif given:
        bases.append(Base("PostgreSQL, as given", given))
    try:
        yield bases
    finally:
        if server is not None:
            server.stop()


@contextmanager
def rig(base: Base, trainees: int) -> Iterator[Rig]:
    """Everything running on one database; the LMS has registered the tool."""
    with tempfile.TemporaryDirectory(prefix="pix-lti-bench-") as folder:
        port = _free_port()
        url = f"http://localhost:{port}"
        environment = {**os.environ, **_settings(Path(folder), url, port, base)}
        _command(environment, "db", "upgrade")
        _command(environment, "institution", "add", INSTITUTION)
        address = _command(environment, "registration-url", "--institution", INSTITUTION)
        with _lms(trainees) as (lms, names), _served(environment, url) as server:
            registered = LmsClient(lms).register_by_address(address)
            database = Processes(_postmaster(base.server)) if base.server else None
            yield Rig(url, lms, registered.deployment_id, names, Processes(server), database)


def _settings(folder: Path, url: str, port: int, base: Base) -> dict[str, str]:
    return {
        "PIX_LTI_PUBLIC_URL": url, "PIX_LTI_BIND": f"127.0.0.1:{port}", "PIX_LTI_SECRET_KEY": secrets.token_urlsafe(32),
        "PIX_LTI_INSTANCE_DIR": str(folder), "PIX_LTI_KEYS_DIR": str(folder / "keys"),
        "PIX_LTI_DATABASE_URL": base.address, "PIX_LTI_ALLOW_PRIVATE_HOSTS": "true", "PIX_LTI_LOG_LEVEL": "error",
    }  # fmt: skip


@contextmanager
def _lms(trainees: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The small LMS with as many trainees as are wanted; their user names."""
    made = []

    def make(url: str) -> object:
        made.append((url, create_lms(LmsConfig(public_url=url))))
        return made[0][1]

    with serving(make, public_host="localhost"):  # type: ignore[arg-type]
        url, app = made[0]
        state = lms_of(app)
        new = {str(number): Person(str(number), f"bench{number}", f"Bench{number}", "Trainee", Part.TRAINEE, "en")
               for number in range(1000, 1000 + trainees)}  # fmt: skip
        state.people.update(new)
        course = state.courses["2"]
        state.courses["2"] = replace(course, members=(*course.members, *new))
        yield url, tuple(person.username for person in new.values())


@contextmanager
def _served(environment: dict[str, str], url: str) -> Iterator[int]:
    server = subprocess.Popen([sys.executable, "-m", "lti_tool", "serve", "--no-worker"], env=environment,
                              stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        until = time.monotonic() + _START_SECONDS
        while not _ready(url):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the tool did not start")
            time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=2).status_code == 200
    except requests.RequestException:
        return False


def _command(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "lti_tool", *arguments], env=environment, capture_output=True,
                          text=True, check=False, timeout=120)  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def _postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
