"""The worker: applies what the desks ask for, one writer for a database."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

import psycopg2
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.engines import DeadlineMissed
from app.server.connect import Patience, worker_engine, writing
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
_BUSY_SECONDS = 0.02
_BUSY_TRIES = 100
_STANDBY_SECONDS = 0.5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 2.0
# A queue that somebody filled would take the whole transaction with it; desks look by themselves.
_WAKE_DESKS = "select pg_notify('gantry_feed', '') where pg_notification_queue_usage() < 0.5"


class Ear(Protocol):
    """Hears that commands arrived."""

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Waits for a wake, `seconds` at most or until `stop` is set; whether one came."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What comes to a worker from outside. `engine` is one of `connect.worker_engine`'s kind."""

    engine: Engine
    listen: Callable[[], AbstractContextManager[Ear]]
    monotonic: Callable[[], float] = time.monotonic
    holder: UUID = field(default_factory=uuid4)


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
        patience: Patience | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        patience = patience or Patience()
        around = surroundings or Surroundings(worker_engine(dsn, patience), lambda: InboxEar(dsn))
        self._engine = around.engine
        self._listen = around.listen
        self._monotonic = around.monotonic
        self._heartbeat = patience.silent / 3
        self._parts = PARTS if parts is None else parts
        self._jobs = jobs
        self._journal = journal or Journal()
        self._lease = Lease(patience.silent, around.holder)
        self._wake = Wake(self._monotonic)
        self._queue: deque[UUID] = deque()
        self._held: set[UUID] = set()
        self._blamed: Counter[UUID] = Counter()
        self._troubled = False
        self._seen_at = 0.0

    @property
    def holder(self) -> UUID:
        """The name under which this worker holds the lease."""
        return self._lease.holder

    @property
    def leading(self) -> bool:
        """Whether this worker held the lease when it last looked."""
        return self._lease.held

    def apply_waiting(self) -> int:
        """Applies what waits now, then hands the lease back; how many commands were decided.

        LeaseHeld while another worker holds the lease; sqlalchemy's DBAPIError when the server
        cannot be reached.
        """
        try:
            return self._patiently()
        finally:
            self._hand_over()

    def run(self, stop: threading.Event) -> None:
        """Works until `stop` is set: woken by NOTIFY, looking by itself every second."""
        pause = _FIRST_PAUSE
        while not stop.is_set():
            try:
                with self._listen() as ear:
                    pause = _FIRST_PAUSE
                    self._serve(ear, stop)
            except (psycopg2.Error, DBAPIError, DeadlineMissed) as error:
                self._journal.warn("server.worker.no_server", why=_first_line(error))
            except Exception:  # noqa: BLE001 - logged; one fault must not stop the company
                self._journal.bug("server.worker.broken")
            else:
                continue
            self.forget()
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        self._hand_over()

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()

    def _serve(self, ear: Ear, stop: threading.Event) -> None:
        while not stop.is_set():
            before, looks_again_in = self.turn(stop)
            stop.wait(before)
            ear.wait(looks_again_in, stop)

    def turn(self, stop: threading.Event) -> tuple[float, float]:
        """Does everything that is due. How many seconds nothing is worth a look, and after how
        many more there is something to do again even if nobody wakes the worker."""
        led = self._lease.held
        try:
            if not led and not self._may_lead():
                return 0.0, _STANDBY_SECONDS
            worked = self._apply_ready(stop)
            self._keep_house()
        except LeaseBusy:
            return _BUSY_SECONDS, 0.0
        except LeaseHeld:
            if led:
                self._journal.warn("server.worker.deposed")
            return 0.0, _STANDBY_SECONDS
        if not led and self._lease.held:
            self._journal.tell("server.worker.leads", epoch=self._lease.epoch or 0)
        # People can send NOTIFY too: so many looks in a second and no more.
        return 0.0 if worked else _BUSY_SECONDS, self._idle_seconds()

    def forget(self) -> None:
        """After a failure: what was known of the database is looked up again."""
        self._queue.clear()
        self._lease.forget()
        self._engine.dispose()

    def _patiently(self) -> int:
        for _ in range(_BUSY_TRIES):
            try:
                return self._apply_ready(threading.Event())
            except LeaseBusy:
                time.sleep(_BUSY_SECONDS)
        raise LeaseHeld

    def _apply_ready(self, stop: threading.Event) -> int:
        """Group after group until nothing can be done; how many commands were decided."""
        total = 0
        while not stop.is_set():
            self._held.clear()
            worked = 0
            while not stop.is_set() and (count := self._one_group()) is not None:
                worked += count
            total += worked
            if not (worked and self._held):
                break
            # What a held device waited for may have been decided meanwhile.
        return total

    def _may_lead(self) -> bool:
        with self._engine.connect() as connection:
            return self._lease.may_be_free(connection)

    def _idle_seconds(self) -> float:
        if self._wake.owed:
            return min(self._heartbeat, self._wake.wait_seconds())
        return self._heartbeat

    def _one_group(self) -> int | None:
        """One transaction; how many commands it decided. None when nothing can be done now."""
        if not self._queue and not self._look():
            return None
        group = Group()
        woken = False
        try:
            with writing(self._engine) as connection:
                at = self._enter(connection)
                commands = load(connection, self._next_ids())
                with Session(connection) as session:
                    decide_group(
                        session,
                        commands,
                        self._parts,
                        self._journal,
                        group,
                        self._hopeless(),
                        self._monotonic,
                    )
                if group.outcomes:
                    write_group(connection, group, self._lease.epoch or 0, at)
                    self._lease.seen(connection)
                    self._wake.changed()
                    woken = self._wake_desks(connection)
        except (DBAPIError, DeadlineMissed) as error:
            self._after_failure(group, error)
            raise
        except (LeaseHeld, LeaseBusy):
            self._queue.clear()
            raise
        self._after_success(group, woken)
        return len(group.outcomes)

    def _enter(self, connection: Connection) -> datetime:
        led = self._lease.held
        at = self._lease.enter(connection)
        if not led:
            # The writer before us may have died before it woke the desks.
            self._wake.changed()
        return at

    def _look(self) -> bool:
        with self._engine.connect() as connection:
            self._queue.extend(ready(connection, self._held, _LOOK_AHEAD))
        return bool(self._queue)

    def _next_ids(self) -> list[UUID]:
        size = 1 if self._troubled else GROUP_SIZE
        return [self._queue[index] for index in range(min(size, len(self._queue)))]

    def _hopeless(self) -> frozenset[UUID]:
        return frozenset(op_id for op_id, times in self._blamed.items() if times >= _BLAME_LIMIT)

    def _after_failure(self, group: Group, error: DBAPIError | DeadlineMissed) -> None:
        culprit = group.at_work_on
        if culprit is not None and getattr(error, "connection_invalidated", False):
            self._blamed[culprit.op_id] += 1
        self._troubled = True
        self.forget()

    def _after_success(self, group: Group, woken: bool) -> None:
        handled = {command.op_id for command, _ in group.outcomes}
        for op_id in handled:
            self._blamed.pop(op_id, None)
        self._held |= group.held
        if group.held or not handled:
            # What a held device has in the queue must wait for another look.
            self._queue.clear()
        while self._queue and self._queue[0] in handled:
            self._queue.popleft()
        if handled:
            self._seen_at = self._monotonic()
            self._troubled = bool(self._blamed)
        if woken:
            self._wake.sent()

    def _wake_desks(self, connection: Connection) -> bool:
        if not self._wake.owed or self._wake.wait_seconds() > 0:
            return False
        connection.exec_driver_sql(_WAKE_DESKS)
        return True

    def _keep_house(self) -> None:
        """Between groups: shows that the holder lives, wakes desks late, sees to the jobs."""
        due = self._monotonic() - self._seen_at >= self._heartbeat
        if not due and not (self._wake.owed and self._wake.wait_seconds() == 0):
            return
        with writing(self._engine) as connection:
            connection.exec_driver_sql("set local synchronous_commit = off")
            at = self._enter(connection)
            self._lease.seen(connection)
            woken = self._wake_desks(connection)
            if self._jobs is not None:
                self._jobs.see_to(connection, at)
        self._seen_at = self._monotonic()
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
        except (DBAPIError, DeadlineMissed, LeaseHeld, LeaseBusy):
            # Whoever asks next gets the lease after a few seconds of silence.
            self._lease.forget()


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return said.split("\n", 1)[0]
