"""A company in processes that can be killed: PostgreSQL, two server processes, desks, a window."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

from psycopg2.extensions import make_dsn
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.errors import EnvironmentFault
from app.core.people import Job
from tests.faults.own_server import FAST, OwnServer
from tests.server.workers import ROOT, WorkerProcess
from tests.sync.desks import Office, founded_project, new_project
from tests.sync.proxy import Proxy

# A loaded machine is slow; nothing is concluded from how long it took.
PATIENCE_S = 120.0

_BACKENDS = (
    "select pid from pg_stat_activity where pid <> pg_backend_pid()"
    " and datname = current_database() order by pid"
)


class DeskProcess:
    """One `tests.faults.child`: loaded ahead, given its desk by `begin`, and killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.pid = self._process.pid
        self.saved: list[UUID] = []
        self.turned_down = 0
        self._spoke = threading.Event()
        self._reading = threading.Thread(target=self._listen, daemon=True)
        self._reading.start()

    def begin(self, told: Mapping[str, object]) -> None:
        """Tells it which desk it is."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def await_work(self) -> None:
        """Waits until it has said that something is saved."""
        assert self._spoke.wait(PATIENCE_S), "the desk does not get to work"

    def kill(self) -> list[UUID]:
        """As kill -9; what it had said is saved."""
        self._process.kill()
        self._process.wait()
        self._reading.join(PATIENCE_S)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        return self.saved

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            # Killed while it wrote: half a line was told to nobody.
            if line.startswith("saved ") and len(line) == len("saved \n") + 36:
                self.saved.append(UUID(line.split()[1]))
                self._spoke.set()
            elif line.startswith("not saved"):
                self.turned_down += 1
                self._spoke.set()


@dataclass
class Seat:
    """A person's desk: the process that works there now, and one that is ready to follow."""

    login: str
    project: UUID
    window: bool
    working: DeskProcess
    next: DeskProcess


class Town:
    """Opens with everything at work; `close()` ends all processes and removes PostgreSQL."""

    def __init__(
        self,
        folder: Path,
        chance: Random,
        *,
        desks: Mapping[str, bool],
        settings: Mapping[str, str] = FAST,
    ) -> None:
        """`desks`: for each login, whether its desk is a window."""
        self.chance = chance
        self.server = OwnServer(settings)
        self.line = Proxy(self.server.running.port)
        self.saved: list[UUID] = []
        self._seeds = 0
        self.seats: list[Seat] = []
        self.workers: list[WorkerProcess] = []
        for login in desks:
            self.server.add_person(login, login, Job.ADMINISTRATOR)
        self.office = Office(self.server, folder)
        projects = self._found(list(desks))
        self.workers = [self._new_worker(), self._new_worker()]
        self.shared = projects["shared"]
        for login, window in desks.items():
            seat = Seat(login, projects[login], window, DeskProcess(), DeskProcess())
            self.seats.append(seat)
            self._sit_down(seat)

    def _found(self, logins: list[str]) -> dict[str, UUID]:
        """A project for each desk and one for all, on every desk's cache."""
        first = self.office.filled(logins[0])
        founded = {"shared": founded_project(self.office, first)}
        for login in logins:
            command = new_project(first, login)
            first.execute(command)
            founded[login] = command.scope_id
        self.office.sync(first)
        first.close()
        for login in logins:
            self.office.filled(login).close()
        return founded

    def _sit_down(self, seat: Seat) -> None:
        profile = self.office.profile(seat.login)
        self._seeds += 1
        seat.working.begin(
            {
                "folder": str(profile.folder),
                "login": seat.login,
                "port": self.line.port,
                "database": profile.database,
                "secrets": self.office.keys(profile)._secrets,
                "project": str(seat.project),
                "shared": str(self.shared),
                "seed": self._seeds,
                "window": seat.window,
            }
        )

    def _new_worker(self) -> WorkerProcess:
        return WorkerProcess(make_dsn(self.server.worker_dsn, port=self.line.port))

    def kill_desk(self, seat: Seat) -> None:
        """kill -9 of a desk at work; another process takes its files over."""
        seat.working.await_work()
        self._rest(0.3)
        self.saved += seat.working.kill()
        seat.working, seat.next = seat.next, DeskProcess()
        self._sit_down(seat)

    def kill_worker(self) -> None:
        """kill -9 of one of the two server processes; another is started."""
        self._rest(0.2)
        fallen = self.workers.pop(self.chance.randrange(len(self.workers)))
        fallen.kill()
        fallen.__exit__(None, None, None)
        self.workers.append(self._new_worker())

    def stop_worker(self) -> None:
        """SIGSTOP of a server process for longer than it keeps the lease, then SIGCONT."""
        stopped = self.chance.choice(self.workers)
        stopped.freeze()
        self._rest(3.0)
        stopped.thaw()

    def kill_backend(self) -> None:
        """kill -9 of a process of PostgreSQL that works for a desk or a server process."""
        self._rest(0.2)
        self.server.kill_backend(self.chance.choice(self._backends()))

    def kill_postmaster(self) -> None:
        """kill -9 of PostgreSQL; it is started again as its controller does."""
        self._rest(0.2)
        self.server.kill_postmaster()
        self._rest(0.2)
        self.server.start()
        self.line.target = self.server.running.port

    def cut_line(self) -> None:
        """Every connection of desks and server processes breaks."""
        self._rest(0.2)
        self.line.cut_all()

    def _backends(self) -> list[int]:
        """The processes that serve somebody, as soon as PostgreSQL has recovered from the last
        blow and somebody is there."""
        for _ in range(round(PATIENCE_S / 0.05)):
            with suppress(DBAPIError), self.server.admin.connect() as connection:
                if found := connection.execute(text(_BACKENDS)).scalars().all():
                    return list(found)
            self._rest(0.1)
        raise AssertionError("PostgreSQL does not recover")

    def _rest(self, most: float) -> None:
        threading.Event().wait(self.chance.uniform(0, most))

    def settle(self) -> None:
        """Ends the desks' processes and lets their files sync until nothing waits any more."""
        for seat in self.seats:
            self.saved += seat.working.kill()
            seat.next.kill()
        desks = [self.office.desk(seat.login, port=self.line.port) for seat in self.seats]
        for desk in [*desks, *desks]:
            status = desk.sync_until_quiet(PATIENCE_S)
            if status.pending:
                raise EnvironmentFault("sync.no_answer")
        self.desks = desks

    def close(self) -> None:
        """Ends everything."""
        for seat in self.seats:
            seat.working.kill()
            seat.next.kill()
        for worker in self.workers:
            worker.__exit__(None, None, None)
        self.office.close()
        self.line.close()
        self.server.close()
