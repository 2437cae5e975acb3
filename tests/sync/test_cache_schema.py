"""The cache's own tables, and what watches over the synced ones."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, inspect

from app.core.errors import EnvironmentFault
from app.models.parts import SYNCED
from app.sync.cache_schema import (
    LAYOUTS,
    columns_of,
    create_all_synced,
    create_journals,
    create_own,
    definition,
    drop_journals,
    synced_tables,
    table_of,
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        yield made
    engine.dispose()


def objects(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.exec_driver_sql("select type, name, coalesce(sql, '') from sqlite_master")
    return {(row[0], row[1], row[2]) for row in rows}


def test_an_empty_file_gets_everything_once(connection: Connection) -> None:
    assert create_own(connection) is True
    create_all_synced(connection)
    made = objects(connection)
    assert create_own(connection) is False
    assert objects(connection) == made
    version = connection.exec_driver_sql("pragma user_version").scalar_one()
    assert version == len(LAYOUTS)


def test_every_synced_table_is_here_with_its_journal(connection: Connection) -> None:
    create_own(connection)
    create_all_synced(connection)
    tables = set(inspect(connection).get_table_names())
    assert [table.name for table in synced_tables()] == [model.__tablename__ for model in SYNCED]
    for table in synced_tables():
        assert {table.name, f"journal_{table.name}"} <= tables
        known = connection.exec_driver_sql(
            "select definition from synced_table where name = ?", (table.name,)
        )
        assert known.scalar_one() == definition(table)
        journal = inspect(connection).get_columns(f"journal_{table.name}")
        assert [column["name"] for column in journal] == [
            "present",
            *(column.name for column in table.columns),
        ]


def test_journals_go_and_come_back_the_same(connection: Connection) -> None:
    create_own(connection)
    create_all_synced(connection)
    made = objects(connection)
    drop_journals(connection)
    assert {kind for kind, _, _ in objects(connection)} == {"table", "index"}
    left = {name for _, name, _ in objects(connection) if name.startswith("journal_")}
    assert left == {"journal_switch"}
    create_journals(connection)
    assert objects(connection) == made


def test_a_newer_programs_file_is_left_alone(connection: Connection) -> None:
    connection.exec_driver_sql(f"pragma user_version = {len(LAYOUTS) + 1}")
    with pytest.raises(EnvironmentFault) as raised:
        create_own(connection)
    assert raised.value.reason.text_id == "sync.outbox_newer"
    assert objects(connection) == set()


def test_columns_come_quoted_and_in_order() -> None:
    (table,) = [table_of(model) for model in SYNCED if model.__tablename__ == "task_link"]
    names = columns_of(table).split(", ")
    assert names == [f'"{column.name}"' for column in table.columns]
