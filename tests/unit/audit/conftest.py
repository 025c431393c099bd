"""A bank, a world on SQLite, and honest attempts to tamper with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from audit_bank import write_bank
from audit_tampering import copied
from audit_world import World, build

from lti_tool.content import Bank, load_bank
from lti_tool.models import GradePolicy, open_database
from xapi.json_text import Json


@pytest.fixture(scope="session")
def bank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="session")
def bank(bank_folder: Path) -> Bank:
    return load_bank(bank_folder)


@pytest.fixture(scope="session")
def other_bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return load_bank(write_bank(tmp_path_factory.mktemp("other"), why="Because."))


@pytest.fixture
def make_world(tmp_path: Path, bank: Bank) -> Iterator[Callable[..., World]]:
    opened = []

    def make(policy: GradePolicy = GradePolicy.SCORE, max_items: int = 9, **chosen: Any) -> World:
        database = open_database(f"sqlite:///{tmp_path / f'{len(opened)}.sqlite3'}")
        opened.append(database)
        return build(database, bank, policy, max_items, **chosen)

    yield make
    for database in opened:
        database.engine.dispose()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, bank: Bank) -> Iterator[tuple[World, list[Json]]]:
    """A world with one honest attempt, made once, not to be added to: every item of the bank, all events."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('played') / 'one.sqlite3'}")
    world = build(database, bank, max_items=32)
    yield world, world.attempt("kkkxs" + "k" * 28)
    database.engine.dispose()


@pytest.fixture
def honest(played: tuple[World, list[Json]]) -> list[Json]:
    """The statements of an honest attempt, to be changed at will."""
    return copied(played[1])
