"""Sends what was saved. Re-sending is always safe: the server knows every op_id."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from app.core.errors import Reason
from app.models.limits import PAYLOAD_LIMIT
from app.sync.cache import Cache
from app.sync.chunks import travelling
from app.sync.clock import Chance, Clock, new_id
from app.sync.history import SERVER_NOTE, send_again_what_is_lost
from app.sync.outbox import Outbox, OutboxCommand, renew_device
from app.sync.wire import Chunk, Claim, PushAnswer, PushRejected, ServerPort, WireCommand

logger = logging.getLogger(__name__)

BATCH_COMMANDS: Final = 200
BATCH_BYTES: Final = 256 * 1024
_RENEWALS: Final = 3
_CHUNKS_A_QUESTION: Final = 100
_SENDINGS: Final = 3


class Push:
    """Empties an outbox into the server's inbox."""

    def __init__(self, outbox: Outbox, cache: Cache, clock: Clock, chance: Chance) -> None:
        self._outbox = outbox
        self._cache = cache
        self._clock = clock
        self._chance = chance
        self._tokens: dict[UUID, UUID] = {}

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
            stored += len(answer.stored | answer.differing)
            if answer.cloned:
                renewals += 1
                if renewals > _RENEWALS:
                    stored += self._give_up_taken(port, first)
                    renewals = 0
                    continue
                self._become_another(port, answer)
        return stored

    def _become_another(self, port: ServerPort, answer: PushAnswer) -> None:
        """Takes a new device. Where not another desk is to blame but a server that was set back,
        what it lost goes with the rest."""
        identity = self._outbox.note(SERVER_NOTE) or ""
        device, now = new_id(self._clock, self._chance), self._clock.now()
        if answer.taken:
            # What another person sent is not sent again in this one's name.
            renew_device(self._outbox, device)
            return
        send_again_what_is_lost(
            port, self._outbox, self._cache, identity, new_device=device, now=now
        )

    def _next_batch(self) -> list[OutboxCommand]:
        return list(_within_limits(self._outbox.unsent(BATCH_COMMANDS)))

    def _send(self, port: ServerPort, batch: Sequence[OutboxCommand]) -> PushAnswer | None:
        """Sends a batch; None if it has to be cut up, as a command in it can never be stored."""
        wired = [self._ready(port, command) for command in batch]
        try:
            answer = self._ask(port, wired)
        except PushRejected as rejected:
            if not rejected.for_ever:
                raise
            self._find_culprit(port, batch, wired)
            return None
        if answer.differing:
            logger.error("stored with other content: %s", sorted(map(str, answer.differing)))
        return answer

    def _ask(self, port: ServerPort, wired: Sequence[WireCommand]) -> PushAnswer:
        claim = self._outbox.claim(new_id(self._clock, self._chance), for_push=True)
        answer = port.push(wired, claim)
        if answer.agreed:
            self._tokens[claim.device_id] = claim.coming
        stored, agreed = answer.stored | answer.differing, claim if answer.agreed else None
        self._outbox.mark_stored(stored, self._clock.now(), answer.numbers, agreed)
        return answer

    def _find_culprit(
        self, port: ServerPort, batch: Sequence[OutboxCommand], wired: Sequence[WireCommand]
    ) -> None:
        for command, wire in zip(batch, wired, strict=True):
            try:
                answer = self._ask(port, [wire])
            except PushRejected as rejected:
                if not rejected.for_ever:
                    raise
                self._outbox.refuse_unsendable(command.op_id, rejected.reason)
                return
            if answer.cloned or not answer.stored | answer.differing:
                return

    def _give_up_taken(self, port: ServerPort, first: Mapping[UUID, OutboxCommand]) -> int:
        """No new device helps: somebody else has asked something under the id of a command, which
        comes back to its author. How many before it were stored. `first` are the commands as they
        were sent first: what came after it then waits for its number."""
        # Read again: they have other numbers since.
        left = [one for one in self._outbox.unsent(BATCH_COMMANDS) if one.op_id in first]
        for count, command in enumerate(left):
            answer = self._ask(port, [self._ready(port, command)])
            if answer.cloned:
                logger.error("the id %s is another's", command.op_id)
                self._outbox.refuse_unsendable(command.op_id, Reason("sync.id_taken"))
                self._fill(port, first[command.op_id])
                return count
        return len(left)

    def _fill(self, port: ServerPort, command: OutboxCommand) -> None:
        held = self._tokens.get(command.device_id)
        claim = Claim(command.device_id, held, new_id(self._clock, self._chance))
        port.push([self._in_place_of(command)], claim)

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
