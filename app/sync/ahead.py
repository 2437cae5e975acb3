"""Replays pending edits beside the cache, so that nobody waits meanwhile.

Temporary views lay the rows as they will be over the rows as they are, under the same names: what
a handler reads and writes through them touches nothing that anybody else sees.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Table

from app.core.errors import Reason
from app.services.changes import Changes
from app.sync.cache_schema import columns_of, synced_tables

_KEY: Final = ("scope_id", "id")


@dataclass(frozen=True, slots=True)
class RunAhead:
    """Commands that were replayed beside the cache, in order, each with its scope and its doubt."""

    commands: Sequence[tuple[UUID, UUID, Reason | None]]
    changes: Changes
    # Made beside the cache too: while they are looked at, an edit may wait.
    op_ids: frozenset[UUID] = field(init=False)
    op_hexes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "op_ids", frozenset(op_id for op_id, _, _ in self.commands))
        object.__setattr__(self, "op_hexes", [op_id.hex for op_id, _, _ in self.commands])


def lay(connection: Connection, scopes: Collection[UUID]) -> None:
    """Lays views over all synced tables. They show the server's rows, with those staged as changed
    keys; what pending commands of the scopes did is taken out.

    The connection's transaction must have the stage attached and must not write to the cache.
    """
    forget(connection)
    marks = ", ".join(f"'{scope.hex}'" for scope in scopes)
    for table in synced_tables():
        for statement in _laying(connection, table, marks):
            connection.exec_driver_sql(statement)


def lift(connection: Connection) -> None:
    """Takes the views away. The rows as they will be stay ready for `merge`."""
    for table in synced_tables():
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS temp."{table.name}"')


def merge(connection: Connection) -> None:
    """Writes what was done through the views into the cache, which holds the server's rows by now;
    the journal must be on. IntegrityError if a rule of the tables is broken by it."""
    for table in _written(connection):
        name, columns = table.name, columns_of(table)
        written = ", ".join(
            f'"{column.name}" = ahead."{column.name}"'
            for column in table.columns
            if column.name not in _KEY
        )
        ahead = f'temp."ahead_{name}" AS ahead'
        same = "ahead.scope_id = row.scope_id AND ahead.id = row.id"
        # No conflict clause: the triggers of the cache would take it over.
        for statement in (
            f'DELETE FROM main."{name}" WHERE (scope_id, id) IN '  # noqa: S608 - our own names
            f"(SELECT scope_id, id FROM {ahead} WHERE written AND NOT present)",
            f'UPDATE main."{name}" AS row SET {written} FROM {ahead} '  # noqa: S608
            f"WHERE written AND present AND {same}",
            f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM {ahead} '  # noqa: S608
            f'WHERE written AND present AND NOT EXISTS (SELECT 1 FROM main."{name}" AS row '
            f"WHERE {same})",
        ):
            connection.exec_driver_sql(statement)


def _written(connection: Connection) -> list[Table]:
    parts = (
        f"SELECT '{table.name}' WHERE EXISTS "  # noqa: S608 - our own names
        f'(SELECT 1 FROM temp."ahead_{table.name}" WHERE written)'
        for table in synced_tables()
    )
    names = frozenset(connection.exec_driver_sql(" UNION ALL ".join(parts)).scalars())
    return [table for table in synced_tables() if table.name in names]


def forget(connection: Connection) -> None:
    """Throws away what was done through the views, and the views."""
    lift(connection)
    for table in synced_tables():
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS temp."ahead_{table.name}"')


def _laying(connection: Connection, table: Table, scopes: str) -> Iterator[str]:
    name, columns = table.name, columns_of(table)
    types = connection.exec_driver_sql(f'PRAGMA main.table_info("{name}")').all()
    typed = ", ".join(f'"{row[1]}" {row[2]}' for row in types)
    yield (
        f'CREATE TEMP TABLE "ahead_{name}" '
        f"(present INTEGER, written INTEGER, {typed}, PRIMARY KEY (scope_id, id))"
    )
    if scopes:
        yield (
            f'INSERT INTO temp."ahead_{name}" (present, written, {columns}) '  # noqa: S608
            f'SELECT present, 0, {columns} FROM main."journal_{name}" WHERE scope_id IN ({scopes})'
        )
    changed = f"FROM stage.changed_key WHERE row_table = '{name}'"
    yield (
        f'INSERT OR REPLACE INTO temp."ahead_{name}" (present, written, scope_id, id) '
        f"SELECT 0, 0, scope_id, id {changed}"
    )
    yield (
        f'INSERT OR REPLACE INTO temp."ahead_{name}" (present, written, {columns}) '  # noqa: S608
        f'SELECT 1, 0, {columns} FROM stage."{name}" '
        f"WHERE (scope_id, id) IN (SELECT scope_id, id {changed})"
    )
    yield from _views(table)


def _views(table: Table) -> Iterator[str]:
    name, columns = table.name, columns_of(table)
    new = ", ".join(f'NEW."{column.name}"' for column in table.columns)
    write = (
        f'INSERT OR REPLACE INTO "ahead_{name}" (present, written, {columns}) '  # noqa: S608
        f"VALUES (1, 1, {new});"
    )
    gone = (
        f'INSERT OR REPLACE INTO "ahead_{name}" (present, written, scope_id, id) '  # noqa: S608
        "VALUES (0, 1, OLD.scope_id, OLD.id);"
    )
    twice = (
        "SELECT RAISE(ABORT, 'the key exists') WHERE EXISTS ("  # noqa: S608
        f'SELECT 1 FROM "{name}" WHERE scope_id = NEW.scope_id AND id = NEW.id);'
    )
    yield (
        f'CREATE TEMP VIEW "{name}" AS SELECT {columns} FROM main."{name}" AS row '  # noqa: S608
        f'WHERE NOT EXISTS (SELECT 1 FROM temp."ahead_{name}" AS ahead '
        "WHERE ahead.scope_id = row.scope_id AND ahead.id = row.id) "
        f'UNION ALL SELECT {columns} FROM temp."ahead_{name}" WHERE present'
    )
    on = f'INSTEAD OF {{}} ON temp."{name}" BEGIN {{}} END'
    yield f'CREATE TEMP TRIGGER "ahead_{name}_added" ' + on.format("INSERT", twice + write)
    yield f'CREATE TEMP TRIGGER "ahead_{name}_changed" ' + on.format("UPDATE", write)
    yield f'CREATE TEMP TRIGGER "ahead_{name}_removed" ' + on.format("DELETE", gone)
