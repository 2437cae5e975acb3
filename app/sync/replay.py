"""Runs pending commands on the cache again."""

import logging
from collections.abc import Callable, Iterable

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.core.errors import GantryError, Reason
from app.services.bus import apply_on_desk, part_of
from app.services.changes import Changes
from app.services.commands import decode
from app.services.tx import Tx
from app.sync.cache_state import show
from app.sync.faults import is_disk_fault, is_file_damage
from app.sync.journal import journal_on
from app.sync.outbox import OutboxCommand

logger = logging.getLogger(__name__)


def replay(
    connection: Connection,
    commands: Iterable[OutboxCommand],
    actor: str,
    between: Callable[[], None] = lambda: None,
) -> Changes:
    """Replays commands in order; one refused here stays pending, in doubt, without effect.

    `between` is called before each and may raise to give up.
    """
    journal_on(connection)
    changes = Changes()
    for pending in commands:
        if pending.online:
            continue
        between()
        changes |= _replay_one(connection, pending, actor)
    return changes


def _replay_one(connection: Connection, pending: OutboxCommand, actor: str) -> Changes:
    doubt: Reason | None = None
    changes = Changes()
    savepoint = connection.begin_nested()
    try:
        changes = run_command(connection, pending, actor)
        savepoint.commit()
    except GantryError as refusal:
        savepoint.rollback()
        doubt = refusal.reason
    except Exception as error:
        if is_file_damage(error) or is_disk_fault(error):
            raise
        # The server may well take it, and its answer comes in any case.
        savepoint.rollback()
        logger.exception("replay of %s failed", pending.kind)
        doubt = Reason("sync.desk_bug", {"kind": pending.kind})
    show(connection, pending.op_id, pending.scope_id, doubt)
    return changes


def run_command(connection: Connection, pending: OutboxCommand, actor: str) -> Changes:
    """Runs one command's handler. Raises Refused or Clash."""
    command = decode(part_of(pending.kind), pending.version, pending.payload)
    with Session(connection, join_transaction_mode="rollback_only") as session:
        tx = Tx(
            session,
            scope_id=pending.scope_id,
            op_id=pending.op_id,
            actor=actor,
            issued_at=pending.issued_at,
        )
        return apply_on_desk(command, tx)
