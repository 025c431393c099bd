"""One attempt from beginning to end, as facts, statements and JSON; and an LRS on loopback to play with."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

import pytest
import requests

from xapi import statements, vocabulary
from xapi.client import Store
from xapi.facts import (
    Abandoned,
    Activity,
    Actor,
    Answered,
    Competence,
    Completed,
    Component,
    Facts,
    Initialized,
    Interaction,
    Link,
    Measure,
    Outcome,
    Resumed,
    Score,
    Setting,
    Suspended,
    Terminated,
)
from xapi.rules import Plan, Prior, Topic, Versions

ATTEMPT = UUID("7b7c9f3e-5a43-4a3e-9c7e-0b6d7a9d4d11")
BEGUN = datetime(2026, 11, 23, 9, 0, 0, 120_000, tzinfo=UTC)


@pytest.fixture
def setting() -> Setting:
    return Setting(
        attempt=ATTEMPT,
        actor=Actor("https://pix.example/people", "q7xk2m"),
        test=Activity(vocabulary.iri_of_test(UUID(int=1)), {"en": "Searching", "fr": "Rechercher"}),
        competences=(Competence("1.1", {"en": "Search", "fr": "Chercher"}), Competence("1.2", {"fr": "Gérer"})),
        platform="Campus",
        language="fr",
        course=Activity(vocabulary.iri_of_course(UUID(int=2)), {"fr": "Compétences numériques"}),
        programme=Activity(vocabulary.iri_of_programme(UUID(int=3)), {"fr": "Emploi des jeunes"}),
    )


@pytest.fixture
def plan() -> Plan:
    topics = (Topic("1.1.search", "1.1", "1", 5.0), Topic("1.2.files", "1.2", "1", 8.0))
    return Plan(topics, 8, 24, 4, "best", "score", "training", attempts=3)


@pytest.fixture
def versions() -> Versions:
    return Versions("2026.11", "2026.10", Prior(2.7, 1.25, 0.55, 0.8, 0.6), "scoring/v1")


@pytest.fixture
def initialized(setting: Setting, plan: Plan, versions: Versions) -> Initialized:
    return Initialized(
        id=uuid5(ATTEMPT, "1"),
        timestamp=BEGUN,
        setting=setting,
        link=Link(1, None),
        plan=plan,
        versions=versions,
        commitment="c0" * 32,
        exposure=17,
        number=2,
        pool="open",
    )


@pytest.fixture
def answered(setting: Setting) -> Answered:
    options = tuple(Component(one, {"en": f"Option {one}", "fr": f"Choix {one}"}) for one in ("a", "b", "c"))
    return Answered(
        id=uuid5(ATTEMPT, "2"),
        timestamp=BEGUN + timedelta(seconds=40),
        setting=setting.within("1.1"),
        link=Link(2, "ab" * 32),
        item="1.1.search.3/é#1",
        topic="1.1.search",
        options=3,
        difficulty=2.5,
        variance=0.5625,
        outcome=Outcome.RIGHT,
        interaction=Interaction("choice", {"en": "Which?", "fr": "Lequel ?"}, choices=options),
        device="phone",
        language="fr",
        presentation="page",
        duration=timedelta(seconds=39, milliseconds=250),
        given=("a", "c"),
        estimate=Measure(3.0, 0.91),
    )


@pytest.fixture
def completed(setting: Setting) -> Completed:
    return Completed(
        id=uuid5(ATTEMPT, "completed"),
        timestamp=BEGUN + timedelta(minutes=20),
        setting=setting,
        link=Link(3, "cd" * 32),
        answers=8,
        seed="0f" * 16,
        duration=timedelta(minutes=20),
        levels={"1.1": Measure(3.2, 0.6), "1.2": None},
        share_of_target=0.7342,
        score_sent=73.4,
        score=Score(73.4),
    )


@pytest.fixture
def every_kind(initialized: Initialized, answered: Answered, completed: Completed) -> list[Facts]:
    common = {"timestamp": BEGUN, "setting": initialized.setting}
    return [
        initialized,
        answered,
        replace(answered, outcome=Outcome.SKIPPED, given=None, estimate=None),
        completed,
        replace(completed, levels={}, share_right=0.5, share_of_target=None, score=None, score_sent=None),
        Suspended(id=uuid5(ATTEMPT, "s"), link=Link(4, "ab" * 32), **common),
        Resumed(id=uuid5(ATTEMPT, "r"), link=Link(5, "ab" * 32), **common),
        Terminated(id=uuid5(ATTEMPT, "t"), link=Link(6, "ab" * 32), **common),
        Abandoned(id=uuid5(ATTEMPT, "a"), link=Link(7, "ab" * 32), answers=2, seed="0f" * 16, **common),
    ]


@pytest.fixture
def texts(initialized: Initialized, answered: Answered, completed: Completed) -> list[str]:
    """The statements of one whole attempt, each linked to the one before it."""
    ended = Terminated(
        id=uuid5(ATTEMPT, "t"), timestamp=completed.timestamp, setting=completed.setting, link=Link(1, None)
    )
    again = replace(answered, id=uuid5(ATTEMPT, "3"), item="1.1.search.4", outcome=Outcome.WRONG, given=("b",))
    built: list[statements.Statement] = []
    for sequence, facts in enumerate((initialized, answered, again, completed, ended), start=1):
        link = Link(sequence, built[-1].hash if built else None)
        built.append(statements.build(replace(facts, link=link)))
    return [one.text for one in built]


@pytest.fixture
def attempt(texts: list[str]) -> list[dict]:
    return [json.loads(text) for text in texts]


class Lrs(ThreadingHTTPServer):
    """Answers every request by `play` and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.play: Callable[[_Exchange], None] = lambda one: one.answer(204)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.connections: set[tuple[str, int]] = set()

    def answers(self, status: int, body: object = b"", **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.play = lambda one: one.answer(status, raw, **headers)

    @property
    def store(self) -> Store:
        return Store(f"http://127.0.0.1:{self.server_port}/xapi/", connect_timeout=2, read_timeout=0.5, whole_timeout=1)


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Lrs

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        self.server.connections.add(self.client_address)
        self.server.play(self)

    def do_GET(self) -> None:
        self.headers.add_header("Content-Length", "0")
        self.do_POST()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def lrs() -> Iterator[Lrs]:
    server = Lrs()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as own:
        own.trust_env = False
        own.auth = ("pix", "secret")
        yield own
