"""Brings the synced tables of an older program to this program's, with their rows."""

from enum import Enum
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.sync.cache_schema import (
    create_indexes,
    create_journals,
    create_synced,
    definition,
    drop_journals,
    remember,
    synced_tables,
)
from app.sync.journal import journal_off, undo_everything


def upgrade(connection: Connection) -> bool:
    """Rebuilds tables whose definition changed, in place; whether there was one.

    Pending edits are taken out first (they are replayed afterwards), and all scopes are marked
    stale, so that the next pull brings what the older program did not know.
    """
    known = {
        str(name): str(text)
        for name, text in connection.exec_driver_sql("SELECT name, definition FROM synced_table")
    }
    wanted = {table.name: table for table in synced_tables()}
    changed = [table for name, table in wanted.items() if known.get(name) != definition(table)]
    dropped = known.keys() - wanted.keys()
    if not changed and not dropped:
        return False
    journal_off(connection)
    undo_everything(connection)
    drop_journals(connection)
    for name in dropped:
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
        connection.exec_driver_sql("DELETE FROM synced_table WHERE name = ?", (name,))
    for table in changed:
        if table.name in known:
            _rebuild(connection, table)
        else:
            create_synced(connection, table)
    create_journals(connection)
    connection.exec_driver_sql("UPDATE scope_cursor SET stale = 1")
    return True


def _rebuild(connection: Connection, table: Table) -> None:
    old = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')]
    new = table.to_metadata(MetaData(), name=f"new_{table.name}")
    dialect = sqlite.dialect()
    connection.exec_driver_sql(str(CreateTable(new).compile(dialect=dialect)))
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(
        f'"{column.name}"' if column.name in old else "?" for column in table.columns
    )
    missing = tuple(_filling(column) for column in table.columns if column.name not in old)
    # A row that the new checks refuse comes back with the next pull.
    connection.exec_driver_sql(
        f'INSERT OR IGNORE INTO "new_{table.name}" ({names}) '  # noqa: S608 - our own names
        f'SELECT {values} FROM "{table.name}"',
        missing,
    )
    connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
    connection.exec_driver_sql(f'ALTER TABLE "new_{table.name}" RENAME TO "{table.name}"')
    for statement in create_indexes(table):
        connection.exec_driver_sql(statement)
    remember(connection, table)


def _filling(column: Column[Any]) -> Any:
    """What stands in a new column until the server's value arrives, as SQLite stores it."""
    if column.nullable:
        return None
    default = column.default
    value = default.arg if isinstance(default, ScalarElementColumnDefault) else _zero(column)
    bind = column.type.bind_processor(sqlite.dialect())
    return value if bind is None else bind(value)


def _zero(column: Column[Any]) -> Any:
    python_type = column.type.python_type
    if issubclass(python_type, Enum):
        return next(iter(python_type))
    if python_type in (dict, list):
        return python_type()
    try:
        return python_type()
    except TypeError:
        return python_type(1970, 1, 1)
