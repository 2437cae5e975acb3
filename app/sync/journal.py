"""Undoing pending edits: the journal holds every touched row as the server has it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection

from app.services.changes import Changes
from app.sync.cache_schema import synced_tables


def journal_on(connection: Connection) -> None:
    """From here on, what is touched is kept."""
    connection.exec_driver_sql("UPDATE journal_switch SET active = 1")


def journal_off(connection: Connection) -> None:
    """From here on, what is written counts as the server's."""
    connection.exec_driver_sql("UPDATE journal_switch SET active = 0")


def undo(connection: Connection, scopes: Collection[UUID]) -> Changes:
    """Puts back all rows that pending commands of the scopes touched. The journal must be off."""
    given, values = _in(scopes), tuple(scope.hex for scope in scopes)
    touched = _touched(connection, given, values)
    for name in touched:
        _put_back(connection, name, f"scope_id {given}", values)
    connection.exec_driver_sql(f"DELETE FROM shown WHERE scope_id {given}", values)  # noqa: S608
    return Changes({name: frozenset(ids) for name, ids in touched.items()})


def _touched(
    connection: Connection, given: str, values: tuple[str, ...]
) -> Mapping[str, Collection[UUID]]:
    """The journalled rows of scopes, by table: one question for all, as most tables have none."""
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    parts = (
        f"SELECT '{table.name}', id FROM \"journal_{table.name}\" WHERE scope_id {given}"  # noqa: S608
        for table in synced_tables()
    )
    for name, row_id in connection.exec_driver_sql(" UNION ALL ".join(parts), values):
        found[name].append(UUID(row_id))
    return found


def _put_back(connection: Connection, name: str, where: str, values: tuple[str, ...]) -> None:
    info = connection.exec_driver_sql(f'PRAGMA table_info("journal_{name}")')
    columns = ", ".join(f'"{row[1]}"' for row in info if row[1] != "present")
    for statement in (
        f'DELETE FROM "{name}" WHERE (scope_id, id) IN '  # noqa: S608 - our own names
        f'(SELECT scope_id, id FROM "journal_{name}" WHERE {where})',
        f'INSERT INTO "{name}" ({columns}) '  # noqa: S608
        f'SELECT {columns} FROM "journal_{name}" WHERE present AND {where}',
        f'DELETE FROM "journal_{name}" WHERE {where}',  # noqa: S608
    ):
        connection.exec_driver_sql(statement, values)


def undo_everything(connection: Connection) -> None:
    """Puts back all rows of all tables that have a journal, whatever their columns are by now."""
    journals = connection.exec_driver_sql(
        "SELECT substr(name, 9) FROM sqlite_master WHERE type = 'table' "
        "AND name LIKE 'journal\\_%' ESCAPE '\\' AND name <> 'journal_switch'"
    ).scalars()
    for name in journals.all():
        _put_back(connection, name, "true", ())
    connection.exec_driver_sql("DELETE FROM shown")


def _in(scopes: Collection[UUID]) -> str:
    # Numbered, so that many parts of a statement can mean the same values.
    return f"IN ({', '.join(f'?{number}' for number in range(1, len(scopes) + 1))})"
