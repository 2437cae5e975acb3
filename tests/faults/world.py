"""Three desks, two server processes and one PostgreSQL, for the state machine."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from app.core.errors import EnvironmentFault, Refused
from app.core.people import Job
from app.models.engines import DeadlineMissed, postgres_engine
from app.models.stock import StockBalance, StockMove
from app.server.connect import Patience
from app.server.lease import LeaseHeld
from app.server.worker import Worker
from app.services.commands import Command
from app.services.stock.items import AddItem, AddLocation
from app.services.tx import Clash
from app.sync.cache import CACHE_FILE
from app.sync.desk import Desk
from app.sync.keys import PASSWORD
from app.sync.link_faults import translated
from app.sync.outbox_copy import OUTBOX_FILE
from app.sync.postgres_port import PostgresPort
from app.sync.staging import STAGE_FILE
from app.sync.wire import Seen, ServerPort, ServerView
from tests.faults import invariants
from tests.faults.damage import copy_as_killed, put_back
from tests.faults.reading import desk_state, readable_rows, rows_for, server_state
from tests.faults.state import Rows
from tests.servers import Server
from tests.sync.desks import HandClock, Office, new_project, turn_until_idle
from tests.sync.proxy import Fault, Proxy

_JOBS = {"anna": Job.ADMINISTRATOR, "boris": Job.ADMINISTRATOR, "chen": Job.PLANNER}
LOGINS = tuple(_JOBS)
PATIENCE = Patience(silent=0.2, stalled=0.4, answer=0.15)
SILENCE_S = 0.2
DAY = date(2026, 3, 5)
_FILES = (CACHE_FILE, STAGE_FILE, OUTBOX_FILE)
_TRIES = 100


class WatchedPort(PostgresPort):
    """Writes down what every snapshot of a pull shows in whole."""

    def watch(self, snapshots: dict[str, Rows]) -> "WatchedPort":
        self._snapshots = snapshots
        return self

    @contextmanager
    def _view(self, seen: Seen) -> Iterator[ServerView]:
        with super()._view(seen) as view:
            try:
                rows = readable_rows(self._connection, view.hello.readable)
            except (psycopg2.Error, DBAPIError, DeadlineMissed) as error:
                raise translated(error) from error
            self._snapshots[view.snapshot] = rows
            yield view


class World:
    """What the rules of the machine act on."""

    def __init__(self, folder: Path) -> None:
        self.server = Server()
        for login, job in _JOBS.items():
            self.server.add_person(login, login, job)
        with self.server.admin.begin() as connection:
            for login in LOGINS:
                connection.execute(text(f"alter role {login} set idle_session_timeout = '3s'"))
        port = int(parse_dsn(self.server.superuser_dsn)["port"])
        self.line, self.workers_line = Proxy(port), Proxy(port)
        self.office = Office(self.server, folder)
        self._aside = folder / "aside"
        self.snapshots: dict[str, dict[str, Rows]] = {login: {} for login in LOGINS}
        struck = make_dsn(self.server.worker_dsn, port=self.workers_line.port)
        self.workers = [Worker(dsn, patience=PATIENCE) for dsn in (struck, self.server.worker_dsn)]
        self.saved: set[UUID] = set()
        self.desks: list[Desk] = [self._open(login) for login in LOGINS]
        self.projects: list[UUID] = []
        self.item, self.location = self.desks[0].new_id(), self.desks[0].new_id()
        self._late: Connection | None = None
        self._member: UUID | None = None
        self._furnish()

    def _furnish(self) -> None:
        """A project that all hold, with one item at one place."""
        for desk in self.desks:
            turn_until_idle(desk)
        anna = self.desks[0]
        founded = new_project(anna)
        self.projects.append(founded.scope_id)
        self.execute(0, lambda _: founded)
        scope = founded.scope_id
        self.execute(
            0,
            lambda _: AddItem(
                scope_id=scope, item_id=self.item, code="GJ-12", name="螺纹钢", unit="t"
            ),
        )
        self.execute(
            0,
            lambda _: AddLocation(
                scope_id=scope, location_id=self.location, code="A", name="东侧料场"
            ),
        )
        self.turn(0)
        self.work(1)
        self.change_rights()
        for number in range(len(self.desks)):
            self.turn(number)

    def _open(self, login: str) -> Desk:
        profile = self.office.profile(login, port=self.line.port)

        def connect() -> ServerPort:
            password = self.office.keys(profile).load(PASSWORD)
            (address,) = profile.addresses()
            engine = postgres_engine(address, password or "", silence_s=SILENCE_S)
            return WatchedPort(engine).watch(self.snapshots[login])

        keys = self.office.keys(profile)
        return Desk.open(profile, keys, clock=HandClock(), connector=connect)

    def execute(self, number: int, command: Callable[[Desk], Command | None]) -> None:
        """An edit, as far as the desk shows what it is about."""
        desk = self.desks[number]
        asked = command(desk)
        if asked is not None:
            # Turned down, nothing was promised.
            with suppress(Refused, Clash, EnvironmentFault):
                self.saved.add(desk.execute(asked).op_id)

    def turn(self, number: int) -> None:
        """A desk meets the server."""
        self.desks[number]._store.link.retry_now()
        turn_until_idle(self.desks[number])

    def struck_turn(self, number: int, request: int, fault: Fault) -> None:
        """A desk meets the server over a line that fails."""
        self.line.strike(request, fault)
        self.turn(number)
        self.line.calm()

    def work(self, number: int) -> bool:
        """A server process applies what it has; whether it came to an end."""
        try:
            self.workers[number].apply_waiting()
        except (DBAPIError, DeadlineMissed, LeaseHeld):
            return False
        return True

    def struck_work(self, request: int, fault: Fault) -> None:
        """The first server process works over a line that fails."""
        self.workers_line.strike(request, fault)
        self.work(0)
        self.workers_line.calm()

    def restart(self, number: int, *, killed: bool) -> None:
        """A desk is closed, or killed, and opened again."""
        folder = self.desks[number].profile.folder
        if killed:
            copy_as_killed(folder, _FILES, self._aside)
        self.desks[number].close()
        if killed:
            put_back(self._aside, _FILES, folder)
        self.desks[number] = self._open(LOGINS[number])

    def begin_late(self) -> None:
        """A transaction elsewhere writes, and stays open."""
        if self._late is None:
            self._late = self.server.admin.connect()
            self._late.execute(
                text("update person set phone = phone || '1', row_version = row_version + 1")
            )

    def end_late(self, *, commit: bool) -> None:
        """It ends at last."""
        late, self._late = self._late, None
        if late is not None:
            if commit:
                late.commit()
            late.close()

    def change_rights(self) -> None:
        """Chen is let into the project, or sent away."""
        if self._member is None:
            self._member = self.server.grant("chen", self.projects[0], Job.PROJECT_MANAGER)
        else:
            self.server.revoke(self._member)
            self._member = None

    def findings(self) -> list[str]:
        """What does not hold at this moment."""
        found = invariants.of_server(server_state(self.server.admin))
        states = [desk_state(desk) for desk in self.desks]
        found += invariants.saved_is_known(self.saved, states)
        for state in states:
            found += invariants.cache_is_a_snapshot(state, self.snapshots[state.login])
        return found + self._stock()

    def heal(self) -> list[str]:
        """Everything works again: what does not hold in the end."""
        self.end_late(commit=True)
        for _ in range(3):
            for number in range(len(self.desks)):
                self.turn(number)
            if not any(self.work(1) for _ in range(_TRIES)):
                return ["14: the server process does not come to work"]
        for number in range(len(self.desks)):
            self.turn(number)
        found = self.findings()
        found += invariants.saved_ends(self.saved, server_state(self.server.admin))
        for desk in self.desks:
            theirs = rows_for(self.server.engine_as(desk.profile.login))
            found += invariants.after_healing(desk_state(desk), theirs)
        return found

    def _stock(self) -> list[str]:
        moved: dict[tuple[UUID, UUID], Decimal] = {}
        with self.server.admin.connect() as connection:
            moves = connection.execute(
                select(StockMove.item_id, StockMove.location_id, StockMove.quantity)
            )
            for item, location, quantity in moves:
                moved[item, location] = moved.get((item, location), Decimal(0)) + quantity
            balances: list[Mapping[str, object]] = [
                {"place": (item, location), "quantity": on_hand, "short": short}
                for item, location, on_hand, short in connection.execute(
                    select(
                        StockBalance.item_id,
                        StockBalance.location_id,
                        StockBalance.on_hand,
                        StockBalance.short_quantity,
                    )
                )
            ]
        return invariants.stock_adds_up(balances, moved)

    def close(self) -> None:
        """Ends everything."""
        self.end_late(commit=False)
        for desk in self.desks:
            desk.close()
        for worker in self.workers:
            worker.close()
        self.line.close()
        self.workers_line.close()
        self.server.close()
