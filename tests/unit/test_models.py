"""The database's habits: aware times, foreign keys, readers that wait for nobody, sealed passwords."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from lti_tool.errors import Misconfigured
from lti_tool.models import Base, Database, Deployment, Institution, open_database
from lti_tool.models.sealing import seal, unseal

_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'db.sqlite3'}")
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.engine.dispose()


def _add(database: Database, name: str, moment: datetime = _NOON) -> None:
    with database.transaction() as session:
        session.add(Institution(name=name, created_at=moment))


def _names(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Institution.name)))


def test_a_time_is_stored_in_utc_and_read_back_aware(database: Database) -> None:
    _add(database, "I", _NOON.astimezone(timezone(timedelta(hours=5))))
    with database.reading() as session:
        stored = session.scalars(select(Institution)).one().created_at
    assert stored == _NOON
    assert stored.tzinfo is UTC


def test_a_time_without_zone_is_refused_rather_than_guessed(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        _add(database, "I", _NOON.replace(tzinfo=None))
    assert _names(database) == set()


def test_times_compare_in_the_database(database: Database) -> None:
    _add(database, "early", _NOON)
    _add(database, "late", _NOON + timedelta(seconds=1))
    with database.reading() as session:
        found = session.scalars(select(Institution.name).where(Institution.created_at > _NOON)).all()
    assert found == ["late"]


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Deployment(platform_id=uuid4(), deployment_id="1", institution_id=uuid4(), created_at=_NOON))


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    assert database.is_sqlite


def test_an_error_in_a_transaction_leaves_nothing(database: Database) -> None:
    def half() -> None:
        with database.transaction() as session:
            session.add(Institution(name="half", created_at=_NOON))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert _names(database) == set()
    _add(database, "next")
    assert _names(database) == {"next"}


def test_reading_does_not_block_a_writer_and_sees_one_moment(database: Database) -> None:
    _add(database, "before")
    with database.reading() as reader:
        assert set(reader.scalars(select(Institution.name))) == {"before"}
        _add(database, "meanwhile")
        assert set(reader.scalars(select(Institution.name))) == {"before"}
    assert _names(database) == {"before", "meanwhile"}


def test_a_writer_does_not_block_reading(database: Database) -> None:
    with database.transaction() as writer:
        writer.add(Institution(name="unfinished", created_at=_NOON))
        writer.flush()
        assert _names(database) == set()


def test_writers_follow_one_another_and_lose_nothing(database: Database) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            _add(database, f"{number}-{turn}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(_names(database)) == 40


def test_two_processes_as_two_engines_write_into_one_file(database: Database) -> None:
    other = open_database(str(database.engine.url))
    with database.transaction() as session:
        session.add(Institution(name="first", created_at=_NOON))
        session.flush()
        waiting = threading.Thread(target=_add, args=(other, "second"))
        waiting.start()
    waiting.join(timeout=20)
    assert _names(database) == {"first", "second"}
    other.engine.dispose()


def test_a_sealed_text_is_another_each_time_and_opens_with_its_key_only() -> None:
    sealed = seal("k" * 40, "pässword")
    assert sealed != seal("k" * 40, "pässword")
    assert "password" not in sealed
    assert unseal("k" * 40, sealed) == "pässword"
    with pytest.raises(Misconfigured) as refused:
        unseal("other" * 8, sealed)
    assert refused.value.key == "settings.secret_changed"


@pytest.mark.parametrize("broken", ["", "nonsense", "gAAAAA", "AAAA"])
def test_a_sealed_text_that_was_changed_is_refused(broken: str) -> None:
    with pytest.raises(Misconfigured):
        unseal("k" * 40, broken)
