"""The worker: applies what the desks ask for, one writer for a database."""

import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from uuid import UUID

import psycopg2
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.server.apply import is_transient
from app.server.connect import worker_engine, writing
from app.server.group import Group, decide_group, write_group
from app.server.inbox_ear import InboxEar
from app.server.jobs import JobBoard
from app.server.journal import Journal
from app.server.lease import Lease, LeaseBusy, LeaseHeld
from app.server.waiting import load, ready
from app.server.wake import Wake
from app.services.bus import PARTS
from app.services.commands import CommandPart

GROUP_SIZE = 200
_LOOK_AHEAD = 2_000
# A command that breaks the connection so often is taken for the culprit.
_BLAME_LIMIT = 6
_HEARTBEAT_SECONDS = 1.0
_BUSY_SECONDS = 0.02
_STANDBY_SECONDS = 0.5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_WAKE_DESKS = "select pg_notify('gantry_feed', '')"


class Worker:
    """Applies commands of one database. `dsn` is a libpq string of a login in `gantry_worker`.

    `apply_waiting()` works once; `run(stop)` works until `stop` is set, and stands by while another
    worker holds the lease. Use one object in one thread at a time.
    """

    def __init__(
        self,
        dsn: str,
        *,
        parts: Mapping[str, CommandPart] | None = None,
        jobs: JobBoard | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._dsn = dsn
        self._engine = worker_engine(dsn)
        self._parts = PARTS if parts is None else parts
        self._jobs = jobs
        self._journal = journal or Journal()
        self._lease = Lease()
        self._wake = Wake(time.monotonic)
        self._queue: deque[UUID] = deque()
        self._held: set[UUID] = set()
        self._blamed: Counter[UUID] = Counter()
        self._troubled = False
        self._heard_at = 0.0

    @property
    def leading(self) -> bool:
        """Whether this worker held the lease when it last looked."""
        return self._lease.held

    def apply_waiting(self) -> int:
        """Applies what waits now, then hands the lease back; how many commands were decided.

        LeaseHeld while another worker holds the lease; sqlalchemy's DBAPIError when the server
        cannot be reached.
        """
        total = 0
        self._held.clear()
        try:
            while (count := self._one_group()) is not None:
                total += count
        finally:
            self._hand_over()
        return total

    def run(self, stop: threading.Event) -> None:
        """Works until `stop` is set: woken by NOTIFY, looking by itself every second."""
        pause = _FIRST_PAUSE
        while not stop.is_set():
            try:
                with InboxEar(self._dsn) as ear:
                    pause = _FIRST_PAUSE
                    self._serve(ear, stop)
            except (psycopg2.Error, DBAPIError) as error:
                if not (isinstance(error, psycopg2.Error) or is_transient(error)):
                    self._journal.bug("server.worker.broken")
                self._journal.warn("server.worker.no_server", why=_first_line(error))
                self._lease.forget()
                self._engine.dispose()
                stop.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
        self._hand_over()

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()

    def _serve(self, ear: InboxEar, stop: threading.Event) -> None:
        while not stop.is_set():
            led = self._lease.held
            try:
                if not led and not self._may_lead():
                    ear.wait(_STANDBY_SECONDS, stop)
                    continue
                self._held.clear()
                worked = False
                while not stop.is_set() and self._one_group() is not None:
                    worked = True
                self._keep_house()
            except LeaseBusy:
                stop.wait(_BUSY_SECONDS)
                continue
            except LeaseHeld:
                if led:
                    self._journal.warn("server.worker.deposed")
                self._queue.clear()
                ear.wait(_STANDBY_SECONDS, stop)
                continue
            if not led and self._lease.held:
                self._journal.tell("server.worker.leads", epoch=self._lease.epoch or 0)
            if not worked:
                # People can send NOTIFY too: so many looks in a second and no more.
                stop.wait(_BUSY_SECONDS)
            ear.wait(self._idle_seconds(), stop)

    def _may_lead(self) -> bool:
        with self._engine.connect() as connection:
            return self._lease.may_be_free(connection)

    def _idle_seconds(self) -> float:
        return min(_HEARTBEAT_SECONDS, self._wake.wait_seconds()) if self._wake.owed else (
            _HEARTBEAT_SECONDS
        )

    def _one_group(self) -> int | None:
        """One transaction; how many commands it decided. None when nothing can be done now."""
        if not self._queue and not self._look():
            return None
        group = Group()
        started = False
        try:
            with writing(self._engine) as connection:
                led = self._lease.held
                at = self._lease.enter(connection)
                if not led:
                    self._wake.changed()
                started = True
                commands = load(connection, self._next_ids())
                with Session(connection) as session:
                    decide_group(
                        session, commands, self._parts, self._journal, group, self._hopeless()
                    )
                if group.outcomes:
                    assert self._lease.epoch is not None
                    write_group(connection, group, self._lease.epoch, at)
                    self._lease.seen(connection)
                    self._wake.changed()
                    woken = self._wake_desks(connection)
        except DBAPIError as error:
            self._after_failure(group, started, error)
            raise
        except LeaseHeld:
            self._queue.clear()
            raise
        if group.outcomes:
            self._heard_at = time.monotonic()
            if woken:
                self._wake.sent()
        self._after_success(group, len(commands))
        return len(group.outcomes)

    def _look(self) -> bool:
        with self._engine.connect() as connection:
            self._queue.extend(ready(connection, self._held, _LOOK_AHEAD))
        return bool(self._queue)

    def _next_ids(self) -> list[UUID]:
        size = 1 if self._troubled else GROUP_SIZE
        return [self._queue[index] for index in range(min(size, len(self._queue)))]

    def _hopeless(self) -> frozenset[UUID]:
        return frozenset(op_id for op_id, times in self._blamed.items() if times >= _BLAME_LIMIT)

    def _after_failure(self, group: Group, started: bool, error: DBAPIError) -> None:
        self._queue.clear()
        self._lease.forget()
        self._engine.dispose()
        culprit = group.at_work_on
        if started and culprit is not None and error.connection_invalidated:
            self._blamed[culprit.op_id] += 1
        self._troubled = True

    def _after_success(self, group: Group, loaded: int) -> None:
        del loaded
        handled = {command.op_id for command, _ in group.outcomes}
        for op_id in handled:
            self._blamed.pop(op_id, None)
        self._held |= group.held
        if group.held or not group.outcomes:
            # What a held device has in the queue must wait for another look.
            self._queue.clear()
        else:
            while self._queue and self._queue[0] in handled:
                self._queue.popleft()
        if group.outcomes and not self._blamed:
            self._troubled = False

    def _wake_desks(self, connection: Connection) -> bool:
        if not self._wake.owed or self._wake.wait_seconds() > 0:
            return False
        connection.exec_driver_sql(_WAKE_DESKS)
        return True

    def _keep_house(self) -> None:
        """Between groups: shows that the holder lives, wakes desks late, sees to the jobs."""
        due = time.monotonic() - self._heard_at >= _HEARTBEAT_SECONDS
        if not due and not (self._wake.owed and self._wake.wait_seconds() == 0):
            return
        with writing(self._engine) as connection:
            connection.exec_driver_sql("set local synchronous_commit = off")
            at = self._lease.enter(connection)
            self._lease.seen(connection)
            woken = self._wake_desks(connection)
            if self._jobs is not None:
                self._jobs.see_to(connection, at)
        self._heard_at = time.monotonic()
        if woken:
            self._wake.sent()

    def _hand_over(self) -> None:
        """Gives the lease back at the end of the work, with a last wake for the desks."""
        self._queue.clear()
        if not self._lease.held:
            return
        try:
            with writing(self._engine) as connection:
                self._lease.enter(connection)
                if self._wake.owed:
                    connection.exec_driver_sql(_WAKE_DESKS)
                self._lease.leave(connection)
            self._wake.sent()
        except (DBAPIError, LeaseHeld, LeaseBusy):
            # Whoever asks next gets the lease after a few seconds of silence.
            self._lease.forget()


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    return said.split("\n", 1)[0]


