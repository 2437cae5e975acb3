"""The server's rows: one SQLite file with PostgreSQL's transactions about it, spelled out.

Every writing transaction has an id from its beginning and is visible from its commit, whatever the
order of the two; a snapshot is the text that PostgreSQL would give.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher

from app.models.parts import SYNCED
from app.server.audit import ORIGIN
from app.sync.cache_schema import _create, create_indexes, synced_tables
from tests.simulation.statements import FEED, SCHEMA
from tests.simulation.surroundings import WorldTime

sqlcipher.register_converter("UUID", lambda text: UUID(text.decode()))
sqlcipher.register_converter("TIMESTAMPTZ", lambda text: datetime.fromisoformat(text.decode()))
for _plain in ("DATE", "TIMESTAMP", "DATETIME"):
    sqlcipher.register_converter(_plain, lambda text: text.decode())

MOST_IDLE_S = 5.0
"""So long may a transaction of the worker say nothing before the server ends its session."""


def plain(value: Any) -> Any:
    """A parameter as SQLite takes it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, list | tuple):
        return json.dumps([one.hex() if isinstance(one, bytes) else plain(one) for one in value])
    return value


class ServerStore:
    """The committed rows, the transactions under way, and who listens."""

    def __init__(self, folder: Path, time: WorldTime) -> None:
        self.path = folder / "server.db"
        self.time = time
        self.running: set[int] = set()
        self.generation = UUID(int=1)
        self.timeline = 1
        self.standby = False
        self.schema = (1, 99)
        self.prune_floor = 0
        self.writer: object | None = None
        self.late: list[tuple[str, Sequence[Any]]] = []
        """Rows of the inbox, committed while a worker's transaction holds SQLite's lock."""
        self.wakes: list[Any] = []
        self.admin = self.connect()
        ((xid, received),) = self.rows(
            "SELECT (SELECT coalesce(max(xid), 0) FROM change_feed),"
            " (SELECT coalesce(max(received_no), 0) FROM command_inbox)"
        )
        self.next_xid: int = xid + 100_000
        self.first_xid = xid + 100_000
        """Snapshots from before were shown in another world: the template was made in it."""
        self.received: int = received

    @classmethod
    def make(cls, path: Path) -> None:
        """Makes the empty file once."""
        opened = sqlcipher.connect(str(path), isolation_level=None)
        opened.execute("PRAGMA journal_mode = WAL")
        for statement in SCHEMA.split(";\n"):
            opened.execute(statement)
        for table in synced_tables():
            opened.execute(_create(table))
            for statement in create_indexes(table):
                opened.execute(statement)
            for op, event, row in (
                ("I", "INSERT", "NEW"),
                ("U", "UPDATE", "NEW"),
                ("D", "DELETE", "OLD"),
            ):
                opened.execute(FEED.format(table=table.name, op=op, event=event, row=row))
        opened.execute(
            "INSERT INTO worker_lease (partition, seen_at) VALUES (0, '2000-01-01 00:00:00+00:00')"
        )
        opened.execute("INSERT INTO audit_head VALUES (0, 0, ?)", (ORIGIN,))
        opened.close()

    def connect(self, factory: Any = sqlcipher.Connection) -> Any:
        """A connection to the file."""
        opened = sqlcipher.connect(
            str(self.path),
            isolation_level=None,
            check_same_thread=False,
            factory=factory,
            detect_types=sqlcipher.PARSE_DECLTYPES | sqlcipher.PARSE_COLNAMES,
        )
        opened.execute("PRAGMA synchronous = OFF")
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute("PRAGMA recursive_triggers = ON")
        opened.create_function("now", 0, lambda: plain(self.time.now()))
        opened.create_function(
            "before_now", 1, lambda seconds: plain(self.time.now() - timedelta(seconds=seconds))
        )
        return opened

    # -- transactions

    def begin(self) -> int:
        """A new transaction's id; it is under way from now on."""
        self.next_xid += 1
        self.running.add(self.next_xid)
        return self.next_xid

    def end(self, xid: int) -> None:
        """The transaction was committed or rolled back."""
        self.running.discard(xid)

    def snapshot(self) -> str:
        """What is visible now: `xmin:xmax:xip,...`."""
        newest = self.next_xid + 1
        running = ",".join(map(str, sorted(self.running)))
        return f"{min(self.running, default=newest)}:{newest}:{running}"

    def write(
        self, statements: Iterable[tuple[str, Sequence[Any]]], xid: int | None = None
    ) -> bool:
        """Commits statements in a transaction of their own (or in `xid`, begun long before).
        False while a worker's transaction keeps SQLite's lock."""
        if self.writer is not None:
            return False
        xid = self.begin() if xid is None else xid
        self.admin.execute("BEGIN IMMEDIATE")
        self.admin.execute("UPDATE current_xid SET xid = ?", (xid,))
        for statement, values in statements:
            self.admin.execute(statement, values)
        self.admin.execute("COMMIT")
        self.end(xid)
        return True

    def store_late(self) -> None:
        """SQLite's lock is free again: what PostgreSQL committed meanwhile is written down."""
        late, self.late = self.late, []
        if late:
            self.write(late)

    def wake_desks(self) -> None:
        """NOTIFY gantry_feed."""
        for port in self.wakes:
            port.told = True

    # -- history

    def back_up(self, path: Path) -> None:
        """A backup, as of now."""
        path.unlink(missing_ok=True)
        self.admin.execute("VACUUM INTO ?", (str(path),))

    def restore(self, path: Path, generation: UUID) -> None:
        """The backup takes the place of everything since; nobody may have a transaction open."""
        self.admin.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(path, self.path)
        self.late.clear()
        self.admin = self.connect()
        self.admin.execute("PRAGMA journal_mode = WAL")
        self.generation = generation

    # -- looking

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Committed rows."""
        return list(self.admin.execute(statement, values))

    def inbox_rows(self) -> dict[str, tuple[str, str, int, bytes]]:
        """(actor, device, seq, hash) by op_id of everything committed, the late ones too."""
        found = {
            row[0]: (row[1], row[2], row[3], bytes(row[4]))
            for row in self.rows(
                "SELECT CAST(op_id AS TEXT), actor, CAST(device_id AS TEXT), device_seq,"
                " payload_hash"
                " FROM command_inbox"
            )
        }
        for _, values in self.late:
            if len(values) == _INBOX_WIDTH:
                found[values[0]] = (values[3], values[4], values[5], values[10])
        return found

    def close(self) -> None:
        """Closes the file, with everything in it and nothing beside it."""
        self.admin.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.admin.close()


_INBOX_WIDTH = 13
INSERT_COMMAND = (
    "INSERT INTO command_inbox (op_id, received_no, scope_id, actor, device_id, device_seq,"
    " depends_on, kind, kind_version, payload, payload_hash, issued_at, received_at)"
    " VALUES (" + ", ".join("?" * _INBOX_WIDTH) + ")"
)


def visible(xid: int, snapshot: str) -> bool:
    """pg_visible_in_snapshot."""
    oldest, newest, running = snapshot.split(":")
    if xid < int(oldest):
        return True
    return xid < int(newest) and str(xid) not in running.split(",")


SYNCED_NAMES = tuple(model.__tablename__ for model in SYNCED)
