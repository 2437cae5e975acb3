"""A worker's session with the simulated server: its transaction, and how it is taken away."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from tests.simulation.disk import Killed
from tests.simulation.statements import SQLITE
from tests.simulation.store import MOST_IDLE_S, ServerStore, plain

_LOCK_NOT_AVAILABLE = "55P03"
_GONE = "Cannot operate on a closed database."


class Host:
    """The machine of one server process. `pause()` is called before each of its statements."""

    def __init__(self, store: ServerStore, pause: Callable[[], None]) -> None:
        self.store = store
        self.pause = pause
        self.kill_after: int | None = None
        self.dead = False
        self.cut = False
        self.cut_answer = False
        self.sessions: list[_Session] = []

    def engine(self) -> Engine:
        """An engine as `connect.worker_engine` makes it: autocommit, begin and commit as words."""
        return create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,
        )

    def _connect(self) -> Any:
        if self.cut or self.store.standby:
            raise sqlcipher.OperationalError("no connection")
        session: _Session = self.store.connect(_Session)
        session.host = self
        self.sessions.append(session)
        return session

    def look(self) -> None:
        """Killed if it is time."""
        if self.dead:
            raise Killed
        if self.kill_after is not None:
            self.kill_after -= 1
            if self.kill_after < 0:
                self.dead = True
                raise Killed

    def end_sessions(self) -> None:
        """The server ends all sessions of the process: it died, or the line is cut."""
        for session in self.sessions:
            session.end()
        self.sessions.clear()

    def end_idle(self) -> None:
        """idle_in_transaction_session_timeout."""
        for session in self.sessions:
            if session.xid and self.store.time.seconds - session.used_at > MOST_IDLE_S:
                session.end()


class _Session(sqlcipher.Connection):  # type: ignore[misc]
    host: Host
    xid = 0
    used_at = 0.0
    gone = False
    wakes = False
    locked = False
    """Another transaction holds the lock: the first thing asked for in this one cannot be had."""

    def cursor(self, *_: Any) -> Any:
        return super().cursor(_Cursor) if hasattr(self, "host") else super().cursor()

    def run(self, statement: str) -> None:
        """A statement of the simulation's own."""
        sqlcipher.Cursor.execute(super().cursor(), statement)

    def begin(self) -> None:
        store = self.host.store
        self.xid = store.begin()
        self.locked = store.writer is not None
        if not self.locked:
            store.writer = self
            self.run("BEGIN IMMEDIATE")
            self.run(f"UPDATE current_xid SET xid = {self.xid}")

    def finish(self, how: str) -> None:
        store = self.host.store
        if self.xid and not self.locked:
            self.run(how)
            store.writer = None
        store.end(self.xid)
        if how == "COMMIT" and self.wakes:
            store.wake_desks()
        self.xid, self.locked, self.wakes = 0, False, False
        if store.writer is None:
            store.store_late()

    def end(self) -> None:
        """As pg_terminate_backend: what is not committed never was."""
        if self.xid:
            self.finish("ROLLBACK")
        self.gone = True

    def rollback(self) -> None:
        """SQLAlchemy's own: in autocommit it says nothing to the server."""

    def commit(self) -> None:
        """SQLAlchemy's own: in autocommit it says nothing to the server."""

    def close(self) -> None:
        if not self.host.dead:
            self.end()


class _Cursor(sqlcipher.Cursor):  # type: ignore[misc]
    def execute(self, statement: str, values: Any = ()) -> Any:
        session: _Session = self.connection
        host = session.host
        host.look()
        host.pause()
        host.look()
        if host.cut and not session.gone:
            session.end()
        if session.gone:
            raise sqlcipher.ProgrammingError(_GONE)
        session.used_at = host.store.time.seconds
        if statement == "commit":
            self._commit(session)
        elif statement == "rollback":
            session.finish("ROLLBACK")
        elif statement == "begin":
            session.begin()
        else:
            self._run(session, statement, values)
        return self

    def _commit(self, session: _Session) -> None:
        if session.locked:
            raise sqlcipher.OperationalError("nothing was locked")
        session.finish("COMMIT")
        session.host.look()
        if session.host.cut_answer:
            session.host.cut_answer = False
            session.end()
            raise sqlcipher.ProgrammingError(_GONE)

    def _run(self, session: _Session, statement: str, values: Any) -> None:
        if session.locked:
            refused = sqlcipher.OperationalError("could not obtain lock")
            refused.pgcode = _LOCK_NOT_AVAILABLE
            raise refused
        own = SQLITE.get(statement)
        if own is None:
            if "%s" in statement:
                raise AssertionError(f"no words for SQLite: {statement}")
            super().execute(statement, _values(values))
            return
        for part in own:
            super().execute(part, _values(values) if "?" in part else ())
            if part == "PRAGMA foreign_key_check" and self.fetchone() is not None:
                raise sqlcipher.IntegrityError("FOREIGN KEY constraint failed")
            session.wakes |= part == "SELECT 'wake'"

    def executemany(self, statement: str, values: Any) -> Any:
        session: _Session = self.connection
        session.host.look()
        session.host.pause()
        session.host.look()
        if session.gone:
            raise sqlcipher.ProgrammingError(_GONE)
        super().executemany(statement, [_values(one) for one in values])
        return self


def _values(values: Any) -> Any:
    return tuple(plain(value) for value in values)


class SimEar:
    """Nobody waits in the simulation: it turns a worker when it pleases."""

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """At once."""
        del seconds, stop
        return False
