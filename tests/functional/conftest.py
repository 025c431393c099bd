"""The house on SQLite and on PostgreSQL."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

sys.path.insert(0, str(Path(__file__).parents[1]))
from houses import House, open_house

POSTGRESQL = os.environ.get("PIX_LTI_TEST_POSTGRESQL", "")
_needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="PostgreSQL is not installed")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=_needs_postgresql)])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone: a file, or a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'pix-lti.sqlite3'}"
        return
    schema = "t" + uuid4().hex
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once: an RSA key takes a while."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def house(database_address: str, tmp_path: Path, keys_folder: Path) -> Iterator[House]:
    """The house of most functional tests."""
    with open_house(database_address, tmp_path, keys_folder) as opened:
        yield opened
