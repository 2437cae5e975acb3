"""The one writer: a row that every writing transaction locks first."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

_STATE = (
    "select holder, epoch, clock_timestamp() - seen_at > make_interval(secs => %s),"
    " clock_timestamp() from worker_lease where partition = 0"
)
_LOCK = f"{_STATE} for update nowait"
_TAKE = (
    "update worker_lease set holder = %s, epoch = %s, seen_at = clock_timestamp()"
    " where partition = 0"
)
_SEEN = "update worker_lease set seen_at = clock_timestamp() where partition = 0"
_LOCK_NOT_AVAILABLE = "55P03"
_LEAVE = "update worker_lease set holder = null where partition = 0"


class LeaseHeld(Exception):
    """Another worker writes: wait."""


class LeaseBusy(Exception):
    """Somebody has the row locked at this moment: try again soon."""


class Lease:
    """This worker's claim to be the one writer; its epoch goes up with every change of hands.

    A holder that was not seen for `silent` seconds has lost it to whoever asks next.
    """

    def __init__(self, silent: float, holder: UUID | None = None) -> None:
        self.holder = holder or uuid4()
        self._silent = silent
        self.epoch: int | None = None

    @property
    def held(self) -> bool:
        """Whether this worker was the writer when it last looked."""
        return self.epoch is not None

    def may_be_free(self, connection: Connection) -> bool:
        """A look without a lock, so that waiting workers do not get in the writer's way."""
        holder, _, silent, _ = connection.exec_driver_sql(_STATE, (self._silent,)).one()
        return holder is None or silent or holder == self.holder

    def enter(self, connection: Connection) -> datetime:
        """Locks the row for the connection's transaction; takes the lease when it is free.

        Returns the server's time. LeaseHeld when another worker has it (this one has lost it
        then), LeaseBusy when the row is locked.
        """
        try:
            found = connection.exec_driver_sql(_LOCK, (self._silent,)).one()
        except OperationalError as error:
            if getattr(error.orig, "pgcode", None) == _LOCK_NOT_AVAILABLE:
                raise LeaseBusy from None
            raise
        holder, epoch, silent, now = found
        if holder == self.holder and epoch == self.epoch:
            return _instant(now)
        self.epoch = None
        if holder is not None and not silent and holder != self.holder:
            raise LeaseHeld
        connection.exec_driver_sql(_TAKE, (self.holder, epoch + 1))
        self.epoch = epoch + 1
        return _instant(now)

    def seen(self, connection: Connection) -> None:
        """Shows that the holder lives. After `enter`, in the same transaction."""
        connection.exec_driver_sql(_SEEN)

    def leave(self, connection: Connection) -> None:
        """Hands the lease back. After `enter`, in the same transaction."""
        connection.exec_driver_sql(_LEAVE)
        self.epoch = None

    def forget(self) -> None:
        """After a failed transaction: whether the lease is still ours is not known."""
        self.epoch = None


def _instant(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value
