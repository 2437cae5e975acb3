"""The tables of cache.db: synced rows from the models' metadata, their journals, the desk's own."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.core.errors import EnvironmentFault
from app.models.base import Scoped
from app.models.parts import SYNCED
from app.sync.search_schema import SEARCH_LAYOUT, search_triggers

_FIRST = """
CREATE TABLE journal_switch (single INTEGER PRIMARY KEY CHECK (single = 1), active INTEGER);
INSERT INTO journal_switch VALUES (1, 0);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE synced_table (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE scope_cursor (
    scope_id TEXT PRIMARY KEY,
    snapshot TEXT NOT NULL,
    rights TEXT NOT NULL,
    stale INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE shown (
    op_id TEXT PRIMARY KEY, scope_id TEXT NOT NULL, reason_id TEXT, reason_parameters TEXT
);
CREATE TABLE settled (
    op_id TEXT PRIMARY KEY, state TEXT NOT NULL, reason_id TEXT, reason_parameters TEXT
)
"""

LAYOUTS: Final = ((*_FIRST.split(";\n"), *SEARCH_LAYOUT),)
"""Statements that lead from version n of the desk's own tables to n + 1. Only appended to."""


def synced_tables() -> tuple[Table, ...]:
    """The synced tables, parents first."""
    return tuple(table_of(model) for model in SYNCED)


def table_of(model: type[Scoped]) -> Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def definition(table: Table) -> str:
    """Everything that decides how a table is stored, as text."""
    return "\n".join([_create(table), *create_indexes(table)])


def _create(table: Table) -> str:
    return str(CreateTable(table).compile(dialect=sqlite.dialect())).strip()


def create_indexes(table: Table) -> list[str]:
    """The statements that index a table."""
    dialect = sqlite.dialect()
    made = sorted(table.indexes, key=lambda index: str(index.name))
    return [str(CreateIndex(index).compile(dialect=dialect)) for index in made]


def create_own(connection: Connection) -> bool:
    """Brings the desk's own tables to this program's version; whether the file was empty.

    EnvironmentFault `sync.outbox_newer` if a newer program wrote the file.
    """
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > len(LAYOUTS):
        raise EnvironmentFault("sync.outbox_newer")
    for layout in LAYOUTS[version:]:
        for statement in layout:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(LAYOUTS)}")
    return version == 0


def create_all_synced(connection: Connection) -> None:
    """Makes all synced tables with their journals."""
    for table in synced_tables():
        create_synced(connection, table)
    create_journals(connection)


def create_synced(connection: Connection, table: Table) -> None:
    """Makes one synced table and remembers how."""
    connection.exec_driver_sql(_create(table))
    for statement in create_indexes(table):
        connection.exec_driver_sql(statement)
    remember(connection, table)


def remember(connection: Connection, table: Table) -> None:
    """Notes the definition that a table was made by."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO synced_table VALUES (?, ?)", (table.name, definition(table))
    )


def create_journals(connection: Connection) -> None:
    """Makes the journal and all triggers of every synced table."""
    for table in synced_tables():
        for statement in (*_journal(table), *search_triggers(table.name)):
            connection.exec_driver_sql(statement)


def drop_journals(connection: Connection) -> None:
    """Removes all triggers and journals, which must be empty."""
    rows = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type = 'trigger' "
        "OR (type = 'table' AND name LIKE 'journal\\_%' ESCAPE '\\' AND name <> 'journal_switch')"
    )
    for kind, name in rows.all():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')


def columns_of(table: Table) -> str:
    """The quoted columns of a table, in order."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _journal(table: Table) -> Iterator[str]:
    """The journal keeps, for each key that pending commands touched, the row as the server has it.

    Only the first image counts, and a conflict clause of the touching statement would override
    INSERT OR IGNORE inside a trigger; hence NOT EXISTS.
    """
    name = table.name
    old = ", ".join(f'OLD."{column.name}"' for column in table.columns)
    nothing = ", ".join(
        f'NEW."{column.name}"' if column.primary_key else "NULL" for column in table.columns
    )
    active = "WHEN (SELECT active FROM journal_switch)"
    keep = (
        f'INSERT INTO "journal_{name}" SELECT {{present}}, {{values}} WHERE NOT EXISTS ('  # noqa: S608
        f'SELECT 1 FROM "journal_{name}" '
        "WHERE scope_id = {row}.scope_id AND id = {row}.id);"
    )
    before = keep.format(present=1, values=old, row="OLD")
    after = keep.format(present=0, values=nothing, row="NEW")
    # No types, so that values come back exactly as they were.
    columns = f"present, {columns_of(table)}, PRIMARY KEY (scope_id, id)"
    yield f'CREATE TABLE "journal_{name}" ({columns})'
    yield f'CREATE TRIGGER "{name}_added" AFTER INSERT ON "{name}" {active} BEGIN {after} END'
    yield f'CREATE TRIGGER "{name}_changed" BEFORE UPDATE ON "{name}" {active} BEGIN {before} END'
    yield f'CREATE TRIGGER "{name}_removed" BEFORE DELETE ON "{name}" {active} BEGIN {before} END'
    yield (
        f'CREATE TRIGGER "{name}_key" BEFORE UPDATE OF scope_id, id ON "{name}" '
        "WHEN OLD.scope_id <> NEW.scope_id OR OLD.id <> NEW.id "
        "BEGIN SELECT RAISE(ABORT, 'a key never changes'); END"
    )
