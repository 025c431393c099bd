"""A wheel works outside the checkout: it brings templates, settings, bank, texts and styles along."""

import os
import site
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from house_sources import ROOT, tracked_files

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Installed:
    """The tool, installed in an environment of its own; `folder` is far from the checkout."""

    wheel: Path
    folder: Path
    programs: Path
    environment: dict[str, str]
    url: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A program of the environment, run in the folder."""
        command = [str(self.programs / words[0]), *words[1:]]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              check=False, timeout=_SECONDS)  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Dependencies come from where the tests run (a plain path, so that its editable install does not); no network."""
    folder = tmp_path_factory.mktemp("far-away")
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    programs = folder / "venv" / "bin"
    _run("-m", "pip", "--disable-pip-version-check", "--python", programs / "python", "install", "--no-deps",
         "--no-index", "--quiet", wheel)  # fmt: skip
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    port = _free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIX_LTI_", "PYTHON", "LC_", "LANG"))
    }
    own = {"PIX_LTI_PUBLIC_URL": f"http://localhost:{port}", "PIX_LTI_SECRET_KEY": "w" * 40, "PIX_LTI_WORKERS": "1",
           "PIX_LTI_BIND": f"127.0.0.1:{port}"}  # fmt: skip
    return Installed(wheel, folder, programs, kept | own, own["PIX_LTI_PUBLIC_URL"])


def _run(*words: object) -> None:
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(installed: Installed) -> Iterator[Installed]:
    """The tool, served from the folder."""
    assert installed.run("pix-lti", "db", "upgrade").returncode == 0
    server = subprocess.Popen([str(installed.programs / "pix-lti"), "serve"], cwd=installed.folder,
                              env=installed.environment)  # fmt: skip
    try:
        end = time.monotonic() + _SECONDS
        while not _answers(installed.url):
            assert server.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        yield installed
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=2).status_code == 200
    except requests.RequestException:
        return False


def test_what_runs_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    code = "import lti_tool, xapi; print(lti_tool.__file__); print(xapi.__file__)"
    done = installed.run("python", "-c", code)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(installed.folder / "venv")


def test_the_wheel_holds_every_file_of_the_packages_the_templates_and_the_settings(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as packed:
        inside = set(packed.namelist())
    names = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    wanted = {name for name in names if name.startswith(("lti_tool/", "xapi/"))}
    wanted |= {f"lti_tool/_root/{name}" for name in names if name.startswith(("templates/", "config/"))}
    assert wanted <= inside
    assert not [name for name in inside if name.startswith(("tests/", "bench/")) or "keys/" in name]


def test_the_commands_work_outside_the_checkout(installed: Installed) -> None:
    for words in (["db", "upgrade"], ["content", "check"], ["keys", "list"], ["platform", "list"]):
        done = installed.run("pix-lti", *words)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert (installed.folder / "instance" / "pix-lti.sqlite3").is_file()
    assert list((installed.folder / "keys").glob("*.pem"))


@pytest.mark.parametrize(
    ("path", "media_type", "sign"),
    [("/healthz", "text/plain", "ok"), ("/lti/jwks", "application/json", '"kid"'), ("/static/pix.css", "text/css", "{"),
     ("/static/icon.png", "image/png", "PNG"), ("/xapi/profile", "json", "w3id.org/pix-lti"),
     ("/lti/launch", "text/html", "<html")],
)  # fmt: skip
def test_the_server_answers_outside_the_checkout(served: Installed, path: str, media_type: str, sign: str) -> None:
    answer = requests.get(served.url + path, timeout=10)
    assert answer.status_code == 200
    assert media_type in answer.headers["Content-Type"]
    assert sign in answer.text


def test_pages_speak_the_browsers_language_outside_the_checkout(served: Installed) -> None:
    french, english = (requests.get(served.url + "/lti/launch", headers={"Accept-Language": one}, timeout=10).text
                       for one in ("fr", "en"))  # fmt: skip
    assert 'lang="fr"' in french
    assert 'lang="en"' in english
