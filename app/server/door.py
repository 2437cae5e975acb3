"""The administrator's door: commands go into the inbox like everybody's, and are waited for."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extras import execute_values, register_uuid

from app.core.errors import EnvironmentFault, Reason, Refused
from app.server.connect import administrator_connection
from app.server.lease import LeaseHeld
from app.server.worker import Worker
from app.services.commands import Command, encode
from app.sync.chunks import Wire, travelling

ADMINISTRATOR = "gantry_admin"
"""The command line's own name in the company; a member, never a login."""

_WAIT_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.05
_BATCH = 200
_INBOX = (
    "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind, kind_version,"
    " payload, issued_at) values %s"
)
_CHUNKS = (
    "insert into payload_chunk (scope_id, sha256, actor, body) values %s on conflict do nothing"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with who issues it, and when."""

    actor: str
    issued_at: datetime
    command: Command


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command; `reason` when it was not applied."""

    op_id: UUID
    state: str
    reason: Reason | None


class Door:
    """Issues commands with a superuser's connection. Close it after use.

    A device of its own for each actor and door: the numbers of two command lines never meet.
    """

    def __init__(self, superuser_dsn: str, worker_dsn: str | None = None) -> None:
        self.opened: Connection = administrator_connection(superuser_dsn)
        register_uuid(conn_or_curs=self.opened)  # type: ignore[no-untyped-call]
        # A superuser may do what a worker may, and the lease keeps the two apart.
        self._worker_dsn = worker_dsn or superuser_dsn
        self._devices: dict[str, tuple[UUID, int]] = {}

    def issue(self, command: Command) -> Answer:
        """Issues one command as the administrator and waits until it is applied.

        Refused with the server's reason; EnvironmentFault `server.admin.no_answer` when the worker
        that holds the lease does not answer.
        """
        (answer,) = self.settle(self.put([Asked(ADMINISTRATOR, datetime.now(UTC), command)]))
        if answer.state != "applied":
            reason = answer.reason or Reason("server.admin.not_applied", {"state": answer.state})
            raise Refused(reason.text_id, **reason.parameters)
        return answer

    def put(self, asked: Iterable[Asked]) -> list[UUID]:
        """Puts commands into the inbox in order; their op_ids."""
        op_ids: list[UUID] = []
        remaining = iter(asked)
        while batch := list(islice(remaining, _BATCH)):
            rows = [self._row(one) for one in batch]
            with self.opened.cursor() as cursor:
                execute_values(cursor, _INBOX, rows, page_size=_BATCH)
            op_ids += [row[0] for row in rows]
        return op_ids

    def settle(self, op_ids: Sequence[UUID]) -> list[Answer]:
        """Applies what waits if no worker runs, else waits for the one that does."""
        worker = Worker(self._worker_dsn)
        deadline = time.monotonic() + _WAIT_SECONDS
        try:
            while len(answers := self._answers(op_ids)) < len(op_ids):
                try:
                    worker.apply_waiting()
                except LeaseHeld:
                    time.sleep(_LOOK_AGAIN_SECONDS)
                if time.monotonic() > deadline:
                    raise EnvironmentFault("server.admin.no_answer", seconds=round(_WAIT_SECONDS))
        finally:
            worker.close()
        return [answers[op_id] for op_id in op_ids]

    def close(self) -> None:
        """Ends the connection."""
        self.opened.close()

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _row(self, asked: Asked) -> tuple[Any, ...]:
        command = asked.command
        device, seq = self._devices.get(asked.actor, (uuid4(), 0))
        self._devices[asked.actor] = (device, seq + 1)
        wire = travelling(command.scope_id, encode(command))
        self._send_chunks(asked.actor, wire)
        return (
            *(uuid4(), command.scope_id, asked.actor, device, seq + 1),
            *(command.KIND, command.VERSION, wire.payload, asked.issued_at),
        )

    def _send_chunks(self, actor: str, wire: Wire) -> None:
        for chunk in wire.chunks:
            row = (chunk.scope_id, chunk.sha256, actor, chunk.body)
            with self.opened.cursor() as cursor:
                execute_values(cursor, _CHUNKS, [row])

    def _answers(self, op_ids: Sequence[UUID]) -> dict[UUID, Answer]:
        with self.opened.cursor() as cursor:
            cursor.execute(
                "select op_id, state, reason_id, reason_parameters from command_result"
                " where op_id = any(%s)",
                (list(op_ids),),
            )
            return dict(_answer(row) for row in cursor.fetchall())


def _answer(row: tuple[Any, ...]) -> tuple[UUID, Answer]:
    op_id, state, reason_id, parameters = row
    reason = Reason(reason_id, parameters or {}) if reason_id else None
    return op_id, Answer(op_id, state, reason)
