"""The house on SQLite and on PostgreSQL."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

sys.path.insert(0, str(Path(__file__).parents[1]))
from houses import House, open_house

POSTGRESQL = os.environ.get("PIX_LTI_TEST_POSTGRESQL", "")
_needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="PostgreSQL is not installed")


_DATABASES = ["sqlite", pytest.param("postgresql", marks=_needs_postgresql)]


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: a file, or a schema that is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'pix-lti.sqlite3'}"
        return
    schema = "t" + uuid4().hex
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=_DATABASES)
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone."""
    with fresh_database(request.param, tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once: an RSA key takes a while."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def house(database_address: str, tmp_path: Path, keys_folder: Path) -> Iterator[House]:
    """The house of most functional tests."""
    with open_house(database_address, tmp_path, keys_folder) as opened:
        yield opened


@pytest.fixture(scope="module", params=_DATABASES)
def shared_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, keys_folder: Path
) -> Iterator[House]:
    """One house for the tests of a file that leave each other alone: each with an activity or a trainee of its own.

    The LMS is on another host than the tool, so that a browser can refuse the cookies of the tool alone.
    """
    folder, hosts = tmp_path_factory.mktemp("house"), ("localhost", "127.0.0.1")
    with (
        fresh_database(request.param, folder) as address,
        open_house(address, folder, keys_folder, hosts=hosts) as opened,
    ):
        yield opened
