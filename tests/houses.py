"""The running tool with its neighbours, for functional and browser tests."""

import random
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.app import create_app, wire
from lti_tool.delivery.status import nothing_due
from lti_tool.delivery.worker import Worker
from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms import Lms, LmsConfig, create_lms, lms_of
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.lrs import LrsConfig, create_lrs, store_of
from lti_tool.demo.serving import Server, serving
from lti_tool.demo.trainee import Played, form_to, play
from lti_tool.lti.registration import invite
from lti_tool.models import Attempt, Base, Institution, Lrs, Question
from lti_tool.models.sealing import seal, unseal
from lti_tool.settings import load_settings
from lti_tool.views.parts import Parts

SECRET = "not-a-secret-but-long-enough-for-tests"


@dataclass
class House:
    """The running tool with its neighbours, and short ways for tests; `parts` reaches behind the front door."""

    tool: str
    parts: Parts
    lms_url: str
    lrs_url: str
    lms: LmsClient
    statements: Any
    worker: Worker
    deployment_id: str
    memory: Lms

    def client(self, language: str = "en", blocked: Iterable[str] = ()) -> LmsClient:
        """Another browser, at the same LMS; it keeps no cookie of the hosts named `blocked`."""
        return LmsClient(
            self.lms_url, FormBrowser(language=language, verify=self.lms.browser.verify, blocked=blocked)
        )  # fmt: skip

    def add_test(self, *competences: str, length: int | None = 8, grade: str = "score") -> str:
        """As the instructor, adds a test by deep linking; the activity's id."""
        office = self.client("fr")
        office.open_picker(self.deployment_id)
        chosen = competences or ("1.1",)
        office.browser.press("add", {"competence": chosen, "length": str(length or ""), "grade": grade})
        office.sign_in("tara")
        return office.newest_activity()

    def begin(self, activity: str, username: str = "lina", language: str = "en") -> LmsClient:
        """As a trainee, launches and starts: the first (or waiting) question is shown."""
        trainee = self.client(language)
        trainee.launch(activity, username)
        page = trainee.browser.submit(form_to(trainee.browser.page, "/start"))
        assert "/questions/" in page.url, page.text
        return trainee

    def finish(self, trainee: LmsClient, seed: int = 1) -> Played:
        """Plays on to the results page."""
        return play(trainee.browser, random.Random(seed))

    def deliver(self, rounds: int = 50) -> None:
        """Runs the worker until nothing is due."""
        for _ in range(rounds):
            self.worker.run_once(clock.now())
            with self.parts.database.reading() as session:
                if nothing_due(session):
                    return
        raise AssertionError("deliveries are still due")

    @contextmanager
    def rows(self) -> Iterator[Session]:
        """A look into the database."""
        with self.parts.database.reading() as session:
            yield session

    def truth(self, page: Page) -> tuple[Question, dict[str, Any]]:
        """The question of a page with its truth, which no page shows."""
        question_id = UUID(page.url.split("?")[0].rsplit("/", 1)[-1])
        with self.rows() as session:
            question = session.get_one(Question, question_id)
            return question, question.truth

    def statement_list(self) -> list[dict[str, Any]]:
        """What the LRS holds, in the order in which it came, as its own resource gives it."""
        answer = requests.get(
            f"{self.lrs_url}/statements", params={"ascending": "true", "limit": "100"}, auth=("pix-lti", "demo"),
            headers={"X-Experience-API-Version": "1.0.3"}, timeout=10,
        )  # fmt: skip
        answer.raise_for_status()
        return list(answer.json()["statements"])

    def attempts(self) -> list[Attempt]:
        """All attempts."""
        with self.rows() as session:
            return list(session.scalars(select(Attempt).order_by(Attempt.started_at)))


@contextmanager
def open_house(
    address: str,
    folder: Path,
    keys: Path,
    *,
    hosts: tuple[str, str] = ("localhost", "localhost"),
    tls: Mapping[str, ssl.SSLContext] | None = None,
    ca_file: str = "",
    **lms_config: Any,
) -> Iterator[House]:
    """Everything running; the LMS has registered the tool by its dynamic registration address.

    `hosts` are the names of tool and LMS, `tls` their certificates by name.
    """
    made: dict[str, Any] = {}
    tls = tls or {}

    def make_tool(url: str) -> Flask:
        made["parts"] = wire(
            load_settings(
                public_url=url, secret_key=SECRET, database_url=address, instance_dir=folder, keys_dir=keys,
                allow_private_hosts=True, log_level="error", outbound_timeout_seconds=5, ca_file=ca_file,
            )
        )  # fmt: skip
        Base.metadata.create_all(made["parts"].database.engine)
        return create_app(made["parts"])

    def make_lms(url: str) -> Flask:
        made["lms"] = url
        app = create_lms(LmsConfig(public_url=url, ca_bundle=ca_file or None, **lms_config))
        made["memory"] = lms_of(app)
        return app

    lrs_app = create_lrs(LrsConfig(username="pix-lti", password="demo"))
    with ExitStack() as stack:
        for host, make in zip(hosts, (make_tool, make_lms), strict=True):
            stack.enter_context(serving(make, ssl_context=tls.get(host), public_host=host))
        lrs = stack.enter_context(Server(lrs_app))
        parts: Parts = made["parts"]
        token = _furnish(parts, lrs.url)
        public = parts.settings.public_url
        client = LmsClient(made["lms"], FormBrowser(language="en", verify=ca_file or True))
        registered = client.register_by_address(f"{public}/lti/register?invitation={token}")
        worker = Worker(
            parts.database, parts.outbound, parts.tokens, parts.settings, lambda sealed: unseal(SECRET, sealed)
        )
        stack.callback(parts.database.engine.dispose)
        stack.callback(worker.close)
        yield House(
            public, parts, made["lms"], lrs.url, client, store_of(lrs_app), worker, registered.deployment_id,
            made["memory"],
        )  # fmt: skip


def _furnish(parts: Parts, lrs_url: str) -> str:
    now: datetime = clock.now()
    with parts.database.transaction() as session:
        institution = Institution(name="Institut des tests", created_at=now)
        session.add(institution)
        session.flush()
        session.add(
            Lrs(
                institution_id=institution.id, name="lrs", url=lrs_url, username="pix-lti",
                sealed_password=seal(SECRET, "demo"), version="1.0.3", created_at=now,
            )
        )  # fmt: skip
        return invite(session, institution, 3, 1, None, now)
