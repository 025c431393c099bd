"""`pix-lti serve` and `pix-lti worker` as processes: they start, answer, and end when told."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from cli_shell import Shell
from sqlalchemy import func, select

from lti_tool.content import HOUSE
from lti_tool.models import Lease

_SECONDS = 60.0  # only a bound for what hangs: a machine may be busy
_BROKEN_BANK = """
import pathlib, sys
from lti_tool.content import bank
bank.HOUSE = pathlib.Path(sys.argv.pop(1))
from lti_tool.cli import main
main()
"""

_SEEING = """
from flask import request
from lti_tool.cli import main, serving
create_app = serving.create_app

def seeing(parts):
    app = create_app(parts)
    app.add_url_rule("/seen", view_func=lambda: {"address": request.remote_addr, "url": request.url})
    return app

serving.create_app = seeing
main()
"""


def _wait(until: Callable[[], bool], seconds: float = _SECONDS) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def _answers(shell: Shell) -> Callable[[], bool]:
    def look() -> bool:
        try:
            return requests.get(f"{shell.env['PIX_LTI_PUBLIC_URL']}/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    return look


def _descendants(root: int) -> set[int]:
    """The processes below one, as the kernel lists them."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in {root, *found}} - found:
        found |= more
    return found


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _words(process: int) -> list[str]:
    """The command line of a process; nothing when it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").rstrip("\0").split("\0")
    except OSError:
        return []


def _get(shell: Shell, path: str, **headers: str) -> requests.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(f"{shell.env['PIX_LTI_PUBLIC_URL']}{path}", headers=sent, timeout=5, allow_redirects=False)


def test_a_server_answers_and_ends_on_term_with_its_worker_and_leaves_no_child(shell: Shell) -> None:
    with shell.spawn("serve") as server:
        _wait(_answers(shell))
        _wait(lambda: len(_descendants(server.pid)) >= 2)
        children = _descendants(server.pid)
        assert any(_words(child)[-1:] == ["worker"] for child in children)
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0
        _wait(lambda: not any(map(_alive, children)), seconds=8)


def test_a_server_ends_on_an_interrupt(shell: Shell) -> None:
    with shell.spawn("serve", "--no-worker") as server:
        _wait(_answers(shell))
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 0


def test_a_worker_beside_a_killed_server_ends_by_itself(shell: Shell) -> None:
    with shell.spawn("serve") as server:
        _wait(_answers(shell))
        _wait(lambda: len(_descendants(server.pid)) >= 2)
        children = _descendants(server.pid)
        server.kill()
        server.wait(timeout=10)
        _wait(lambda: not any(map(_alive, children)), seconds=15)


def test_a_worker_that_dies_is_started_again(shell: Shell) -> None:
    def workers() -> set[int]:
        return {one for one in _descendants(server.pid) if _alive(one) and _words(one)[-1:] == ["worker"]}

    with shell.spawn("serve") as server:
        _wait(_answers(shell))
        _wait(lambda: bool(workers()))
        (first,) = workers()
        os.kill(first, signal.SIGKILL)
        _wait(lambda: bool(workers() - {first}))
        server.terminate()
        server.wait(timeout=10)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_by_itself_ends_when_told(shell: Shell, sign: signal.Signals) -> None:
    with shell.spawn("worker", PIX_LTI_WORKER_PAUSE_SECONDS="30") as worker:
        _wait(lambda: _has_lease(shell) or worker.poll() is not None)
        worker.send_signal(sign)
        assert worker.wait(timeout=10) == 0


def test_without_worker_there_is_none(shell: Shell) -> None:
    with shell.spawn("serve", "--no-worker") as server:
        _wait(_answers(shell))
        children = _descendants(server.pid)
        assert children
        assert not any(_words(child)[-1:] == ["worker"] for child in children)
        server.terminate()
        server.wait(timeout=10)


@pytest.mark.parametrize("command", [["serve"], ["serve", "--no-worker"], ["worker"]])
def test_nothing_starts_on_a_database_without_tables(shell: Shell, command: list[str]) -> None:
    with shell.spawn(*command, PIX_LTI_DATABASE_URL=f"sqlite:///{shell.folder / 'empty.sqlite3'}") as process:
        told, _ = process.communicate(timeout=_SECONDS)
    assert process.returncode == 2
    assert "pix-lti db upgrade" in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("command", [["serve", "--no-worker"], ["worker"]])
def test_nothing_starts_on_a_broken_bank(shell: Shell, command: list[str]) -> None:
    folder = shell.folder / "bank"
    shutil.copytree(HOUSE, folder)
    file = folder / "1.1" / "wiki-pages.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: text", "kind: guess", 1), encoding="utf-8")
    with shell.spawn(str(folder), *command, code=_BROKEN_BANK) as process:
        told, _ = process.communicate(timeout=_SECONDS)
    assert process.returncode == 2
    assert len(told.splitlines()) == 1
    assert "wiki-pages.yaml:" in told
    assert "content check" in told


def test_a_taken_port_is_told_and_the_server_ends(shell: Shell) -> None:
    with shell.spawn("serve", "--no-worker") as first:
        _wait(_answers(shell))
        with shell.spawn("serve", "--no-worker") as second:
            told, _ = second.communicate(timeout=_SECONDS)
            assert second.returncode != 0
            assert "in use" in told
            assert "Traceback" not in told
        first.terminate()
        first.wait(timeout=10)


def test_behind_a_proxy_its_word_on_address_scheme_and_host_is_believed(shell: Shell) -> None:
    with shell.spawn("serve", "--no-worker", code=_SEEING, PIX_LTI_TRUSTED_PROXIES="1") as server:
        _wait(_answers(shell))
        told = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "tests.example.org"}
        assert _get(shell, "/seen", X_Forwarded_For="203.0.113.9", **told).json() == {
            "address": "203.0.113.9", "url": "https://tests.example.org/seen"}  # fmt: skip
        assert _get(shell, "/seen", X_Forwarded_For="127.0.0.1, 203.0.113.9").json()["address"] == "203.0.113.9"
        assert _get(shell, "/metrics").status_code == 200
        assert _get(shell, "/metrics", X_Forwarded_For="127.0.0.1, 203.0.113.9").status_code == 403
        server.terminate()
        server.wait(timeout=10)


def test_without_a_proxy_nobodys_word_is_believed(shell: Shell) -> None:
    own = {"address": "127.0.0.1", "url": f"{shell.env['PIX_LTI_PUBLIC_URL']}/seen"}
    with shell.spawn("serve", "--no-worker", code=_SEEING) as server:
        _wait(_answers(shell))
        assert _get(shell, "/seen").json() == own
        assert _get(shell, "/seen", X_Forwarded_For="203.0.113.9", X_Forwarded_Host="evil.example").json() == own
        assert _get(shell, "/seen", X_Forwarded_Proto="https").json() == own
        assert _get(shell, "/seen", Script_Name="/evil").json() == own
        assert _get(shell, "/metrics", X_Forwarded_For="203.0.113.9").status_code == 403
        server.terminate()
        server.wait(timeout=10)


def _has_lease(shell: Shell) -> bool:
    with shell.database().reading() as session:
        return bool(session.scalar(select(func.count()).select_from(Lease)))


def test_the_module_is_the_command(shell: Shell) -> None:
    done = subprocess.run([sys.executable, "-m", "lti_tool", "--version"], capture_output=True, text=True, check=True,
                          env=shell.environment())  # fmt: skip
    assert done.stdout.startswith("pix-lti, version")
