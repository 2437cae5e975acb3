"""What a person was told is saved: commands on their way to the server, and its answers."""

import contextlib
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Reason
from app.models.engines import SYSTEM_DISK, CipherKey, Disk, open_encrypted
from app.services.commands import Command, CommandPart, encode
from app.sync.faults import is_file_damage
from app.sync.outbox_schema import migrate
from app.sync.wire import Answer, Chunk, Claim, Number

State = Literal["saved", "stored", "applied", "refused", "conflict", "blocked", "dismissed"]

OPEN: Final = ("saved", "stored")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCommand:
    """A command in the outbox. `wire` is its payload as it travels, once that was prepared."""

    op_id: UUID
    scope_id: UUID
    device_id: UUID
    seq: int
    kind: str
    version: int
    payload: str
    wire: str | None
    issued_at: datetime
    depends_on: UUID | None
    online: bool
    bulk: bool
    state: State
    reason: Reason | None


class Head(NamedTuple):
    """What tells a command from others. The id as text (32 hexadecimal digits, as in the cache):
    heads are read by the thousand while an edit waits."""

    op_hex: str
    scope_id: UUID
    online: bool


COLUMNS = (
    "op_id, scope_id, device_id, seq, kind, version, payload, wire, issued_at, depends_on, "
    "online, bulk, state, reason_id, reason_parameters"
)
_SELECT = f"SELECT {COLUMNS} FROM command "  # noqa: S608 - constant
_OPEN = "state IN ('saved', 'stored')"


def _command(row: Sequence[Any]) -> OutboxCommand:
    reason = None
    if row[13] is not None:
        reason = Reason(row[13], msgspec.json.decode(row[14] or "{}"))
    return OutboxCommand(
        op_id=UUID(row[0]),
        scope_id=UUID(row[1]),
        device_id=UUID(row[2]),
        seq=row[3],
        kind=row[4],
        version=row[5],
        payload=row[6],
        wire=row[7],
        issued_at=datetime.fromisoformat(row[8]),
        depends_on=None if row[9] is None else UUID(row[9]),
        online=bool(row[10]),
        bulk=bool(row[11]),
        state=row[12],
        reason=reason,
    )


class Outbox:
    """outbox.db. Saving a command survives a power cut; the server's answers can be asked again.

    Any thread may call. sqlcipher3's errors pass through.
    """

    def __init__(
        self, path: Path, key: CipherKey, new_device: UUID, disk: Disk = SYSTEM_DISK
    ) -> None:
        self._lock = threading.RLock()
        self._connection = open_encrypted(path, key, synchronous="FULL", disk=disk)
        try:
            migrate(self._connection)
            with self.transaction() as db:
                db.execute(
                    "INSERT OR IGNORE INTO identity (single, device_id, next_seq) VALUES (1, ?, 1)",
                    (str(new_device),),
                )
        except BaseException:
            self._connection.close()
            raise

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """A writing transaction on the driver's connection."""
        with self._lock, _damage_told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query."""
        with self._lock, _damage_told():
            return list(self._connection.execute(statement, values))

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    def device_id(self) -> UUID:
        """The device that new commands are numbered under."""
        return UUID(self.rows("SELECT device_id FROM identity")[0][0])

    def claim(self, fresh: UUID, *, for_push: bool) -> Claim:
        """The device with its tokens. `fresh` becomes the token of a push: kept until the server
        has answered, so that it can be repeated, and not before, so that no copy has the same."""
        statement = "SELECT device_id, lineage, coming_lineage FROM identity"
        device, held, coming = self.rows(statement)[0]
        if coming is None:
            coming = str(fresh)
            if for_push:
                with self.transaction() as db:
                    db.execute("UPDATE identity SET coming_lineage = ?", (coming,))
        return Claim(UUID(device), None if held is None else UUID(held), UUID(coming))

    def save(
        self,
        part: CommandPart,
        command: Command,
        *,
        op_id: UUID,
        issued_at: datetime,
        depends_on: UUID | None = None,
    ) -> None:
        """Stores a command for good: when this returns, it is saved."""
        with self.transaction() as db:
            device, seq = db.execute("SELECT device_id, next_seq FROM identity").fetchone()
            db.execute("UPDATE identity SET next_seq = next_seq + 1")
            db.execute(
                f"INSERT INTO command ({COLUMNS}) "  # noqa: S608 - constant
                "VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, 'saved', NULL, NULL)",
                (
                    str(op_id),
                    str(command.scope_id),
                    device,
                    seq,
                    command.KIND,
                    command.VERSION,
                    encode(command),
                    issued_at.isoformat(),
                    None if depends_on is None else str(depends_on),
                    part.online_only,
                    part.bulk,
                ),
            )

    def get(self, op_id: UUID) -> OutboxCommand | None:
        """A command by its id."""
        rows = self.rows(_SELECT + "WHERE op_id = ?", (str(op_id),))
        return _command(rows[0]) if rows else None

    def unsent(self, limit: int) -> list[OutboxCommand]:
        """Commands that the server is not known to hold, in the order they were made."""
        return [
            _command(row)
            for row in self.rows(_SELECT + "WHERE state = 'saved' ORDER BY n LIMIT ?", (limit,))
        ]

    def open_commands(self, but: Collection[UUID] = ()) -> list[OutboxCommand]:
        """Commands without an answer, in the order they were made, except some."""
        rows = self.rows(_SELECT + f"WHERE {_OPEN} ORDER BY n")
        known = {op_id.hex for op_id in but}
        return [_command(row) for row in rows if row[0].replace("-", "") not in known]

    def open_heads(self) -> list[Head]:
        """Which commands have no answer, in the order they were made."""
        rows = self.rows(
            "SELECT replace(op_id, '-', ''), scope_id, online FROM command "  # noqa: S608
            f"WHERE {_OPEN} ORDER BY n"
        )
        scopes = {scope: UUID(scope) for scope in {row[1] for row in rows}}
        return [Head(op_hex, scopes[scope], bool(online)) for op_hex, scope, online in rows]

    def open_ids(self) -> frozenset[UUID]:
        """The ids of commands without an answer."""
        rows = self.rows(f"SELECT op_id FROM command WHERE {_OPEN}")  # noqa: S608 - constant
        return frozenset(UUID(row[0]) for row in rows)

    def told(self) -> list[OutboxCommand]:
        """Commands with an answer that a person should see, in the order they were made."""
        told = "WHERE state IN ('refused', 'conflict', 'blocked') ORDER BY n"
        return [_command(row) for row in self.rows(_SELECT + told)]

    def counts(self) -> Mapping[str, int]:
        """How many commands wait or want a person, by state."""
        rows = self.rows(
            "SELECT state, count(*) FROM command WHERE state IN ('saved', 'stored') "
            "GROUP BY state UNION ALL SELECT state, count(*) FROM command "
            "WHERE state IN ('refused', 'conflict', 'blocked') GROUP BY state"
        )
        return dict(rows)

    def asked_since(self) -> dict[UUID, int]:
        """From which number of each device on commands have no answer."""
        rows = self.rows(
            f"SELECT device_id, min(seq) FROM command WHERE {_OPEN} "  # noqa: S608 - constant
            "GROUP BY device_id"
        )
        return {UUID(device): seq for device, seq in rows}

    def oldest_unanswered(self) -> datetime | None:
        """Since when the oldest stored command waits for its answer."""
        found = self.rows("SELECT min(stored_at) FROM command WHERE state = 'stored'")[0][0]
        return None if found is None else datetime.fromisoformat(found)

    def founding_command(self, scope_id: UUID, kinds: Collection[str]) -> UUID | None:
        """The unanswered command of one of the kinds that founds a scope."""
        rows = self.rows(
            f"SELECT op_id, kind FROM command WHERE {_OPEN} "  # noqa: S608 - constant
            "AND scope_id = ?",
            (str(scope_id),),
        )
        return next((UUID(op_id) for op_id, kind in rows if kind in kinds), None)

    def mark_stored(
        self,
        op_ids: Collection[UUID],
        now: datetime,
        numbers: Mapping[UUID, Number] | None = None,
        agreed: Claim | None = None,
    ) -> None:
        """The server holds these commands; some under other `numbers`, as a copy of this desk
        sent them: their answers are asked for under those. An agreed claim's token is held now."""
        with self.transaction() as db:
            if agreed is not None:
                db.execute(
                    "UPDATE identity SET lineage = ?, coming_lineage = NULL WHERE device_id = ?",
                    (str(agreed.coming), str(agreed.device_id)),
                )
            moment = now.astimezone(UTC).isoformat()
            take_numbers(db, numbers or {})
            db.executemany(
                "UPDATE command SET state = 'stored', stored_at = ? "
                "WHERE op_id = ? AND state = 'saved'",
                [(moment, str(op_id)) for op_id in op_ids],
            )
            db.executemany("DELETE FROM chunk WHERE op_id = ?", [(str(op),) for op in op_ids])

    def settle(self, answers: Collection[Answer]) -> None:
        """Writes down the server's answers to commands that wait for one."""
        if not answers:
            return
        with self.transaction() as db:
            db.executemany(
                "UPDATE command SET state = ?, reason_id = ?, reason_parameters = ? "  # noqa: S608
                f"WHERE op_id = ? AND {_OPEN}",
                [_answered(answer) for answer in answers],
            )

    def dismiss(self, op_id: UUID) -> bool:
        """A person has seen the answer. False if there is none to dismiss."""
        with self.transaction() as db:
            done = db.execute(
                "UPDATE command SET state = 'dismissed' "
                "WHERE op_id = ? AND state IN ('refused', 'conflict', 'blocked')",
                (str(op_id),),
            )
            return bool(done.rowcount)

    def prepare(self, op_id: UUID, wire: str, chunks: Sequence[Chunk]) -> None:
        """Keeps a command's payload as it travels, with the chunks that go ahead of it."""
        with self.transaction() as db:
            db.execute("UPDATE command SET wire = ? WHERE op_id = ?", (wire, str(op_id)))
            db.executemany(
                "INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?)",
                [
                    (str(op_id), position, chunk.sha256, chunk.body)
                    for position, chunk in enumerate(chunks)
                ],
            )

    def chunks(self, command: OutboxCommand) -> list[Chunk]:
        """The chunks of a command."""
        rows = self.rows(
            "SELECT sha256, body FROM chunk WHERE op_id = ? ORDER BY position",
            (str(command.op_id),),
        )
        return [Chunk(command.scope_id, bytes(sha256), bytes(body)) for sha256, body in rows]

    def refuse_unsendable(self, op_id: UUID, reason: Reason) -> None:
        """A command that the server will never store: told, and its number is given on."""
        with self.transaction() as db:
            device, first = db.execute(
                "SELECT device_id, min(seq) FROM command WHERE (state = 'saved' OR op_id = ?1) "
                "AND device_id = (SELECT device_id FROM command WHERE op_id = ?1)",
                (str(op_id),),
            ).fetchone()
            db.execute(
                "UPDATE command SET state = 'refused', reason_id = ?, reason_parameters = ?, "
                "seq = -n WHERE op_id = ?",
                (reason.text_id, _json(reason), str(op_id)),
            )
            renumber(db, device, first)

    def note(self, name: str) -> str | None:
        """A remembered fact."""
        rows = self.rows("SELECT value FROM note WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def write_note(self, name: str, value: str) -> None:
        """Remembers a fact."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except sqlcipher.DatabaseError as error:
        if is_file_damage(error):
            raise EnvironmentFault("sync.outbox_damaged") from error
        raise


def _json(reason: Reason) -> str:
    return msgspec.json.encode(dict(reason.parameters)).decode("utf-8")


def _answered(answer: Answer) -> tuple[str, str | None, str | None, str]:
    reason = answer.reason
    if reason is None:
        return answer.state, None, None, str(answer.op_id)
    return answer.state, reason.text_id, _json(reason), str(answer.op_id)


def take_numbers(db: Any, numbers: Mapping[UUID, Number]) -> None:
    """Writes down under which numbers the server holds commands without an answer."""
    db.executemany(
        "UPDATE command SET device_id = ?1, seq = ?2 "  # noqa: S608 - constant
        f"WHERE op_id = ?3 AND {_OPEN} AND (device_id, seq) IS NOT (?1, ?2)",
        [(str(device), seq, str(op_id)) for op_id, (device, seq) in numbers.items()],
    )


def renumber(db: Any, device: str, first: int) -> None:
    """Numbers all unsent commands without a gap from `first` on."""
    waiting = [row[0] for row in db.execute("SELECT n FROM command WHERE state='saved' ORDER BY n")]
    # Out of the way first: a new number may still belong to another.
    db.executemany("UPDATE command SET seq = -n WHERE n = ?", [(n,) for n in waiting])
    db.executemany(
        "UPDATE command SET device_id = ?, seq = ? WHERE n = ?",
        [(device, number, n) for number, n in enumerate(waiting, first)],
    )
    db.execute(
        "UPDATE identity SET lineage = CASE device_id WHEN ?1 THEN lineage END, "
        "coming_lineage = CASE device_id WHEN ?1 THEN coming_lineage END, "
        "device_id = ?1, next_seq = ?2",
        (device, first + len(waiting)),
    )


def renew_device(outbox: Outbox, new_device: UUID) -> None:
    """Takes a new device: what the server does not hold is numbered anew, from 1."""
    with outbox.transaction() as db:
        renumber(db, str(new_device), 1)
