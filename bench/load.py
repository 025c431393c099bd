"""A closed loop: eight people, each doing the next thing as soon as the last one is done."""

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from statistics import median

import requests

from bench.processes import Processes
from bench.rig import Rig
from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import Played, answer_one, form_to

CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """What many of one thing cost: milliseconds at the median and the 99th percentile, rate, processor time, bytes."""

    count: int
    p50_ms: float
    p99_ms: float
    rate: float
    cpu_ms: float
    database_cpu_ms: float | None
    bytes: float


@dataclass
class Meter:
    """Listens to one browser: time and bytes of what the tool answers, pages of the LMS left out."""

    tool: str
    seconds: float = 0.0
    bytes: int = 0

    def listen(self, browser: FormBrowser) -> None:
        """From now on, every answer to this browser is counted."""
        browser.session.hooks["response"].append(self._note)

    def _note(self, response: requests.Response, *_args: object, **_kwargs: object) -> None:
        if (response.url or "").startswith(self.tool):
            self.seconds += response.elapsed.total_seconds()
            self.bytes += int(response.headers.get("Content-Length", len(response.content)))

    def take(self) -> tuple[float, int]:
        """Seconds and bytes since the last taking."""
        taken = self.seconds, self.bytes
        self.seconds, self.bytes = 0.0, 0
        return taken


@dataclass
class Trainee:
    """A person with a browser, the meter that listens to it, and their own dice."""

    client: LmsClient
    username: str
    meter: Meter
    chance: random.Random
    played: Played = field(default_factory=Played)


def trainees(rig: Rig) -> list[Trainee]:
    """Everyone, signed in at the LMS."""
    found = []
    for number, username in enumerate(rig.trainees):
        client = rig.client()
        client.sign_in(username)
        meter = Meter(rig.tool)
        meter.listen(client.browser)
        found.append(Trainee(client, username, meter, random.Random(number)))
    return found


def launches(rig: Rig, people: list[Trainee], activity: str) -> Figures:
    """Everyone launches once: login, launch, start page."""
    waiting = deque(people)

    def one() -> tuple[float, int] | None:
        try:
            trainee = waiting.popleft()
        except IndexError:
            return None
        trainee.client.launch(activity)
        _expect(trainee, "/tests/")
        return trainee.meter.take()

    return _measured(rig, one)


def begin(people: list[Trainee]) -> None:
    """Everyone starts: the first question is shown."""
    for trainee in people:
        browser = trainee.client.browser
        browser.submit(form_to(browser.page, "/start"))
        _expect(trainee, "/questions/")
        trainee.meter.take()


def answers(rig: Rig, people: list[Trainee], wanted: int) -> Figures:
    """So many answers, each with the page that follows it; a checkpoint's page is turned but not timed."""
    waiting, numbers = deque(people), count()

    def one() -> tuple[float, int] | None:
        if next(numbers) >= wanted:
            return None
        trainee = waiting.popleft()
        browser = trainee.client.browser
        answer_one(browser, browser.page, trainee.chance, trainee.played)
        spent = trainee.meter.take()
        if browser.page.url.split("?")[0].endswith("/checkpoint"):
            browser.open(next(link.url for link in browser.page.markup.links if "/attempts/" in link.url))
            trainee.meter.take()
        if "/questions/" in browser.page.url:
            waiting.append(trainee)
        return spent

    return _measured(rig, one)


def _expect(trainee: Trainee, part: str) -> None:
    page = trainee.client.browser.page
    if part not in page.url or page.status != 200:
        raise RuntimeError(f"{trainee.username} came to {page.url} ({page.status}): {page.text[:300]}")


def _measured(rig: Rig, one: Callable[[], tuple[float, int] | None]) -> Figures:
    """Runs `one` on eight threads until it gives None; an error in any of them ends the measurement."""
    done: list[tuple[float, int]] = []
    errors: list[BaseException] = []

    def person() -> None:
        try:
            while not errors and (spent := one()) is not None:
                done.append(spent)
        except Exception as error:  # noqa: BLE001 whatever it was, it ends the measurement and is raised there
            errors.append(error)

    web, base = rig.web.seconds(), _seconds(rig.database)
    start = time.monotonic()
    threads = [threading.Thread(target=person) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - start
    if errors:
        raise errors[0]
    times = sorted(seconds for seconds, _ in done)
    return Figures(
        count=len(done), p50_ms=1000 * median(times), p99_ms=1000 * times[int(0.99 * (len(times) - 1))],
        rate=len(done) / lasted, cpu_ms=1000 * (rig.web.seconds() - web) / len(done),
        database_cpu_ms=1000 * (_seconds(rig.database) - base) / len(done) if rig.database else None,
        bytes=sum(size for _, size in done) / len(done),
    )  # fmt: skip


def _seconds(processes: Processes | None) -> float:
    return processes.seconds() if processes else 0.0
