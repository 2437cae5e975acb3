"""What the cache knows of itself: cursors, shown and settled commands, facts. All by connection."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.core.errors import Reason
from app.sync.wire import Answer

AUDIT: Final = "audit"
"""The fact that names the last entry of the server's audit log that the rows show."""

_PURGED: Final = "purged"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to which snapshot a scope's rows are here, seen with which rights."""

    snapshot: str
    rights: str
    stale: bool


@dataclass(frozen=True, slots=True)
class CacheState:
    """Everything that a pull plans with."""

    identity: str | None
    cursors: Mapping[UUID, Cursor]


def read_state(connection: Connection) -> CacheState:
    """The cursors and the server that they belong to."""
    rows = connection.exec_driver_sql("SELECT scope_id, snapshot, rights, stale FROM scope_cursor")
    cursors = {
        UUID(scope): Cursor(snapshot, rights, bool(stale))
        for scope, snapshot, rights, stale in rows
    }
    return CacheState(fact(connection, "identity"), cursors)


def is_filled(connection: Connection) -> bool:
    """Whether anything was ever fetched."""
    found = connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM scope_cursor)").scalar()
    return bool(found)


def fact(connection: Connection, name: str) -> str | None:
    """A remembered fact."""
    found = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (name,)).scalar()
    return None if found is None else str(found)


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Remembers a fact."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))


def mark_purged(connection: Connection) -> None:
    """Rows were taken out that may be seen no more: what is left of them has to be wiped."""
    write_fact(connection, _PURGED, "yes")


def is_purged(connection: Connection) -> bool:
    """Whether something has to be wiped."""
    return fact(connection, _PURGED) is not None


def mark_wiped(connection: Connection) -> None:
    """Nothing is left to be wiped."""
    connection.exec_driver_sql("DELETE FROM fact WHERE name = ?", (_PURGED,))


def move_cursors(connection: Connection, snapshot: str, rights: Mapping[UUID, str]) -> None:
    """The scopes are here up to a snapshot."""
    rows = [(scope.hex, snapshot, text) for scope, text in rights.items()]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO scope_cursor VALUES (?, ?, ?, 0)", rows)


def mark_stale(connection: Connection, scopes: Collection[UUID]) -> None:
    """The scopes are fetched whole by the next pull."""
    for scope_id in scopes:
        connection.exec_driver_sql(
            "UPDATE scope_cursor SET stale = 1 WHERE scope_id = ?", (scope_id.hex,)
        )


def forget_scopes(connection: Connection, scopes: Collection[UUID]) -> None:
    """The scopes are not here any more."""
    for scope_id in scopes:
        connection.exec_driver_sql("DELETE FROM scope_cursor WHERE scope_id = ?", (scope_id.hex,))


def shown(connection: Connection) -> dict[UUID, Reason | None]:
    """Pending commands that the rows show, with the reason of those in doubt."""
    rows = connection.exec_driver_sql("SELECT op_id, reason_id, reason_parameters FROM shown")
    return {UUID(op_id): _reason(reason, parameters) for op_id, reason, parameters in rows}


def scopes_shown(connection: Connection, but: Collection[str]) -> set[UUID]:
    """The scopes whose rows show commands other than the given ones (`UUID.hex`)."""
    rows = connection.exec_driver_sql("SELECT op_id, scope_id FROM shown")
    return {UUID(scope) for scope in {scope for op_hex, scope in rows if op_hex not in but}}


def show(connection: Connection, op_id: UUID, scope_id: UUID, doubt: Reason | None = None) -> None:
    """The rows show a command; with a doubt, it was refused here and waits for the server."""
    show_all(connection, [(op_id, scope_id, doubt)])


def show_all(connection: Connection, commands: Iterable[tuple[UUID, UUID, Reason | None]]) -> None:
    """The rows show commands, each given with its scope and doubt."""
    rows = [(op_id.hex, scope_id.hex, *_texts(doubt)) for op_id, scope_id, doubt in commands]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)", rows)


def settled(connection: Connection) -> dict[UUID, Answer]:
    """Commands whose answers are part of the rows' snapshot."""
    rows = connection.exec_driver_sql(
        "SELECT op_id, state, reason_id, reason_parameters FROM settled"
    )
    answers = (
        Answer(UUID(op_id), state, _reason(reason, parameters))
        for op_id, state, reason, parameters in rows
    )
    return {answer.op_id: answer for answer in answers}


def settled_ids(connection: Connection) -> frozenset[UUID]:
    """The ids of settled commands."""
    return frozenset(
        UUID(op_id) for op_id in connection.exec_driver_sql("SELECT op_id FROM settled").scalars()
    )


def settled_among(connection: Connection, ops: Collection[str]) -> frozenset[UUID]:
    """Those of the commands (`UUID.hex`) that are settled: quicker than all, which are of weeks."""
    known = connection.exec_driver_sql("SELECT op_id FROM settled").scalars()
    return frozenset(UUID(op_hex) for op_hex in known if op_hex in ops)


def settle(connection: Connection, answers: Iterable[Answer]) -> None:
    """From this snapshot on, the answers' effects are in the rows."""
    rows = [(answer.op_id.hex, answer.state, *_texts(answer.reason)) for answer in answers]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO settled VALUES (?, ?, ?, ?)", rows)


def forget_settled(connection: Connection, op_ids: Collection[UUID] | None = None) -> None:
    """Forgets settled commands that the outbox forgot, or all of them."""
    if op_ids is None:
        connection.exec_driver_sql("DELETE FROM settled")
    elif op_ids:
        connection.exec_driver_sql(
            "DELETE FROM settled WHERE op_id = ?", [(op_id.hex,) for op_id in op_ids]
        )


def _texts(reason: Reason | None) -> tuple[str | None, str | None]:
    if reason is None:
        return None, None
    return reason.text_id, msgspec.json.encode(dict(reason.parameters)).decode("utf-8")


def _reason(text_id: str | None, parameters: str | None) -> Reason | None:
    return None if text_id is None else Reason(text_id, msgspec.json.decode(parameters or "{}"))
