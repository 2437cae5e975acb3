"""Undoing pending edits: the journal holds every touched row as the server has it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection

from app.services.changes import Changes, changes_of
from app.sync.cache_schema import synced_tables


def journal_on(connection: Connection) -> None:
    """From here on, what is touched is kept."""
    connection.exec_driver_sql("UPDATE journal_switch SET active = 1")


def journal_off(connection: Connection) -> None:
    """From here on, what is written counts as the server's."""
    connection.exec_driver_sql("UPDATE journal_switch SET active = 0")


def undo(connection: Connection, scopes: Collection[UUID]) -> Changes:
    """Puts back all rows that pending commands of the scopes touched. The journal must be off."""
    changes = Changes()
    for table in synced_tables():
        for scope_id in scopes:
            changes |= _undo_table(connection, table.name, scope_id)
    connection.exec_driver_sql(
        f"DELETE FROM shown WHERE scope_id IN ({_marks(scopes)})",  # noqa: S608 - marks only
        tuple(scope.hex for scope in scopes),
    )
    return changes


def _undo_table(connection: Connection, name: str, scope_id: UUID) -> Changes:
    journal, scope = f"journal_{name}", (scope_id.hex,)
    touched = connection.exec_driver_sql(
        f'SELECT id FROM "{journal}" WHERE scope_id = ?',  # noqa: S608 - our own names
        scope,
    ).scalars()
    ids = frozenset(UUID(found) for found in touched)
    if not ids:
        return Changes()
    _put_back(connection, name, "scope_id = ?", scope)
    return changes_of(name, ids)


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


def _marks(scopes: Collection[UUID]) -> str:
    return ", ".join("?" * len(scopes))
