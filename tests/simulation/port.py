"""A desk's line to the simulated server: requests and answers get lost on it."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import Reason
from app.core.ids import COMPANY_SCOPE
from app.models.limits import PAYLOAD_LIMIT
from app.sync.cache_schema import synced_tables
from app.sync.wire import (
    UNSEEN,
    Chunk,
    Claim,
    Hello,
    LinkLost,
    Number,
    PushAnswer,
    PushRejected,
    Seen,
    ServerView,
    WireCommand,
)
from tests.simulation.store import INSERT_COMMAND, ServerStore, plain
from tests.simulation.view import SimView, read_hello

Found = TypeVar("Found")
_TABLES = {table.name: table for table in synced_tables()}
_COMPANY = COMPANY_SCOPE.hex


class Line:
    """What a network does to one call; the simulation decides. `lose` says what gets lost, and
    `later` lets a request arrive long after its sender gave it up."""

    def __init__(
        self,
        pause: Callable[[], None],
        lose: Callable[[], str | None],
        later: Callable[[Callable[[], object]], None],
    ) -> None:
        self.pause = pause
        self.lose = lose
        self.later = later
        self.is_up = True


class SimPort:
    """One connection of a person."""

    def __init__(self, store: ServerStore, login: str, line: Line) -> None:
        self._store = store
        self._login = login
        self._line = line
        self._epoch = store.timeline, store.generation
        self.told = False
        self.dead = False
        self._call(lambda: store.wakes.append(self))

    def _call(self, work: Callable[[], Found], *, may_be_late: bool = False) -> Found:
        if self.dead or not self._line.is_up:
            self._die("sync.connection_lost")
        self._line.pause()
        lost = self._line.lose()
        if lost == "late" and may_be_late:
            self._line.later(work)
        if lost in ("request", "late") or not self._line.is_up:
            self._die("sync.no_answer")
        found = work()
        if lost == "answer":
            self._die("sync.no_answer")
        return found

    def _die(self, reason: str) -> None:
        self.close()
        raise LinkLost(Reason(reason))

    def hello(self, seen: Seen = UNSEEN) -> Hello:
        """The server's first words, as a server says them that knows no tokens."""
        del seen
        return self._call(lambda: read_hello(self._store, self._store.admin, self._login))

    def push(self, commands: Sequence[WireCommand], claim: Claim) -> PushAnswer:
        """Stores commands: all of them, or those that are new, or none."""
        del claim
        return self._call(lambda: self._push(commands), may_be_late=True)

    def _push(self, commands: Sequence[WireCommand]) -> PushAnswer:
        if self._store.standby:
            raise LinkLost(Reason("sync.standby"))
        for command in commands:
            if len(command.payload.encode("utf-8")) > PAYLOAD_LIMIT:
                raise PushRejected(Reason("sync.not_storable", {"detail": "size"}), for_ever=True)
        there = self._store.inbox_rows()
        holders = {row[1]: row[0] for row in there.values()}
        numbers = {row[:3]: op_id for op_id, row in there.items()}
        for command in commands:
            key = (self._login, command.device_id.hex, command.device_seq)
            if holders.get(command.device_id.hex, self._login) != self._login:
                return PushAnswer(frozenset(), cloned=True, taken=True)
            if numbers.get(key, command.op_id.hex) != command.op_id.hex:
                return PushAnswer(
                    frozenset(one.op_id for one in commands if self._same(there, one)),
                    cloned=True,
                    numbers=_numbers(there),
                )
        self._insert([one for one in commands if one.op_id.hex not in there])
        differing = frozenset(
            one.op_id for one in commands if one.op_id.hex in there and not self._same(there, one)
        )
        return PushAnswer(
            frozenset(one.op_id for one in commands) - differing,
            differing,
            numbers=_numbers(there),
        )

    @staticmethod
    def _same(there: Mapping[str, Any], command: WireCommand) -> bool:
        found = there.get(command.op_id.hex)
        return found is not None and found[3] == _hash(command)

    def _insert(self, commands: Sequence[WireCommand]) -> None:
        store = self._store
        statements: list[tuple[str, Sequence[Any]]] = []
        now = plain(store.time.now())
        for command in commands:
            store.received += 1
            device = ("INSERT OR IGNORE INTO device (device_id, actor) VALUES (?, ?)",)
            statements.append((*device, (command.device_id.hex, self._login)))
            values = (
                command.op_id.hex,
                store.received,
                command.scope_id.hex,
                self._login,
                command.device_id.hex,
                command.device_seq,
                None if command.depends_on is None else command.depends_on.hex,
                command.kind,
                command.kind_version,
                command.payload,
                _hash(command),
                plain(command.issued_at),
                now,
            )
            statements.append((INSERT_COMMAND, values))
        if statements and not store.write(statements):
            store.late += statements

    def missing_chunks(self, names: Sequence[bytes], scope_id: UUID) -> frozenset[bytes]:
        """Those of the named chunks that the server does not hold."""

        def missing() -> frozenset[bytes]:
            rows = self._store.rows(
                "SELECT sha256 FROM payload_chunk WHERE actor = ? AND scope_id = ?",
                (self._login, scope_id.hex),
            )
            late = {values[1] for _, values in self._store.late if len(values) == 4}
            return frozenset(names) - {bytes(row[0]) for row in rows} - late

        return self._call(missing)

    def send_chunk(self, chunk: Chunk) -> None:
        """Stores a chunk."""
        statement = "INSERT OR IGNORE INTO payload_chunk VALUES (?, ?, ?, ?)"
        values = (chunk.scope_id.hex, chunk.sha256, self._login, chunk.body)

        def send() -> None:
            if not self._store.write([(statement, values)]):
                self._store.late.append((statement, values))

        self._call(send, may_be_late=True)

    def known(self, op_ids: Sequence[UUID]) -> Mapping[UUID, Number]:
        """Those of the commands that lie in the inbox under this name."""

        def known() -> Mapping[UUID, Number]:
            there = self._store.inbox_rows()
            mine = {op_id: row for op_id, row in there.items() if row[0] == self._login}
            numbers = _numbers(mine)
            return {op_id: numbers[op_id] for op_id in op_ids if op_id in numbers}

        return self._call(known)

    def unanswered(self, since: Mapping[UUID, int]) -> int:
        """How many commands of the devices, from the numbers on, have no answer yet."""

        def count() -> int:
            rows = self._store.rows(
                "SELECT device_id, device_seq FROM command_inbox WHERE NOT done AND actor = ?",
                (self._login,),
            )
            return sum(seq >= since.get(device, seq + 1) for device, seq in rows)

        return self._call(count)

    def view(self, seen: Seen = UNSEEN) -> AbstractContextManager[ServerView]:
        """A snapshot for a pull."""
        del seen
        return self._view()

    @contextlib.contextmanager
    def _view(self) -> Iterator[ServerView]:
        view = self._call(lambda: SimView(self._store, self._login, self._call))
        try:
            yield view
        finally:
            view.close()

    def heartbeat(self) -> None:
        """One round trip."""
        self._call(lambda: None)

    def descriptor(self) -> int:
        """Nobody waits on it."""
        return -1

    def notified(self) -> bool:
        """Whether the server told of changes since the last call."""
        told, self.told = self.told, False
        return told

    def close(self) -> None:
        """Ends the connection."""
        self.dead = True
        if self in self._store.wakes:
            self._store.wakes.remove(self)


def _numbers(there: Mapping[str, tuple[str, str, int, bytes]]) -> dict[UUID, Number]:
    return {UUID(op_id): (UUID(row[1]), row[2]) for op_id, row in there.items()}


def _hash(command: WireCommand) -> bytes:
    return hashlib.sha256(command.payload.encode("utf-8")).digest()
