"""Sends what was saved. Re-sending is always safe: the server knows every op_id."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from app.core.errors import Reason
from app.models.limits import PAYLOAD_LIMIT
from app.sync.chunks import travelling
from app.sync.clock import Chance, Clock, new_id
from app.sync.outbox import Outbox, OutboxCommand
from app.sync.wire import Chunk, PushRejected, ServerPort, WireCommand

logger = logging.getLogger(__name__)

BATCH_COMMANDS: Final = 200
BATCH_BYTES: Final = 256 * 1024
_RENEWALS: Final = 3
_CHUNKS_A_QUESTION: Final = 100
_SENDINGS: Final = 3


class Push:
    """Empties an outbox into the server's inbox."""

    def __init__(self, outbox: Outbox, clock: Clock, chance: Chance) -> None:
        self._outbox = outbox
        self._clock = clock
        self._chance = chance

    def run(self, port: ServerPort) -> int:
        """Sends everything unsent; how many commands the server stored. LinkLost on the way:
        what was acknowledged is written down. PushRejected: the server takes none now."""
        stored = 0
        renewals = 0
        first: dict[UUID, OutboxCommand] = {}
        while batch := self._next_batch():
            first = {one.op_id: first.get(one.op_id, one) for one in batch}
            answer = self._send(port, batch)
            if answer is None:
                continue
            count, cloned = answer
            stored += count
            if cloned:
                renewals += 1
                if renewals > _RENEWALS:
                    stored += self._give_up_taken(port, first)
                    renewals = 0
                    continue
                self._outbox.renew_device(new_id(self._clock, self._chance))
        return stored

    def _next_batch(self) -> list[OutboxCommand]:
        return list(_within_limits(self._outbox.unsent(BATCH_COMMANDS)))

    def _send(self, port: ServerPort, batch: Sequence[OutboxCommand]) -> tuple[int, bool] | None:
        """Sends a batch; None if it has to be cut up, as a command in it can never be stored."""
        wired = [self._ready(port, command) for command in batch]
        try:
            answer = port.push(wired)
        except PushRejected as rejected:
            if not rejected.for_ever:
                raise
            self._find_culprit(port, batch, wired)
            return None
        if answer.differing:
            logger.error("stored with other content: %s", sorted(map(str, answer.differing)))
        stored = answer.stored | answer.differing
        self._outbox.mark_stored(stored, self._clock.now(), answer.numbers)
        return len(stored), answer.cloned

    def _find_culprit(
        self, port: ServerPort, batch: Sequence[OutboxCommand], wired: Sequence[WireCommand]
    ) -> None:
        for command, wire in zip(batch, wired, strict=True):
            try:
                answer = port.push([wire])
            except PushRejected as rejected:
                if not rejected.for_ever:
                    raise
                self._outbox.refuse_unsendable(command.op_id, rejected.reason)
                return
            stored = answer.stored | answer.differing
            self._outbox.mark_stored(stored, self._clock.now(), answer.numbers)
            if answer.cloned:
                return

    def _give_up_taken(self, port: ServerPort, first: Mapping[UUID, OutboxCommand]) -> int:
        """No new device helps: somebody else has asked something under the id of a command, which
        comes back to its author. How many before it were stored. `first` are the commands as they
        were sent first: what came after it then waits for its number."""
        # Read again: they have other numbers since.
        left = [one for one in self._outbox.unsent(BATCH_COMMANDS) if one.op_id in first]
        for count, command in enumerate(left):
            answer = port.push([self._ready(port, command)])
            if answer.cloned:
                logger.error("the id %s is another's", command.op_id)
                self._outbox.refuse_unsendable(command.op_id, Reason("sync.id_taken"))
                port.push([self._in_place_of(first[command.op_id])])
                return count
            self._outbox.mark_stored(
                answer.stored | answer.differing, self._clock.now(), answer.numbers
            )
        return len(left)

    def _in_place_of(self, command: OutboxCommand) -> WireCommand:
        """Asks for nothing, under the number of a command: the server refuses it and goes on."""
        return WireCommand(
            op_id=new_id(self._clock, self._chance),
            scope_id=command.scope_id,
            device_id=command.device_id,
            device_seq=command.seq,
            kind="nothing",
            kind_version=1,
            payload="{}",
            issued_at=command.issued_at,
            depends_on=None,
        )

    def _ready(self, port: ServerPort, command: OutboxCommand) -> WireCommand:
        payload = command.wire
        if payload is None:
            payload = self._prepare(command)
        if payload is not command.payload:
            self._send_chunks(port, command)
        return WireCommand(
            op_id=command.op_id,
            scope_id=command.scope_id,
            device_id=command.device_id,
            device_seq=command.seq,
            kind=command.kind,
            kind_version=command.version,
            payload=payload,
            issued_at=command.issued_at,
            depends_on=command.depends_on,
        )

    def _prepare(self, command: OutboxCommand) -> str:
        if len(command.payload) * 4 <= PAYLOAD_LIMIT:
            return command.payload
        wire = travelling(command.scope_id, command.payload)
        if not wire.chunks:
            return command.payload
        # Kept: another release may compress differently, and an op_id has one content for ever.
        self._outbox.prepare(command.op_id, wire.payload, wire.chunks)
        return wire.payload

    def _send_chunks(self, port: ServerPort, command: OutboxCommand) -> None:
        chunks = self._outbox.chunks(command)
        # Sending can take hours, and the server may sweep an old chunk meanwhile: looked once more.
        for _ in range(_SENDINGS):
            if not self._send_missing(port, command.scope_id, chunks):
                return

    def _send_missing(self, port: ServerPort, scope_id: UUID, chunks: Sequence[Chunk]) -> int:
        """Sends those that the server does not hold; how many."""
        sent = 0
        for start in range(0, len(chunks), _CHUNKS_A_QUESTION):
            part = chunks[start : start + _CHUNKS_A_QUESTION]
            missing = port.missing_chunks([chunk.sha256 for chunk in part], scope_id)
            for chunk in part:
                if chunk.sha256 in missing:
                    port.send_chunk(chunk)
                    sent += 1
        return sent


def _within_limits(commands: Sequence[OutboxCommand]) -> Iterator[OutboxCommand]:
    """The first commands that make a batch; a bulk command travels alone."""
    size = 0
    for number, command in enumerate(commands):
        size += min(len(command.payload.encode("utf-8")), PAYLOAD_LIMIT)
        if number and (command.bulk or size > BATCH_BYTES):
            return
        yield command
        if command.bulk:
            return
