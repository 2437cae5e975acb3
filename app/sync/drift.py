"""The idle check: whether the cache, with nothing pending on it, holds what the server shows.

Counts and hashes are of keys and row versions, so that both databases agree on them without a
common way to write every type; a row that was altered under the same version is not found.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from app.core.errors import Reason
from app.sync.cache import Cache
from app.sync.cache_schema import synced_tables
from app.sync.cache_state import fact, mark_stale, write_fact
from app.sync.clock import Clock
from app.sync.gate import WriteGate
from app.sync.outbox import Outbox
from app.sync.wire import LinkLost, ServerView, Sum

DAILY: Final = timedelta(days=1)
COMPARED: Final = "compared_at"
_ROWS_A_PART: Final = 2_000

Sums = Mapping[tuple[str, UUID], Sum]


class DriftCheck:
    """Compares at most daily. One for each desk; called by the link alone."""

    def __init__(
        self,
        cache: Cache,
        outbox: Outbox,
        gate: WriteGate,
        clock: Clock,
        notice: Callable[[Reason], None],
    ) -> None:
        self._cache = cache
        self._outbox = outbox
        self._gate = gate
        self._clock = clock
        self._notice = notice
        self._lost_at: datetime | None = None

    def ask(self, view: ServerView, scopes: Collection[UUID]) -> Sums | None:
        """The server's sums of the scopes, if it is time to compare; LinkLost passes through."""
        if not scopes or self._outbox.open_ids() or not self._is_due():
            return None
        try:
            return {
                (table.name, scope_id): found
                for table in synced_tables()
                if table.name in view.hello.readable
                for scope_id, found in view.sums(table.name, scopes).items()
            }
        except LinkLost:
            # Where sums take longer than a call may, every pull would break off on them.
            self._lost_at = self._clock.now()
            raise

    def compare(self, theirs: Sums) -> frozenset[UUID]:
        """The scopes that differ: they are fetched whole by the next pull, and a notice says so.

        The cache must stand at the snapshot that the sums were asked in.
        """
        with self._cache.read() as session:
            connection = session.connection()
            if _is_edited(connection):
                return frozenset()
            differing = sorted(key for key in theirs if theirs[key] != sum_of(connection, *key))
        scopes = frozenset(scope_id for _, scope_id in differing)
        with self._gate.rebase(), self._cache.rebase() as connection:
            write_fact(connection, COMPARED, self._clock.now().isoformat())
            mark_stale(connection, scopes)
        if differing:
            tables = ", ".join(sorted({table for table, _ in differing}))
            self._notice(Reason("sync.cache_differed", {"tables": tables}))
        return scopes

    def _is_due(self) -> bool:
        with self._cache.read() as session:
            last = fact(session.connection(), COMPARED)
        now = self._clock.now()
        times = (self._lost_at, None if last is None else datetime.fromisoformat(last))
        # A clock that was set back must not put the check off for years.
        return not any(found is not None and now - DAILY < found <= now for found in times)


def sum_of(connection: Connection, table: str, scope_id: UUID) -> Sum:
    """How many rows of a scope there are, and the hash of their keys and versions."""
    rows = connection.exec_driver_sql(
        f"SELECT id || ':' || row_version FROM \"{table}\" "  # noqa: S608 - our own names
        "WHERE scope_id = ? ORDER BY id",
        (scope_id.hex,),
    ).scalars()
    count, digest = 0, hashlib.md5(usedforsecurity=False)
    for part in rows.partitions(_ROWS_A_PART):
        digest.update(("," if count else "").encode() + ",".join(part).encode("ascii"))
        count += len(part)
    return Sum(count, digest.hexdigest())


def _is_edited(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM shown)").scalar_one()
    return bool(found)
