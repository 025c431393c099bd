"""The models and the migrations say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from lti_tool.models import Base, Database, open_database
from lti_tool.models.upgrading import downgrade, is_current, upgrade


def _differences(database: Database) -> list[object]:
    """What Alembic would write into the next migration."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, Base.metadata))


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_exactly_the_tables_of_the_models(empty_database: str) -> None:
    database = open_database(empty_database)
    upgrade(database)
    assert _tables(database) == set(Base.metadata.tables)
    assert _differences(database) == []
    assert is_current(database)
    database.engine.dispose()


def test_the_migrations_lead_down_to_nothing_and_up_again(empty_database: str) -> None:
    database = open_database(empty_database)
    upgrade(database)
    downgrade(database, "base")
    assert _tables(database) == set()
    assert not is_current(database)
    upgrade(database)
    assert _differences(database) == []
    database.engine.dispose()


def test_upgrading_twice_changes_nothing(empty_database: str) -> None:
    database = open_database(empty_database)
    upgrade(database)
    upgrade(database)
    assert is_current(database)
    database.engine.dispose()


def test_a_difference_would_be_found(empty_database: str) -> None:
    database = open_database(empty_database)
    upgrade(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE institutions ADD COLUMN surplus INTEGER")
    assert _differences(database)
    database.engine.dispose()


def test_constraints_bear_the_names_that_migrations_use(empty_database: str) -> None:
    database = open_database(empty_database)
    upgrade(database)
    found = inspect(database.engine)
    for table in Base.metadata.tables.values():
        keys = {key["name"] for key in found.get_foreign_keys(table.name)}
        assert keys == {key.name for key in table.foreign_key_constraints}, table.name
        assert {index["name"] for index in found.get_indexes(table.name)} >= {index.name for index in table.indexes}
    database.engine.dispose()
