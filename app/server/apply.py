"""Decides one command: applied, refused, or in conflict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.errors import Reason, Refused
from app.core.ids import COMPANY_SCOPE
from app.core.reconcile import ConflictState
from app.models.base import Scoped
from app.models.engines import DeadlineMissed
from app.models.parts import SYNCED
from app.models.projects import Project
from app.models.reconcile import Conflict
from app.server.chunks import whole_payload
from app.server.journal import Journal
from app.server.waiting import Waiting
from app.services.bus import apply_on_server
from app.services.changes import Changes
from app.services.commands import CommandPart, decode
from app.services.tx import Clash, Tx

APPLIED, REFUSED, CONFLICT, BLOCKED = "applied", "refused", "conflict", "blocked"

NOT_PERMITTED = "people.not_permitted"
MOST_OPEN = 200
"""So many commands of one person without a right lie before those who lead a project."""

_MODELS: Mapping[str, type[Scoped]] = {model.__tablename__: model for model in SYNCED}

_SAVE = "savepoint command"
# Checks what was put off to the commit while the savepoint can still take it back; one round trip.
_KEEP = (
    "set constraints all immediate; set constraints all deferred;"
    " release savepoint command; savepoint command"
)
_TAKE_BACK = "rollback to savepoint command"

# Connection, serialisation, resources, locks, operator, system: the command is not to blame.
_TRANSIENT = ("08", "25P03", "40", "53", "55", "57", "58")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command."""

    state: str
    reason: Reason | None = None
    changes: Changes = field(default_factory=Changes)


def is_transient(error: BaseException) -> bool:
    """Whether the same command may well succeed at the next try."""
    if isinstance(error, DeadlineMissed):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "pgcode", None)
    return error.connection_invalidated or (
        type(error).__name__ in ("OperationalError", "InterfaceError")
        if code is None
        else code.startswith(_TRANSIENT)
    )


def begin_commands(connection: Connection) -> None:
    """Sets the savepoint that the first command of a transaction can be taken back to."""
    connection.exec_driver_sql(_SAVE)


def decide(
    session: Session,
    waiting: Waiting,
    parts: Mapping[str, CommandPart],
    journal: Journal,
) -> Outcome:
    """Runs a command in the transaction (`connect.writing`, `begin_commands`) of `session`.

    Raises DBAPIError or DeadlineMissed where the whole transaction has to be tried again.
    """
    payload = waiting.payload
    try:
        part = _part(parts, waiting)
        payload = whole_payload(
            session.connection(), waiting.actor, waiting.scope_id, waiting.kind, payload
        )
        command = decode(part, waiting.kind_version, payload)
        changes = _in_savepoint(session, waiting, lambda tx: apply_on_server(part, command, tx))
    except Refused as refusal:
        if refusal.reason.text_id == NOT_PERMITTED:
            return refuse_without_right(session, waiting, payload, refusal.reason, journal)
        return Outcome(REFUSED, refusal.reason)
    except Clash as clash:
        return _keep_conflict(session, waiting, payload, clash, journal)
    except Exception as error:
        if is_transient(error):
            raise
        return _bug(waiting, journal)
    return Outcome(APPLIED, None, changes)


def refuse_without_right(
    session: Session, waiting: Waiting, payload: str, reason: Reason, journal: Journal
) -> Outcome:
    """Refuses what a person who lost the right to it had saved. It also goes to those who lead
    where it belongs: its author may see nothing of the place any more, nor even log in."""
    if not _is_for_leaders(session, waiting):
        return Outcome(REFUSED, reason)
    clash = Clash("scope", waiting.scope_id, (), "reconcile.right_lost")
    kept = _keep_conflict(session, waiting, payload, clash, journal)
    return Outcome(REFUSED, reason, kept.changes)


def _is_for_leaders(session: Session, waiting: Waiting) -> bool:
    open_ones = select(Conflict.id).where(
        Conflict.scope_id == waiting.scope_id,
        Conflict.actor == waiting.actor,
        Conflict.row_table == "scope",
        Conflict.state == ConflictState.OPEN,
    )
    is_there = waiting.scope_id == COMPANY_SCOPE or session.scalar(
        select(Project.id).where(
            Project.scope_id == waiting.scope_id, Project.id == waiting.scope_id
        )
    )
    # Whoever writes to the inbox past a desk must not fill that of others.
    found = len(session.scalars(open_ones.limit(MOST_OPEN)).all()) if is_there else MOST_OPEN
    return found < MOST_OPEN


def refused_as_bug(waiting: Waiting) -> Outcome:
    """For a command that a fault of ours keeps from being applied."""
    return Outcome(REFUSED, Reason("sync.server_bug", {"op_id": str(waiting.op_id)}))


def _bug(waiting: Waiting, journal: Journal) -> Outcome:
    journal.bug("server.worker.bug", kind=waiting.kind, op_id=str(waiting.op_id))
    return refused_as_bug(waiting)


def _part(parts: Mapping[str, CommandPart], waiting: Waiting) -> CommandPart:
    part = parts.get(waiting.kind)
    if part is None:
        raise Refused("sync.kind_unknown", kind=waiting.kind)
    return part


def _in_savepoint(session: Session, waiting: Waiting, work: Callable[[Tx], Changes]) -> Changes:
    tx = Tx(
        session,
        scope_id=waiting.scope_id,
        op_id=waiting.op_id,
        actor=waiting.actor,
        issued_at=waiting.issued_at,
        received_at=waiting.received_at,
    )
    try:
        changes = work(tx)
        session.flush()
        session.connection().exec_driver_sql(_KEEP)
    except Exception as error:
        # In autocommit this only clears the Session: nothing goes to the server.
        session.rollback()
        if not is_transient(error):
            session.connection().exec_driver_sql(_TAKE_BACK)
        raise
    finally:
        session.expunge_all()
    return changes


def _keep_conflict(
    session: Session, waiting: Waiting, payload: str, clash: Clash, journal: Journal
) -> Outcome:
    try:
        changes = _in_savepoint(
            session, waiting, lambda tx: _add_conflict(tx, waiting, payload, clash)
        )
    except Exception as error:
        if is_transient(error):
            raise
        return _bug(waiting, journal)
    return Outcome(CONFLICT, clash.reason, changes)


def _add_conflict(tx: Tx, waiting: Waiting, payload: str, clash: Clash) -> Changes:
    theirs = _their_edit(tx, clash)
    tx.add(
        Conflict(
            id=waiting.op_id,
            actor=waiting.actor,
            device_id=waiting.device_id,
            kind=waiting.kind,
            command=payload,
            row_table=clash.row_table,
            row_id=clash.row_id,
            their_actor=theirs[0] if theirs else "",
            their_at=theirs[1] if theirs else None,
            issued_at=waiting.issued_at,
            reason_id=clash.reason.text_id,
            reason_parameters=dict(clash.reason.parameters),
            groups=[_group(found) for found in msgspec.to_builtins(clash.clashes)],
            state=ConflictState.OPEN,
            resolution=None,
            resolved_by="",
            resolved_at=None,
            remark="",
        )
    )
    return tx.changes()


def _their_edit(tx: Tx, clash: Clash) -> Any:
    model = _MODELS.get(clash.row_table)
    if model is None:
        return None
    return tx.session.execute(
        select(model.updated_by, model.updated_at).where(
            model.scope_id == tx.scope_id, model.id == clash.row_id
        )
    ).one_or_none()


def _group(found: dict[str, Any]) -> dict[str, Any]:
    # An empty `theirs` stands for a row that is gone.
    return {**found, "theirs": found["theirs"] or None}
