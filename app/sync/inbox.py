"""What a person should look at: own edits that wait, were refused, or clash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.errors import Reason, Refused
from app.services.bus import part_of
from app.services.commands import Command, decode
from app.sync.outbox import OutboxCommand


class EntryState(StrEnum):
    """What became of an own edit."""

    WAITING = "waiting"
    IN_DOUBT = "in_doubt"
    """Refused on this desk after news from the server; the server has the last word."""
    REFUSED = "refused"
    CONFLICT = "conflict"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An own edit without a good end so far. `command` is None if this program cannot read it."""

    op_id: UUID
    scope_id: UUID
    kind: str
    command: Command | None
    state: EntryState
    reason: Reason | None
    issued_at: datetime
    payload: str
    """The whole command as JSON text, so that nothing typed is lost."""
    is_stored: bool
    """Whether the server is known to hold it."""


def entries(
    commands: Iterable[OutboxCommand], doubts: Mapping[UUID, Reason | None]
) -> list[InboxEntry]:
    """The entries of an outbox's commands, oldest first; `doubts` are the reasons by op_id."""
    return [_entry(command, doubts.get(command.op_id)) for command in commands]


def _entry(command: OutboxCommand, doubt: Reason | None) -> InboxEntry:
    if command.state in ("saved", "stored"):
        state = EntryState.IN_DOUBT if doubt is not None else EntryState.WAITING
        reason = doubt
    else:
        state, reason = EntryState(command.state), command.reason
    return InboxEntry(
        command.op_id,
        command.scope_id,
        command.kind,
        _parsed(command),
        state,
        reason,
        command.issued_at,
        command.payload,
        command.state != "saved",
    )


def _parsed(command: OutboxCommand) -> Command | None:
    try:
        found: Command = decode(part_of(command.kind), command.version, command.payload)
    except Refused:
        return None
    return found
