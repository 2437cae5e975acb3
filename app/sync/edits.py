"""Saving an edit: handler on the cache, then the outbox, then the cache's commit."""

import logging
import re
from typing import Final
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Refused
from app.services.bus import PARTS, part_of, save_on_desk
from app.services.changes import Changes
from app.services.commands import Command, decode, encode
from app.services.tx import Tx
from app.sync.ballast import Ballast
from app.sync.cache import Cache
from app.sync.cache_state import is_filled, show
from app.sync.clock import Clock
from app.sync.faults import FileDamaged, disk_fault, is_disk_fault
from app.sync.gate import WriteGate
from app.sync.journal import journal_on
from app.sync.outbox import Outbox

logger = logging.getLogger(__name__)

_FOUNDING: Final = frozenset(kind for kind, part in PARTS.items() if part.founding)
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class Edits:
    """Takes a person's edits, one at a time."""

    def __init__(
        self,
        cache: Cache,
        outbox: Outbox,
        gate: WriteGate,
        ballast: Ballast,
        actor: str,
        clock: Clock,
    ) -> None:
        self._cache = cache
        self._outbox = outbox
        self._gate = gate
        self._ballast = ballast
        self._actor = actor
        self._clock = clock
        self.behind = False
        """Whether something saved is not shown: the link has to replay it."""

    def save(self, command: Command, op_id: UUID, depends_on: UUID | None) -> Changes:
        """Runs and saves a command. Refused or Clash: nothing is saved. EnvironmentFault
        `sync.disk_full`: nothing is saved. FileDamaged: the cache is, and nothing is saved."""
        part = part_of(command.KIND)
        check_storable(command)
        self._ballast.ensure()
        saved = False
        changes = Changes()
        issued_at = self._clock.now()
        founded_by = depends_on or self._founding(command)
        try:
            with self._gate.edit(), self._cache.edit() as connection:
                if not is_filled(connection):
                    raise EnvironmentFault("sync.not_filled_yet")
                journal_on(connection)
                with Session(connection, join_transaction_mode="rollback_only") as session:
                    tx = Tx(
                        session,
                        scope_id=command.scope_id,
                        op_id=op_id,
                        actor=self._actor,
                        issued_at=issued_at,
                    )
                    changes = save_on_desk(command, tx)
                show(connection, op_id, command.scope_id)
                self._outbox.save(
                    part, command, op_id=op_id, issued_at=issued_at, depends_on=founded_by
                )
                saved = True
        except (DBAPIError, sqlcipher.Error, FileDamaged) as error:
            if saved:
                # Whoever hears of a fault makes the edit again, and it would be there twice.
                logger.warning("saved, but not shown yet: %s", error)
                self.behind = True
            elif is_disk_fault(error):
                self._ballast.drop()
                raise disk_fault(str(self._ballast.folder)) from error
            else:
                raise
        return changes

    def ask(self, command: Command, op_id: UUID) -> None:
        """Saves a command that only the server can run."""
        check_storable(command)
        self._ballast.ensure()
        try:
            self._outbox.save(
                part_of(command.KIND),
                command,
                op_id=op_id,
                issued_at=self._clock.now(),
                depends_on=self._founding(command),
            )
        except sqlcipher.Error as error:
            if not is_disk_fault(error):
                raise
            self._ballast.drop()
            raise disk_fault(str(self._ballast.folder)) from error

    def _founding(self, command: Command) -> UUID | None:
        if command.KIND in _FOUNDING:
            return None
        return self._outbox.founding_command(command.scope_id, _FOUNDING)


def check_storable(command: Command) -> None:
    """Refused for what the server would not take: too long, of a wrong kind, or a NUL in a text."""
    try:
        payload = encode(command)
    except UnicodeEncodeError as error:
        raise Refused("sync.payload_malformed", kind=command.KIND, detail=error.reason) from None
    if "\\u0000" in payload and _NUL.search(payload):
        raise Refused("sync.payload_malformed", kind=command.KIND, detail="NUL")
    # A command made here was never decoded, and only decoding looks at lengths and kinds.
    decode(part_of(command.KIND), command.VERSION, payload)
