"""Ends sessions of people that hold something for too long, whatever they told the server to wait.

A transaction that stays open keeps old rows and notifications from being cleared away, and an
upgrade from its tables. Every time-out of a session can be SET by its client; this one cannot.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

_END = "select app.end_overdue(%s, %s, %s)"
_EVERY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a person's session may do nothing in a transaction (`idle`), take for one
    `statement`, and for a `whole` transaction: a desk's first pull over a slow line is one."""

    idle: timedelta = timedelta(minutes=2)
    statement: timedelta = timedelta(minutes=5)
    whole: timedelta = timedelta(minutes=30)


class Overdue:
    """Looks now and then on a connection in autocommit; `monotonic` gives seconds."""

    def __init__(
        self,
        connection: Connection,
        limits: Limits | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._limits = limits or Limits()
        self._monotonic = monotonic
        self._look_at = monotonic()

    def look(self) -> int:
        """Ends what is overdue, every ten seconds; how many sessions. psycopg2.Error when the
        connection is lost."""
        now = self._monotonic()
        if now < self._look_at:
            return 0
        self._look_at = now + _EVERY_SECONDS
        limits = self._limits
        with self._connection.cursor() as cursor:
            cursor.execute(_END, (limits.idle, limits.statement, limits.whole))
            (ended,) = cursor.fetchone() or (0,)
        return int(ended)
