"""Which commands wait, and which of them may go now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

# Without a gap from the last sequence number that was decided; in the order of arrival, but a
# device's own order first: a command that filled a gap arrived after those that it comes before.
_READY = """
with waiting as (
    select op_id, device_id, device_seq, last_seq,
        row_number() over run as place, max(received_no) over run as turn
    from command_inbox join device using (device_id)
    where not done and device_seq > last_seq
    window run as (partition by device_id order by device_seq)
)
select op_id from waiting
where device_seq = last_seq + place and device_id <> all(%s::uuid[])
order by turn, device_seq limit %s
"""

_LOAD = """
select op_id, scope_id, actor, device_id, device_seq, depends_on, kind, kind_version, payload,
    payload_hash, issued_at, received_at
from command_inbox where op_id = any(%s::uuid[]) and not done
"""

_DECIDED = "select op_id, state from command_result where op_id = any(%s::uuid[])"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command in the inbox that nobody has decided yet."""

    op_id: UUID
    scope_id: UUID
    actor: str
    device_id: UUID
    device_seq: int
    depends_on: UUID | None
    kind: str
    kind_version: int
    payload: str
    payload_hash: bytes
    issued_at: datetime
    received_at: datetime | None = None


def ready(connection: Connection, held: Collection[UUID], limit: int) -> list[UUID]:
    """The op_ids of the commands that may go now, but for those of the devices in `held`."""
    found = connection.exec_driver_sql(_READY, (list(held), limit))
    return [row[0] for row in found]


def load(connection: Connection, op_ids: Sequence[UUID]) -> list[Waiting]:
    """The commands in the order of `op_ids`; those decided meanwhile are left out."""
    found: dict[UUID, Waiting] = {}
    for row in connection.exec_driver_sql(_LOAD, (list(op_ids),)):
        fields = dict(row._mapping)
        found[row[0]] = Waiting(**{**fields, "payload_hash": bytes(row.payload_hash)})
    return [found[op_id] for op_id in op_ids if op_id in found]


def decided(connection: Connection, commands: Sequence[Waiting]) -> dict[UUID, str]:
    """The states of the commands that `commands` depend on, as far as they are decided."""
    wanted = [command.depends_on for command in commands if command.depends_on is not None]
    if not wanted:
        return {}
    return {row[0]: row[1] for row in connection.exec_driver_sql(_DECIDED, (wanted,))}
