"""Opens the database: SQLite in WAL mode with foreign keys on, or PostgreSQL, behind one door."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry


@dataclass(frozen=True, slots=True)
class Database:
    """The engine, and the two ways to use it: a transaction that writes, a transaction that reads."""

    engine: Engine
    writers: AbstractContextManager[object]

    @property
    def is_sqlite(self) -> bool:
        """Whether there is one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One session, one transaction: committed at the end, rolled back on an error. Not to be nested."""
        with self.writers, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and so never waits for a writer."""
        with Session(self.engine.execution_options(reading=True), expire_on_commit=False) as session:
            yield session


def open_database(address: str) -> Database:
    """The database of an SQLAlchemy address; its tables are made by migrations, not here."""
    if not address.startswith("sqlite"):
        return Database(
            create_engine(address, pool_pre_ping=True, pool_size=8, max_overflow=8, hide_parameters=True), nullcontext()
        )
    engine = create_engine(address, connect_args={"timeout": 20}, hide_parameters=True)  # names would reach the logs
    _prepare_sqlite(engine)
    return Database(engine, Lock())  # threads that wait here do not sleep in SQLite's back-off


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE, so that a transaction never fails half-way to become a writer."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
