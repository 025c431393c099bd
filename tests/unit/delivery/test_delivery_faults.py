"""Under any faults everything arrives once and in order, and only the poison is dead."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from delivery_rows import NOON, House, add_attempt, add_grade, add_statements, rows, run_until_still, states
from delivery_servers import FakeLms, FakeLrs, Reply, Request, Server

import lti_tool
from lti_tool import clock
from lti_tool.delivery import Tally, Worker, nothing_due
from lti_tool.models import Database, open_database

MakeWorker = Callable[..., Worker]

BEFORE = (
    Reply(cut=True), Reply(500, "oops"), Reply(503, "later", {"Retry-After": "7"}), Reply(429, "slow"),
    Reply(401, "who"),
)  # fmt: skip
AFTER = (Reply(cut=True), Reply(500, "oops"), Reply(200, '["half of it', half=True), Reply(504))
PAGE = Reply(200, "<html>a page where statements were expected</html>")


def make_faulty(server: Server, chance: random.Random, share: float, *more: Reply) -> None:
    """Half of the faults come before the work, half take its answer away; `more` may do either."""

    def draw(faults: tuple[Reply, ...]) -> Callable[[Request], Reply | None]:
        return lambda _request: chance.choice(faults) if chance.random() < share / 2 else None

    server.before, server.after = draw(BEFORE + more), draw(AFTER + more)


@pytest.mark.parametrize("seed", range(4))
def test_under_random_faults_everything_arrives_once_in_order_and_only_the_poison_is_dead(
    make_worker: MakeWorker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms, seed: int
) -> None:
    chance = random.Random(seed)
    poison: set[str] = set()
    latest: dict[str, float] = {}
    for number in range(12):
        attempt = add_attempt(database, house, f"person {number % 8}")
        ids = add_statements(database, house, attempt, chance.randint(1, 14), lane=chance.randrange(6))
        poison |= {str(key) for key in ids if chance.random() < 0.04}
        latest[f"person {number % 8}"] = float(number)
        add_grade(database, house, attempt, float(number), lane=number % 8 % 3)
    lrs.poison = poison
    lrs.always_conflict = chance.random() < 0.5
    make_faulty(lrs, chance, 0.55, PAGE)
    make_faulty(lms, chance, 0.4)
    worker = make_worker(database)
    _, now = run_until_still(worker, NOON, turns=30, step=90)
    lrs.before = lrs.after = lms.before = lms.after = lambda _request: None
    run_until_still(worker, now + timedelta(hours=1), turns=30, step=1200)

    statements = [row for row in rows(database) if row.kind == "statement"]
    assert {str(row.statement_id) for row in statements if row.state == "dead"} == poison
    assert {str(row.statement_id) for row in statements if row.state == "sent"} == set(lrs.stored)
    assert len(lrs.stored) + len(poison) == len(statements)
    assert all(numbers == sorted(set(numbers)) for numbers in arrivals(lrs).values())
    assert {row.state for row in rows(database) if row.kind == "grade"} <= {"sent", "superseded"}
    for subject, score in latest.items():
        check_scores(lms.scores["/items/1", subject], score)


def check_scores(scores: list[dict], latest: float) -> None:
    """The last is the latest; earlier ones came in order, none twice, in another second each."""
    given = [one["scoreGiven"] for one in scores]
    seconds = [one["timestamp"][:19] for one in scores]
    assert given[-1] == latest
    assert given == sorted(set(given))
    assert seconds == sorted(set(seconds))


def arrivals(lrs: FakeLrs) -> dict[str, list[int]]:
    """The numbers of each attempt's statements in the order in which the LRS stored them."""
    order = defaultdict(list)
    for registration, number in lrs.order:
        order[registration].append(number)
    return order


def test_what_happens_while_everything_is_down_arrives_once_after_it_is_back(
    worker: Worker, database: Database, house: House, lrs: FakeLrs, lms: FakeLms
) -> None:
    attempt = add_attempt(database, house, "samia")
    lrs.before = lms.before = lambda _request: Reply(cut=True)
    now = NOON
    for _ in range(5):
        add_statements(database, house, attempt, 3, lane=1, now=now)
        worker.run_once(now)
        now += timedelta(minutes=1)
    add_grade(database, house, attempt, 82.4, at=now)
    assert worker.run_once(now).sent == 0
    lrs.before = lms.before = lambda _request: None
    total, _ = run_until_still(worker, now + timedelta(minutes=6))
    assert total == Tally(sent=16)
    assert [number for _, number in lrs.order] == list(range(1, 16))
    assert [score["scoreGiven"] for score in lms.scores["/items/1", "samia"]] == [82.4]


def test_several_workers_on_one_outbox_send_each_statement_once_and_in_order(
    make_worker: MakeWorker, address: str, database: Database, house: House, lrs: FakeLrs, lms: FakeLms
) -> None:
    for lane in range(48):
        attempt = add_attempt(database, house, f"person {lane}")
        add_statements(database, house, attempt, 12, lane=lane)
        add_grade(database, house, attempt, 50, lane=lane)
    databases = [open_database(address) for _ in range(3)]
    tallies = [Tally()] * 3

    def work(number: int, worker: Worker) -> None:
        for _ in range(400):
            tallies[number] += worker.run_once(clock.now())
            with databases[number].reading() as session:
                if nothing_due(session):
                    return

    threads = [
        threading.Thread(target=work, args=(number, make_worker(database))) for number, database in enumerate(databases)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for opened in databases:
        opened.engine.dispose()
    assert sum(tallies, Tally()) == Tally(sent=48 * 13)
    assert sum(tally.sent > 0 for tally in tallies) == (1 if database.is_sqlite else 3)
    posted = [one for request in lrs.requests for one in json.loads(request.body)]
    assert len(posted) == 48 * 12
    assert all(numbers == list(range(1, 13)) for numbers in arrivals(lrs).values())
    assert lms.count("POST", "/scores") == 48


WORKER = """
import sys, threading
from pathlib import Path
from lti_tool import clock
from lti_tool.delivery import Worker
from lti_tool.lti.keys import load_keys
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import open_database
from lti_tool.outbound import Outbound
from lti_tool.settings import load_settings
address, folder = sys.argv[1:]
settings = load_settings(public_url="http://localhost:8000", secret_key="s" * 40, allow_private_hosts=True)
outbound = Outbound(allow_private=True, timeout=30)
tokens = AccessTokens(outbound, load_keys(Path(folder), clock.now()))
Worker(open_database(address), outbound, tokens, settings, lambda sealed: "x").run(threading.Event())
"""


def kill_a_worker_at(server: Server, path: str, address: str, folder: Path) -> None:
    """Starts a worker in a process of its own and kills it when `server` has done its work and not yet answered."""
    done, killed = threading.Event(), threading.Event()

    def hold(request: Request) -> Reply | None:
        if not request.path.endswith(path):
            return None
        done.set()
        killed.wait(20)
        return Reply(cut=True)

    server.after = hold
    root = Path(lti_tool.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, address, str(folder)], cwd=root, env=dict(os.environ)
    ) as process:
        try:
            assert done.wait(30)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
            killed.set()
    server.after = lambda _request: None


def after_leases(database: Database) -> datetime:
    return max(row.leased_until for row in rows(database) if row.leased_until) + timedelta(seconds=1)


def test_a_worker_killed_between_sending_and_settling_doubles_no_statement(
    make_worker: MakeWorker, address: str, database: Database, house: House, lrs: FakeLrs, tmp_path: Path
) -> None:
    add_statements(database, house, add_attempt(database, house, "samia"), 5, lane=1)
    kill_a_worker_at(lrs, "/statements", address, tmp_path / "keys")
    assert states(database) == ["sending"] * 5
    worker = make_worker(database)
    assert worker.run_once(clock.now()) == Tally()
    assert worker.run_once(after_leases(database)) == Tally(sent=5)
    assert [number for _, number in lrs.order] == [1, 2, 3, 4, 5]


def test_a_worker_killed_between_sending_and_settling_doubles_no_grade(
    make_worker: MakeWorker, address: str, database: Database, house: House, lms: FakeLms, tmp_path: Path
) -> None:
    add_grade(database, house, add_attempt(database, house, "samia"), 82.4)
    kill_a_worker_at(lms, "/scores", address, tmp_path / "keys")
    assert states(database) == ["sending"]
    worker = make_worker(database)
    assert worker.run_once(after_leases(database)) == Tally(sent=1)
    assert lms.count("POST", "/scores") == 1
    assert len(lms.scores["/items/1", "samia"]) == 1
