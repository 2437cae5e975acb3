"""Takes the state out of a real server and real desks."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, literal_column, select, table, text, union_all
from sqlalchemy import column as named

from app.sync.cache_schema import synced_tables
from app.sync.cache_state import fact, read_state, shown
from app.sync.desk import Desk
from tests.faults.state import Asked, Decided, DeskState, Entry, Kept, Rows, ServerState, by_scope

_READABLE = (
    "select name from unnest(cast(:names as text[])) as name"
    " where has_table_privilege('public.' || name, 'select')"
)
_INBOX = (
    "select op_id, scope_id, actor, device_id, device_seq, depends_on, kind, payload"
    " from command_inbox order by received_no"
)
_RESULTS = "select op_id, state, reason_id, epoch from command_result"
_AUDIT = (
    "select n, log.op_id, log.scope_id, log.actor, log.kind, log.state, payload_hash, at,"
    " previous_hash, hash, epoch"
    " from audit_log as log left join command_result using (op_id) order by n"
)


def server_state(engine: Engine) -> ServerState:
    """What the protocol's tables hold, in one snapshot."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        inbox = tuple(Asked(*row) for row in connection.execute(text(_INBOX)))
        results = tuple(Decided(*row) for row in connection.execute(text(_RESULTS)))
        audit = tuple(Entry(*_plain(row)) for row in connection.execute(text(_AUDIT)))
    return ServerState(inbox, results, audit)


def _plain(row: Iterable[Any]) -> list[Any]:
    return [bytes(one) if isinstance(one, memoryview) else one for one in row]


def readable_rows(connection: Connection, readable: Collection[str]) -> Rows:
    """All synced rows of the tables that may be read."""
    return by_scope(
        {
            found.name: [tuple(row) for row in connection.execute(select(found))]
            for found in synced_tables()
            if found.name in readable
        }
    )


def rows_for(engine: Engine) -> Rows:
    """All synced rows that a login may see. No connection stays open."""
    names = [found.name for found in synced_tables()]
    with engine.connect() as connection:
        readable = connection.execute(text(_READABLE), {"names": names}).scalars()
        found = readable_rows(connection, frozenset(readable))
    engine.dispose()
    return found


def desk_state(desk: Desk) -> DeskState:
    """What a desk's files hold."""
    with desk.read() as session:
        connection = session.connection()
        cursors = read_state(connection)
        return DeskState(
            login=desk.profile.login,
            commands=tuple(
                Kept(UUID(row[0]), row[1], row[2])
                for row in desk._store.outbox.rows("SELECT op_id, state, reason_id FROM command")
            ),
            shown=readable_rows(connection, [found.name for found in synced_tables()]),
            base=by_scope({found.name: _base(connection, found) for found in synced_tables()}),
            cursors={scope: cursor.snapshot for scope, cursor in cursors.cursors.items()},
            identity=fact(connection, "identity"),
            pending_shown=frozenset(shown(connection)),
        )


def _base(connection: Connection, of: Any) -> list[tuple[Any, ...]]:
    """A table as the server has it: what pending commands touched is taken from the journal."""
    columns = [named(column.name, column.type) for column in of.columns]
    journal = table(f"journal_{of.name}", *columns, named("present"))
    touched: Any = select(literal_column("1")).where(
        journal.c.scope_id == of.c.scope_id, journal.c.id == of.c.id
    )
    untouched = select(of).where(~touched.exists())
    before = select(*(journal.c[column.name] for column in of.columns)).where(journal.c.present)
    return [tuple(row) for row in connection.execute(union_all(untouched, before))]
