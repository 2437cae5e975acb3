"""Runs pending commands on the cache again."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.core.errors import GantryError, Reason
from app.services.bus import apply_on_desk, part_of, remember_rights
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
    touched: list[Changes] = []
    with Replay(connection, actor) as replaying:
        for pending in commands:
            if pending.online:
                continue
            between()
            done, doubt = replaying.run(pending)
            touched.append(done)
            show(connection, pending.op_id, pending.scope_id, doubt)
    return all_changes(touched)


def all_changes(parts: Iterable[Changes]) -> Changes:
    """The union of many, without a copy for each."""
    tables: defaultdict[str, set[UUID]] = defaultdict(set)
    whole: set[str] = set()
    for part in parts:
        for name, ids in part.tables.items():
            tables[name] |= ids
            if not ids:
                whole.add(name)
    return Changes({name: frozenset(() if name in whole else ids) for name, ids in tables.items()})


class Replay:
    """Runs commands one after another in one session. A fresh one for each transaction: an older
    session would take rows that were written past it for unchanged."""

    def __init__(self, connection: Connection, actor: str) -> None:
        self._actor = actor
        # A savepoint for each commit of the session: a flush that fails takes back no more.
        self._session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        # Nobody else writes in this transaction, so the rights change only by our own commands.
        remember_rights(self._session)

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def run(self, pending: OutboxCommand) -> tuple[Changes, Reason | None]:
        """What a command changed, or why it was refused; in that case nothing stays of it.

        Faults of the disk and damage of the file pass through.
        """
        try:
            changes = self._apply(pending)
            self._session.commit()
        except Exception as error:
            if is_file_damage(error) or is_disk_fault(error):
                raise
            self._session.rollback()
            remember_rights(self._session)
            if isinstance(error, GantryError):
                return Changes(), error.reason
            # The server may well take it, and its answer comes in any case.
            logger.exception("replay of %s failed", pending.kind)
            return Changes(), Reason("sync.desk_bug", {"kind": pending.kind})
        finally:
            self._session.expunge_all()
        return changes, None

    def _apply(self, pending: OutboxCommand) -> Changes:
        command = decode(part_of(pending.kind), pending.version, pending.payload)
        tx = Tx(
            self._session,
            scope_id=pending.scope_id,
            op_id=pending.op_id,
            actor=self._actor,
            issued_at=pending.issued_at,
        )
        return apply_on_desk(command, tx)
