"""Brings the synced tables of an older program to this program's, with their rows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, Date, Enum, Table, Uuid
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.models.types import Money, Nested, Quantity, Rate, SiteDateTime, UtcDateTime
from app.sync.cache_schema import (
    columns_of,
    create_journals,
    create_synced,
    definition,
    drop_journals,
    synced_tables,
)
from app.sync.journal import journal_off, undo_everything

_ZEROS: Final[dict[type, Any]] = {
    UtcDateTime: datetime.fromtimestamp(0, UTC),
    SiteDateTime: datetime(1970, 1, 1),  # noqa: DTZ001 - site time carries no zone
    Date: date(1970, 1, 1),
    Uuid: UUID(int=0),
    Nested: (),
    JSON: {},
    Money: Decimal(0),
    Quantity: Decimal(0),
    Rate: Decimal(0),
}
"""By column type; of other types Python knows the zero."""


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
    # In the file itself: a temporary table might lie on the disk unencrypted.
    kept = f"kept_{table.name}"
    connection.exec_driver_sql(f'CREATE TABLE "{kept}" AS SELECT * FROM "{table.name}"')  # noqa: S608
    connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
    create_synced(connection, table)
    values = ", ".join(
        f'"{column.name}"' if column.name in old else "?" for column in table.columns
    )
    missing = tuple(_filling(column) for column in table.columns if column.name not in old)
    # A row that the new checks refuse comes back with the next pull.
    connection.exec_driver_sql(
        f'INSERT OR IGNORE INTO "{table.name}" ({columns_of(table)}) '  # noqa: S608 - our own names
        f'SELECT {values} FROM "{kept}"',
        missing,
    )
    connection.exec_driver_sql(f'DROP TABLE "{kept}"')


def _filling(column: Column[Any]) -> Any:
    """What stands in a new column until the server's value arrives, as SQLite stores it."""
    if column.nullable:
        return None
    default = column.default
    value = default.arg if isinstance(default, ScalarElementColumnDefault) else _zero(column)
    bind = column.type.bind_processor(sqlite.dialect())
    return value if bind is None else bind(value)


def _zero(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        return next(iter(kind.python_type))
    for known, zero in _ZEROS.items():
        if isinstance(kind, known):
            return zero
    return kind.python_type()
