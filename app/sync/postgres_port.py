"""The port to a real server: PostgreSQL through one connection, logged in as the person."""

import contextlib
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import psycopg2
from psycopg2.extras import execute_values
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.core.errors import Reason
from app.models.engines import DeadlineMissed
from app.sync.cache_schema import synced_tables
from app.sync.link_faults import DeviceTaken, translated
from app.sync.stored import stored_columns
from app.sync.wire import (
    UNSEEN,
    Answer,
    Chunk,
    Claim,
    Hello,
    Key,
    Number,
    PushAnswer,
    Row,
    Seen,
    ServerIdentity,
    ServerView,
    Sum,
    WireCommand,
)

_TABLES: Final = {table.name: table for table in synced_tables()}

_GREETING = """
set timezone to 'UTC'; listen gantry_feed;
select to_regprocedure('app.claim_device(uuid, uuid, uuid)') is not null
"""

# One round trip; the tables tell which of them this person may read on this server.
_HELLO = """
select app.hello(), (
    select array_agg(name) from unnest(%s::text[]) as name
    where to_regclass('public.' || name) is not null
      and has_table_privilege('public.' || name, 'select')
), pg_current_snapshot()::text, {history}
"""
_HISTORY = "app.history(%s, %s, %s::uuid, %s::uuid, %s::uuid)"

# All or nothing when another desk used this device's numbers: what comes after a lost place in the
# order must not arrive before it.
_PUSH = """
with batch (op_id, scope_id, device_id, device_seq, depends_on, kind, kind_version, payload,
            issued_at) as (values %s),
claim as materialized (select {claim} as word),
stored as (
    insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, depends_on, kind,
                               kind_version, payload, issued_at)
    select op_id, scope_id, app.me(), device_id, device_seq, depends_on, kind, kind_version,
           payload, issued_at
    from batch cross join claim
    where word = 'agreed' and not exists (
        select from command_inbox as other join batch as mine
        on other.actor = app.me() and other.device_id = mine.device_id
           and other.device_seq = mine.device_seq and other.op_id <> mine.op_id)
    order by device_seq
    on conflict do nothing
    returning op_id::text
)
select word, array(select op_id from stored) from claim
"""
# The wish of a desk for a server that knows no tokens: numbers alone tell a copy then.
_NO_CLAIM = "'agreed'::text"
_CLAIM = "app.claim_device(%s::uuid, %s::uuid, %s::uuid)"
_PUSH_ROW = "(%s::uuid, %s::uuid, %s::uuid, %s::bigint, %s::uuid, %s, %s::int, %s, %s::timestamptz)"

_ANSWERS = """
select result.op_id, result.state, result.reason_id, result.reason_parameters
from command_inbox as asked join command_result as result using (op_id)
where asked.actor = app.me() and asked.device_id = %s::uuid and asked.device_seq >= %s
order by asked.device_seq
"""

_UNANSWERED = """
select count(*) from command_inbox
join unnest(%s::uuid[], %s::bigint[]) as asked (device_id, first) using (device_id)
where not done and actor = app.me() and device_seq >= first
"""

# The ids as texts: making them out of ten thousand rows of three columns took longest.
_CHANGED = """
select row_table, scope_id::text, array_agg(row_id::text) from (
    select distinct row_table, scope_id, row_id from change_feed
    where scope_id = any(%(scopes)s::uuid[]) and xid >= pg_snapshot_xmin(%(cursor)s::pg_snapshot)
      and not pg_visible_in_snapshot(xid, %(cursor)s::pg_snapshot)
) as changed group by row_table, scope_id
"""

# One look into the primary key for each: the planner takes the keys for few and would read a whole
# large table beside them.
_BEHIND = """
select {columns} from (
    select found.* from unnest(%(places)s::int[], %(ids)s::uuid[]) as asked (place, row_id)
    cross join lateral (
        select * from "{table}"
        where scope_id = (%(scopes)s::uuid[])[asked.place] and id = asked.row_id limit 1
    ) as found
) as behind
"""

_NEXT = """
select {columns} from "{table}"
where scope_id = any(%(scopes)s::uuid[]) and (scope_id, id) > (%(scope)s::uuid, %(id)s::uuid)
order by scope_id, id limit %(most)s
"""

_SUMS = """
select scope_id, count(id), md5(coalesce(string_agg(
    replace(id::text, '-', '') || ':' || row_version, ',' order by id), ''))
from unnest(%(scopes)s::uuid[]) as asked (scope_id) left join "{table}" using (scope_id)
group by scope_id
"""


class PostgresPort:
    """One connection for everything: pushes, pulls, and hearing of changes."""

    def __init__(self, engine: Engine) -> None:
        """Connects and listens. LinkLost if there is no connection."""
        with _translated():
            self._connection: Connection = engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            )
            self._raw: Any = self._connection.connection.driver_connection
            ((self._knows_tokens,),) = self._run(_GREETING)

    def hello(self, seen: Seen = UNSEEN) -> Hello:
        """The server's first words."""
        with _translated():
            return _hello(self._hello("", seen))

    def _hello(self, begin: str, seen: Seen) -> Sequence[Any]:
        if not self._knows_tokens:
            rows = self._run(begin + _HELLO.format(history="null::jsonb"), (sorted(_TABLES),))
            return tuple(rows[0])
        n, _, digest = seen.audit.partition(":")
        values = (sorted(_TABLES), int(n or 0), digest, *_claimed(seen.claim))
        return tuple(self._run(begin + _HELLO.format(history=_HISTORY), values)[0])

    def push(self, commands: Sequence[WireCommand], claim: Claim) -> PushAnswer:
        """Stores commands in one statement, in autocommit."""
        rows = [_push_row(command) for command in commands]
        try:
            with _translated(), self._raw.cursor() as cursor:
                asked = _NO_CLAIM
                if self._knows_tokens:
                    asked = cursor.mogrify(_CLAIM, _claimed(claim)).decode("ascii")
                statement = _PUSH.replace("{claim}", asked)
                execute_values(cursor, statement, rows, template=_PUSH_ROW, page_size=len(rows))
                ((word, found),) = cursor.fetchall()
        except DeviceTaken:
            return PushAnswer(frozenset(), cloned=True, taken=True)
        stored = {UUID(op_id) for op_id in found}
        left = [command for command in commands if command.op_id not in stored]
        answer = self._look_again(left, stored) if left else PushAnswer(frozenset(stored))
        # What a repeated push brings besides is not stored, and no copy's either.
        cloned = word == "other" or (answer.cloned and word == "agreed")
        return replace(answer, cloned=cloned, agreed=self._knows_tokens and word != "other")

    def _look_again(self, left: Sequence[WireCommand], stored: set[UUID]) -> PushAnswer:
        with _translated():
            rows = self._run(
                "select op_id::text, payload_hash, device_id::text, device_seq from command_inbox "
                "where op_id = any(%s::uuid[])",
                ([str(command.op_id) for command in left],),
            )
        found = {UUID(row[0]): bytes(row[1]) for row in rows}
        differing = frozenset(
            command.op_id
            for command in left
            if command.op_id in found
            and found[command.op_id] != hashlib.sha256(command.payload.encode("utf-8")).digest()
        )
        return PushAnswer(
            frozenset(stored | found.keys()) - differing,
            differing,
            cloned=any(command.op_id not in found for command in left),
            numbers={UUID(row[0]): (UUID(row[2]), row[3]) for row in rows},
        )

    def missing_chunks(self, names: Sequence[bytes], scope_id: UUID) -> frozenset[bytes]:
        """Those of the named chunks that the server does not hold."""
        with _translated():
            rows = self._run(
                "select sha256 from payload_chunk "
                "where scope_id = %s::uuid and sha256 = any(%s::bytea[])",
                (str(scope_id), list(names)),
            )
        return frozenset(names) - {bytes(row[0]) for row in rows}

    def send_chunk(self, chunk: Chunk) -> None:
        """Stores a chunk."""
        with _translated(), self._raw.cursor() as cursor:
            cursor.execute(
                "insert into payload_chunk (scope_id, sha256, actor, body) "
                "values (%s::uuid, %s, app.me(), %s) on conflict do nothing",
                (str(chunk.scope_id), chunk.sha256, chunk.body),
            )

    def known(self, op_ids: Sequence[UUID]) -> Mapping[UUID, Number]:
        """Those of the commands that lie in the inbox, with the numbers that they lie under."""
        with _translated():
            rows = self._run(
                "select op_id::text, device_id::text, device_seq from command_inbox "
                "where op_id = any(%s::uuid[])",
                ([str(op_id) for op_id in op_ids],),
            )
        return {UUID(row[0]): (UUID(row[1]), row[2]) for row in rows}

    def unanswered(self, since: Mapping[UUID, int]) -> int:
        """How many commands of the devices, from the numbers on, have no answer yet."""
        devices, numbers = [str(device) for device in since], list(since.values())
        with _translated():
            return int(self._run(_UNANSWERED, (devices, numbers))[0][0])

    def view(self, seen: Seen = UNSEEN) -> AbstractContextManager[ServerView]:
        """A snapshot for a pull."""
        return self._view(seen)

    @contextlib.contextmanager
    def _view(self, seen: Seen) -> Iterator[ServerView]:
        with _translated():
            begin = "begin isolation level repeatable read read only;"
            view = PostgresView(self._connection, self._hello(begin, seen))
        try:
            yield view
        finally:
            # A broken connection has no transaction left to end.
            with contextlib.suppress(psycopg2.Error, DeadlineMissed):
                self._end_view()

    def _end_view(self) -> None:
        with self._raw.cursor() as cursor:
            cursor.execute("rollback")

    def heartbeat(self) -> None:
        """One round trip."""
        with _translated():
            self._run("select 1")

    def descriptor(self) -> int:
        """The socket."""
        with _translated():
            return int(self._raw.fileno())

    def notified(self) -> bool:
        """Whether the server told of changes since the last call."""
        with _translated():
            self._raw.poll()
        told = bool(self._raw.notifies)
        self._raw.notifies.clear()
        return told

    def close(self) -> None:
        """Ends the connection."""
        if self._connection.closed:
            return
        with contextlib.suppress(DBAPIError, psycopg2.Error, DeadlineMissed):
            self._raw.close()
        with contextlib.suppress(DBAPIError, psycopg2.Error, DeadlineMissed):
            self._connection.invalidate()
            self._connection.close()

    def _run(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._raw.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


class PostgresView:
    """A snapshot: a REPEATABLE READ READ ONLY transaction."""

    def __init__(self, connection: Connection, first: Sequence[Any]) -> None:
        self._connection = connection
        self.hello = _hello(first)
        self.snapshot: str = first[2]

    def changed_keys(self, scopes: Collection[UUID], cursor: str) -> Mapping[str, list[Key]]:
        """Keys by table of what was not visible at the cursor."""
        keys: dict[str, list[Key]] = {}
        values = {"scopes": [str(scope) for scope in scopes], "cursor": cursor}
        for table, scope, ids in self._run(_CHANGED, values):
            scope_id = UUID(scope)
            keys.setdefault(table, []).extend((scope_id, UUID(row_id)) for row_id in ids)
        return keys

    def rows(self, table: str, keys: Sequence[Key]) -> list[Row]:
        """The visible rows behind keys."""
        places: dict[UUID, int] = {}
        for scope_id, _ in keys:
            places.setdefault(scope_id, len(places) + 1)
        values = {
            "scopes": [str(scope_id) for scope_id in places],
            "places": [places[scope_id] for scope_id, _ in keys],
            "ids": [row_id.hex for _, row_id in keys],
        }
        return self._rows(_BEHIND, table, values)

    def page(
        self, table: str, scopes: Collection[UUID], after: Key | None, limit: int
    ) -> list[Row]:
        """The next rows of the scopes in the order of their keys."""
        scope_id, row_id = after or (UUID(int=0), UUID(int=0))
        values = {
            "scopes": [str(scope) for scope in scopes],
            "scope": str(scope_id),
            "id": str(row_id),
            "most": limit,
        }
        return self._rows(_NEXT, table, values)

    def sums(self, table: str, scopes: Collection[UUID]) -> Mapping[UUID, Sum]:
        """What the visible rows of each scope come to."""
        statement = _SUMS.format(table=_TABLES[table].name)
        rows = self._run(statement, {"scopes": [str(scope) for scope in scopes]})
        return {scope_id: Sum(count, digest) for scope_id, count, digest in rows}

    def answers(self, since: Mapping[UUID, int]) -> list[Answer]:
        """Answers to the commands of devices."""
        return [
            Answer(op_id, state, None if reason is None else Reason(reason, parameters or {}))
            for device, first in since.items()
            for op_id, state, reason, parameters in self._run(_ANSWERS, (str(device), first))
        ]

    def _rows(self, statement: str, table: str, values: Mapping[str, Any]) -> list[Row]:
        chosen = stored_columns(_TABLES[table])
        with _translated():
            raw: Any = self._connection.connection.driver_connection
            with raw.cursor() as cursor:
                cursor.execute(statement.format(table=table, columns=chosen), values)
                return list(cursor.fetchall())

    def _run(self, statement: str, values: Any) -> Sequence[Any]:
        with _translated():
            return self._connection.exec_driver_sql(statement, values).all()


def _hello(row: Sequence[Any]) -> Hello:
    said, readable = row[0], row[1]
    history = row[3] or {"n": 0, "hash": "", "known": True, "device_known": True}
    return Hello(
        me=said["me"],
        identity=ServerIdentity(said["system"], said["timeline"], said["generation"]),
        standby=said["standby"],
        schema_oldest=said["schema_oldest"],
        schema_newest=said["schema_newest"],
        prune_floor=int(said["prune_floor"]),
        now=datetime.fromisoformat(said["now"]),
        scopes={UUID(scope): frozenset(jobs) for scope, jobs in said["scopes"].items()},
        readable=frozenset(readable or ()),
        audit=f"{history['n']}:{history['hash']}" if history["n"] else "",
        history_known=history["known"],
        device_known=history["device_known"],
    )


def _claimed(claim: Claim | None) -> tuple[str | None, str | None, str | None]:
    if claim is None:
        return None, None, None
    held = None if claim.held is None else str(claim.held)
    return str(claim.device_id), held, str(claim.coming)


def _push_row(command: WireCommand) -> tuple[Any, ...]:
    return (
        str(command.op_id),
        str(command.scope_id),
        str(command.device_id),
        command.device_seq,
        None if command.depends_on is None else str(command.depends_on),
        command.kind,
        command.kind_version,
        command.payload,
        command.issued_at,
    )


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (psycopg2.Error, DBAPIError, DeadlineMissed) as error:
        raise translated(error) from error
