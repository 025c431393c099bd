"""A real Chromium at the tool, the small LMS and the small LRS: on one site, and on two TLS sites."""

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from authority import Authority, make_authority
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from houses import House, open_house

OUTPUT = Path(__file__).parents[1] / "output"
CHROMIUM = shutil.which("chromium")
LMS_HOST, TOOL_HOST = "lms.test", "tool.test"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.test 127.0.0.1",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips by name where there is no Chromium, and never in CI."""
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        pytest.exit("Chromium is not installed; in CI no test of it may be skipped", returncode=2)
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def browse(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser with an empty profile; `third_party_cookies=False` blocks them as a strict person does.

    `no_cookies_of` names a site that may set no cookie at all, partitioned or not.
    """
    opened: list[BrowserContext] = []

    def browse_with(*, third_party_cookies: bool = True, no_cookies_of: str = "", **options: Any) -> BrowserContext:
        profile = tmp_path / f"profile-{len(opened)}"
        (profile / "Default").mkdir(parents=True)
        mode = 0 if third_party_cookies else 1
        blocked = {f"{no_cookies_of},*": {"setting": 2}} if no_cookies_of else {}
        preferences = {
            "profile": {
                "cookie_controls_mode": mode, "block_third_party_cookies": not third_party_cookies,
                "content_settings": {"exceptions": {"cookies": blocked}},
            }
        }  # fmt: skip
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=list(FLAGS), headless=True, ignore_https_errors=True,
            **{"viewport": {"width": 1280, "height": 900}, **options},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield browse_with
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def one_site(tmp_path: Path, keys_folder: Path) -> Iterator[House]:
    """Tool and LMS on localhost, http."""
    with open_house(f"sqlite:///{tmp_path / 'pix-lti.sqlite3'}", tmp_path, keys_folder) as house:
        yield house


@pytest.fixture
def two_sites(tmp_path: Path, keys_folder: Path, authority: Authority) -> Iterator[House]:
    """Tool and LMS on two sites with TLS, as they are in the world."""
    address = f"sqlite:///{tmp_path / 'pix-lti.sqlite3'}"
    contexts = {host: authority.context_for(host) for host in (LMS_HOST, TOOL_HOST)}
    with (
        names_on_loopback(),
        open_house(
            address, tmp_path, keys_folder, hosts=(TOOL_HOST, LMS_HOST), tls=contexts, ca_file=str(authority.file)
        ) as house,
    ):
        yield house


@contextmanager
def names_on_loopback() -> Iterator[None]:
    """Resolves *.test to loopback in this process, as the tool and the LMS call each other."""
    real = socket.getaddrinfo

    def mapped(host: Any, *args: Any, **kwargs: Any) -> Any:
        return real("127.0.0.1" if str(host).endswith(".test") else host, *args, **kwargs)

    socket.getaddrinfo = mapped
    try:
        yield
    finally:
        socket.getaddrinfo = real


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once: an RSA key takes a while."""
    return tmp_path_factory.mktemp("keys")
