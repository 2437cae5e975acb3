"""Hears NOTIFY gantry_inbox on a connection of its own, which also ends overdue sessions."""

import select
import threading
import time
from types import TracebackType

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.server.connect import worker_connection
from app.server.overdue import Overdue

_SLICE_SECONDS = 0.2


class InboxEar:
    """Waits for commands to arrive. psycopg2.Error when the connection is lost."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: Connection | None = None
        self._overdue: Overdue | None = None

    def __enter__(self) -> "InboxEar":
        self._connection = worker_connection(self._dsn, name="gantry-server-ear")
        self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute("listen gantry_inbox")
        # At once: what kept the worker from its work may be why it listens anew.
        self._overdue = Overdue(self._connection)
        self._overdue.look()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits for a wake, `seconds` at most or until `stop` is set; whether one came."""
        opened = self._connection
        if opened is None or self._overdue is None:
            raise psycopg2.InterfaceError("not listening")
        self._overdue.look()
        deadline = time.monotonic() + seconds
        while not stop.is_set():
            left = deadline - time.monotonic()
            readable, _, _ = select.select([opened], [], [], max(0.0, min(left, _SLICE_SECONDS)))
            if readable:
                opened.poll()
            if opened.notifies:
                opened.notifies.clear()
                return True
            if left <= 0:
                return False
        return False
