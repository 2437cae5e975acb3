"""One transaction: a group of commands is decided, and everything about them is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.orm import Session

from app.core.errors import Reason
from app.models.protocol import command_result, device
from app.server import audit
from app.server.apply import (
    APPLIED,
    BLOCKED,
    Outcome,
    begin_commands,
    decide,
    refuse_without_right,
    refused_as_bug,
)
from app.server.journal import Journal
from app.server.waiting import Waiting, decided
from app.services.bus import ask_rights
from app.services.commands import CommandPart

# A group ends early, so that those who wait for an answer do not wait for a slow neighbour.
GROUP_SECONDS = 1.0

_DONE = "update command_inbox set done = true where op_id = any(%s::uuid[])"
_INACTIVE = (
    "select login from person where not active and login = any(%s)"
    " and scope_id = '00000000-0000-7000-8000-000000000001'"
)
_SEQUENCES = (
    update(device)
    .where(device.c.device_id == bindparam("of_device"))
    .values(last_seq=bindparam("reached"), last_seen=bindparam("at"))
)


@dataclass(slots=True)
class Group:
    """What a transaction decided, before it is committed."""

    outcomes: list[tuple[Waiting, Outcome]] = field(default_factory=list)
    held: set[UUID] = field(default_factory=set)
    inactive: frozenset[str] = frozenset()
    states: dict[UUID, str] = field(default_factory=dict)
    at_work_on: Waiting | None = None


def decide_group(
    session: Session,
    commands: Sequence[Waiting],
    parts: Mapping[str, CommandPart],
    journal: Journal,
    group: Group,
    hopeless: frozenset[UUID],
    monotonic: Callable[[], float],
) -> None:
    """Decides `commands` in order into `group`, up to the end of the time or a bulk command.

    `group.held` gets the devices whose next command waits for another's. `hopeless` commands are
    refused without being tried.
    """
    deadline = monotonic() + GROUP_SECONDS
    connection = session.connection()
    group.states.update(decided(connection, commands))
    group.inactive = _inactive(connection, commands)
    ask_rights(session, {(command.actor, command.scope_id) for command in commands})
    begin_commands(connection)
    for command in commands:
        if command.device_id in group.held:
            continue
        if _is_bulk(parts, command) and group.outcomes:
            break
        if command.depends_on is not None and command.depends_on not in group.states:
            group.held.add(command.device_id)
            continue
        group.at_work_on = command
        outcome = _outcome(session, command, parts, journal, group, hopeless)
        group.at_work_on = None
        group.outcomes.append((command, outcome))
        group.states[command.op_id] = outcome.state
        if outcome.changes.touches("person"):
            group.inactive = _inactive(session.connection(), commands)
        if _is_bulk(parts, command) or monotonic() > deadline:
            break


def _outcome(
    session: Session,
    command: Waiting,
    parts: Mapping[str, CommandPart],
    journal: Journal,
    group: Group,
    hopeless: frozenset[UUID],
) -> Outcome:
    if command.op_id in hopeless:
        return refused_as_bug(command)
    if command.depends_on is not None and group.states[command.depends_on] != APPLIED:
        return Outcome(BLOCKED, Reason("server.worker.blocked"))
    if command.actor in group.inactive:
        reason = Reason("server.worker.actor_inactive", {"login": command.actor})
        return refuse_without_right(session, command, command.payload, reason, journal)
    return decide(session, command, parts, journal)


def _is_bulk(parts: Mapping[str, CommandPart], command: Waiting) -> bool:
    part = parts.get(command.kind)
    return part is not None and part.bulk


def _inactive(connection: Connection, commands: Sequence[Waiting]) -> frozenset[str]:
    actors = sorted({command.actor for command in commands})
    return frozenset(row[0] for row in connection.exec_driver_sql(_INACTIVE, (actors,)))


def write_group(connection: Connection, group: Group, epoch: int, at: datetime) -> None:
    """Writes results, done, sequence numbers and, last, the audit chain."""
    connection.execute(
        insert(command_result),
        [_result(command, outcome, epoch, at) for command, outcome in group.outcomes],
    )
    connection.exec_driver_sql(_DONE, ([command.op_id for command, _ in group.outcomes],))
    reached: dict[UUID, int] = {}
    for command, _ in group.outcomes:
        reached[command.device_id] = max(
            command.device_seq, reached.get(command.device_id, command.device_seq)
        )
    connection.execute(
        _SEQUENCES,
        [{"of_device": key, "reached": seq, "at": at} for key, seq in reached.items()],
    )
    audit.append(
        connection,
        [
            audit.Decision(
                command.op_id,
                command.scope_id,
                command.actor,
                command.kind,
                outcome.state,
                command.payload_hash,
            )
            for command, outcome in group.outcomes
        ],
        at,
    )


def _result(command: Waiting, outcome: Outcome, epoch: int, at: datetime) -> dict[str, Any]:
    reason = outcome.reason
    return {
        "op_id": command.op_id,
        "scope_id": command.scope_id,
        "actor": command.actor,
        "state": outcome.state,
        "reason_id": reason.text_id if reason else None,
        "reason_parameters": dict(reason.parameters) if reason else None,
        "epoch": epoch,
        "applied_at": at,
    }
