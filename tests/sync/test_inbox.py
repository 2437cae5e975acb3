"""Entries of the inbox, also of commands that this program cannot read."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.core.errors import Reason
from app.sync.inbox import EntryState, entries
from app.sync.outbox import OutboxCommand

COMMAND = OutboxCommand(
    op_id=UUID(int=1),
    scope_id=UUID(int=2),
    device_id=UUID(int=3),
    seq=1,
    kind="from.the.future",
    version=9,
    payload='{"typed": "没有丢"}',
    wire=None,
    issued_at=datetime(2026, 1, 1, tzinfo=UTC),
    depends_on=None,
    online=False,
    bulk=False,
    state="saved",
    reason=None,
)


def test_unknown_commands_keep_their_words() -> None:
    (entry,) = entries([COMMAND], {})
    assert entry.command is None
    assert (entry.payload, entry.state) == (COMMAND.payload, EntryState.WAITING)


def test_states_and_reasons() -> None:
    doubt, refusal = Reason("a.doubt"), Reason("a.refusal")
    refused = replace(COMMAND, op_id=UUID(int=4), state="refused", reason=refusal)
    stored = replace(COMMAND, op_id=UUID(int=5), state="stored")
    found = entries([COMMAND, refused, stored], {COMMAND.op_id: doubt, refused.op_id: doubt})
    assert [(one.state, one.reason, one.is_stored) for one in found] == [
        (EntryState.IN_DOUBT, doubt, False),
        (EntryState.REFUSED, refusal, True),
        (EntryState.WAITING, None, True),
    ]
