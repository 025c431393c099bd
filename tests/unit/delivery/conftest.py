"""A database (SQLite, and PostgreSQL where PIX_LTI_TEST_POSTGRESQL names one), an LRS, an LMS and a worker."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from delivery_rows import NOON, House, furnish
from delivery_servers import FakeLms, FakeLrs, serving
from sqlalchemy import create_engine, text

from lti_tool.delivery import Worker
from lti_tool.lti.keys import Keyring, load_keys
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Base, Database, open_database
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings, load_settings

POSTGRESQL = os.environ.get("PIX_LTI_TEST_POSTGRESQL", "")
_needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="PIX_LTI_TEST_POSTGRESQL names no database")


@pytest.fixture(autouse=True)
def _all_events_are_logged() -> None:
    """Whatever level another test of this process has set."""
    structlog.reset_defaults()


@pytest.fixture
def postgresql_address() -> Iterator[str]:
    """An address whose tables live in a schema of this test alone."""
    schema = "t" + uuid4().hex
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}{'&' if '?' in POSTGRESQL else '?'}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=_needs_postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'outbox.sqlite3'}"
    return str(request.getfixturevalue("postgresql_address"))


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    opened = open_database(address)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def lrs() -> Iterator[FakeLrs]:
    server = FakeLrs()
    with serving(server):
        yield server


@pytest.fixture
def lms() -> Iterator[FakeLms]:
    server = FakeLms()
    with serving(server):
        yield server


@pytest.fixture
def house(database: Database, lrs: FakeLrs, lms: FakeLms) -> House:
    return furnish(database, lrs.url, lms.url)


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return load_keys(tmp_path_factory.mktemp("keys"), NOON)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        public_url="http://localhost:8000", secret_key="s" * 40, instance_dir=tmp_path, allow_private_hosts=True,
        outbound_timeout_seconds=2, worker_pause_seconds=0.02,
    )  # fmt: skip


def unseal(sealed: str) -> str:
    assert sealed.startswith("sealed:")
    return sealed.removeprefix("sealed:")


@pytest.fixture
def make_worker(settings: Settings, keyring: Keyring) -> Iterator[Callable[..., Worker]]:
    """Workers that are closed in the end, each with a way out of its own."""
    with ExitStack() as ending:

        def make(database: Database, **options: object) -> Worker:
            outbound = Outbound(allow_private=True, timeout=settings.outbound_timeout_seconds)
            opener = options.pop("unseal", unseal)
            worker = Worker(database, outbound, AccessTokens(outbound, keyring), settings, opener, **options)
            ending.callback(worker.close)
            return worker

        yield make


@pytest.fixture
def worker(make_worker: Callable[..., Worker], database: Database) -> Worker:
    return make_worker(database)
