"""A PostgreSQL server of the tests' own: under its own user where root starts it, on loopback, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_USER = "postgres"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its folder, its programs, the address of its database."""

    folder: Path
    programs: Path
    address: str

    def stop(self) -> None:
        """Ends the server and removes its files."""
        _run(self.programs / "pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path | None:
    """The folder of Debian's PostgreSQL programs, the newest version; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def start(found: Path, *, durable: bool = False) -> Server:
    """A fresh server, its files in a temporary folder; without durability, for speed, unless that is measured."""
    folder = Path(tempfile.mkdtemp(prefix="pix-lti-postgresql-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    port = _free_port()
    _run(found / "initdb", "-D", folder / "data", "-A", "trust", "-U", _USER, "--no-sync", "-E", "UTF8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    options += f" -c fsync={'on' if durable else 'off'}"
    _run(found / "pg_ctl", "start", "-w", "-D", folder / "data", "-l", folder / "log", "-o", options)
    return Server(folder, found, f"postgresql+psycopg://{_USER}@127.0.0.1:{port}/postgres")


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    prefix = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *words], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
