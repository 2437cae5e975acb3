"""A snapshot of the simulated server, as a person sees it."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.core.errors import Reason
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.sync.cache_schema import columns_of, synced_tables
from app.sync.wire import Answer, Hello, Key, Row, ServerIdentity, Sum
from tests.simulation.store import ServerStore, visible

_TABLES = {table.name: table for table in synced_tables()}


class SimView:
    """A snapshot: its own connection in a reading transaction, and the text of what it sees."""

    def __init__(
        self, store: ServerStore, login: str, call: Callable[[Callable[[], Any]], Any]
    ) -> None:
        self._store = store
        self._call = call
        self._opened = store.connect()
        self._opened.execute("BEGIN")
        self._opened.execute("SELECT count(*) FROM worker_lease").fetchone()
        self._login = login
        self.snapshot = store.snapshot()
        self.hello = read_hello(store, self._opened, login)
        store_seen(store, login, self)

    def changed_keys(self, scopes: Collection[UUID], cursor: str) -> Mapping[str, list[Key]]:
        """Keys by table of what was not visible at the cursor."""
        return self._call(lambda: self._changed_keys(scopes, cursor))  # type: ignore[no-any-return]

    def _changed_keys(self, scopes: Collection[UUID], cursor: str) -> Mapping[str, list[Key]]:
        keys: dict[str, list[Key]] = {}
        wanted = {scope.hex for scope in scopes}
        found = self._opened.execute(
            "SELECT DISTINCT row_table, scope_id, row_id, xid FROM change_feed WHERE xid >= ?",
            (int(cursor.split(":")[0]),),
        )
        unseen = {row[:3] for row in found if row[1] in wanted and not visible(row[3], cursor)}
        for table, scope_id, row_id in sorted(unseen):
            keys.setdefault(table, []).append((UUID(scope_id), UUID(row_id)))
        return keys

    def rows(self, table: str, keys: Sequence[Key]) -> list[Row]:
        """The visible rows behind keys."""
        statement = (
            f'SELECT {columns_of(_TABLES[table])} FROM "{table}" WHERE scope_id = ? AND id = ?'
        )

        def read() -> list[Row]:
            found = (
                self._opened.execute(statement, (scope.hex, row.hex)).fetchone()
                for scope, row in keys
                if scope in self.hello.scopes
            )
            return [row for row in found if row is not None]

        return self._call(read)  # type: ignore[no-any-return]

    def page(
        self, table: str, scopes: Collection[UUID], after: Key | None, limit: int
    ) -> list[Row]:
        """The next rows of the scopes in the order of their keys."""
        names = sorted(scope.hex for scope in scopes if scope in self.hello.scopes)
        marks = ", ".join("?" * len(names))
        last = ("", "") if after is None else (after[0].hex, after[1].hex)
        statement = (
            f'SELECT {columns_of(_TABLES[table])} FROM "{table}" WHERE scope_id IN ({marks}) '
            "AND (scope_id, id) > (?, ?) ORDER BY scope_id, id LIMIT ?"
        )
        return self._call(  # type: ignore[no-any-return]
            lambda: list(self._opened.execute(statement, (*names, *last, limit)))
        )

    def sums(self, table: str, scopes: Collection[UUID]) -> Mapping[UUID, Sum]:
        """What the visible rows of each scope come to."""

        def sum_of(scope: UUID) -> Sum:
            rows = self._opened.execute(
                f"SELECT id || ':' || row_version FROM \"{table}\" WHERE scope_id = ? ORDER BY id",
                (scope.hex,),
            ).fetchall()
            text = ",".join(row[0] for row in rows)
            return Sum(len(rows), hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())

        return self._call(lambda: {scope: sum_of(scope) for scope in scopes})  # type: ignore[no-any-return]

    def answers(self, since: Mapping[UUID, int]) -> list[Answer]:
        """Answers to the commands of devices."""
        return self._call(lambda: list(self._answers(since)))  # type: ignore[no-any-return]

    def _answers(self, since: Mapping[UUID, int]) -> Iterator[Answer]:
        for device, first in since.items():
            rows = self._opened.execute(
                "SELECT result.op_id, result.state, result.reason_id, result.reason_parameters"
                " FROM command_inbox AS asked JOIN command_result AS result USING (op_id)"
                " WHERE asked.actor = ? AND asked.device_id = ? AND asked.device_seq >= ?"
                " ORDER BY asked.device_seq",
                (self._login, device.hex, first),
            )
            for op_id, state, reason, parameters in rows:
                told = None if reason is None else Reason(reason, _decoded(parameters))
                yield Answer(op_id, state, told)

    def table(self, name: str) -> list[Row]:
        """All rows of a table that the person may see."""
        names = [scope.hex for scope in self.hello.scopes] if name in self.hello.readable else []
        marks = ", ".join("?" * len(names))
        return list(
            self._opened.execute(
                f'SELECT {columns_of(_TABLES[name])} FROM "{name}" WHERE scope_id IN ({marks})',
                names,
            )
        )

    def close(self) -> None:
        """Ends the transaction."""
        self._opened.close()


def _decoded(text: str | None) -> dict[str, Any]:
    return json.loads(text or "{}") or {}


def store_seen(store: ServerStore, login: str, view: SimView) -> None:
    """Hook of the invariants: a snapshot was shown to somebody."""
    observer = getattr(store, "observer", None)
    if observer is not None:
        observer(login, view)


def read_hello(store: ServerStore, opened: Any, login: str) -> Hello:
    """app.hello() as a person gets it in a snapshot."""
    held: dict[UUID, set[str]] = {}
    gone = opened.execute(
        "SELECT 1 FROM person WHERE login = ? AND NOT active", (login,)
    ).fetchone()
    if gone is None:
        for scope, job in opened.execute(
            "SELECT scope_id, job FROM scope_member WHERE person = ?", (login,)
        ):
            held.setdefault(UUID(scope), set()).add(job)
        if Job.ADMINISTRATOR.value in held.get(COMPANY_SCOPE, ()):
            for (project,) in opened.execute("SELECT id FROM project"):
                held.setdefault(UUID(project), set())
    return Hello(
        me=login,
        identity=ServerIdentity("sim", store.timeline, str(store.generation)),
        standby=store.standby,
        schema_oldest=store.schema[0],
        schema_newest=store.schema[1],
        prune_floor=store.prune_floor,
        now=store.time.now(),
        scopes={scope: frozenset(jobs) for scope, jobs in held.items()},
        readable=frozenset(_TABLES),
    )
