"""`python -m bench.slow_line`: how long a trainee on a slow 3G line waits for a question (Chromium, simulated line).

Usable is: painted with its stylesheet, and its buttons there. The line is slow for every request; opening the
connection (DNS, TCP, TLS: up to three more journeys of 0.4 s, once) is not simulated.
"""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.rig import open_house
from lti_tool.demo.lms_client import LmsClient

KILOBITS, LATENCY_MS = 400, 400
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_USABLE = """document.readyState !== 'loading' && document.querySelector('button[value=validate]') !== null
             && performance.getEntriesByName('first-contentful-paint').length > 0"""
_RUNS, _ANSWERS = 3, 6


def measure() -> dict[str, float] | None:
    """Median seconds to a usable question, cold and for the next ones; None where there is no Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    first: list[float] = []
    following: list[float] = []
    with tempfile.TemporaryDirectory(prefix="pix-lti-line-") as name, sync_playwright() as playwright:
        folder = Path(name)
        with open_house(f"sqlite:///{folder / 'db.sqlite3'}", folder, folder / "keys") as house:
            for run in range(_RUNS):
                trainee = house.begin(house.add_test("1.1", "1.2", "4.1", length=24))
                context = playwright.chromium.launch_persistent_context(
                    str(folder / f"profile-{run}"), executable_path=chromium, args=list(_FLAGS), headless=True,
                    viewport={"width": 390, "height": 800},
                )  # fmt: skip
                page = _slow(context, trainee, house.tool)
                first.append(_seconds(page, trainee.browser.page.url))
                following.extend(_answers(page))
                context.close()
    return {"first_s": round(median(first), 2), "next_s": round(median(following), 2)}


def _slow(context: BrowserContext, trainee: LmsClient, tool: str) -> Page:
    """A page of the trainee's session on the slow line."""
    context.add_cookies(
        [{"name": one.name, "value": one.value or "", "domain": urlsplit(tool).hostname or "", "path": "/"}
         for one in trainee.browser.session.cookies if "pix-lti" in one.name]
    )  # fmt: skip
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    bytes_a_second = KILOBITS * 1000 / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": bytes_a_second,
         "uploadThroughput": bytes_a_second},
    )  # fmt: skip
    return page


def _seconds(page: Page, address: str) -> float:
    start = time.monotonic()
    page.goto(address, wait_until="commit")
    _wait(page)
    return time.monotonic() - start


def _wait(page: Page) -> None:
    """Asked from outside: the page's own policy lets nobody put questions as text into it."""
    while not page.evaluate(_USABLE):
        time.sleep(0.02)


def _answers(page: Page) -> list[float]:
    """From a press on Skip to the next usable question; a checkpoint is turned and not counted."""
    taken = []
    for _ in range(_ANSWERS):
        before, start = page.url, time.monotonic()
        page.locator("button[value=skip]").click()
        page.wait_for_url(lambda url, before=before: url != before, wait_until="commit")
        if "/questions/" not in page.url:
            page.locator("a.button").first.click()
            page.wait_for_url("**/questions/*")
            continue
        _wait(page)
        taken.append(time.monotonic() - start)
    return taken


def show(found: dict[str, float] | None) -> None:
    """One line on the screen."""
    if found is None:
        print("slow line: not measured, Chromium is not installed")
        return
    print(f"slow line ({KILOBITS} kbit/s, {LATENCY_MS} ms): first question usable after {found['first_s']} s, "
          f"from an answer to the next one {found['next_s']} s")  # fmt: skip


if __name__ == "__main__":
    show(measure())
