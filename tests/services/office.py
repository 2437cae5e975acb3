"""A company on a real SQLite file: rows are written by commands, as a desk does it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Self
from uuid import UUID

import msgspec
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from app.core.ids import COMPANY_SCOPE, uuid7
from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.core.reconcile import ConflictState
from app.core.schedule.work_calendar import DAY_SHIFTS
from app.models.base import Base
from app.models.numbers import document_number
from app.models.parts import SYNCED
from app.models.people import Person, ScopeMember
from app.models.reconcile import Conflict
from app.services.bus import PARTS, apply_on_server, save_on_desk
from app.services.changes import Changes
from app.services.commands import Command, encode
from app.services.projects import CreateProject
from app.services.schedule.links import LinkTasks
from app.services.schedule.settings import SetUpSchedule
from app.services.schedule.tasks import AddTask
from app.services.tx import Clash, Tx

BEGINNING = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
SIX_DAYS = (DAY_SHIFTS,) * 6 + ((),)
WORKDAY = 480

# Their effects speak to PostgreSQL's own roles; the tests of the server run them.
ALIGNING = frozenset({"people.add", "people.grant", "people.revoke", "projects.create"})

_numbers = count(1)


def new_id() -> UUID:
    """An id, in order of asking."""
    number = next(_numbers)
    return uuid7(1_772_400_000_000 + number, number.to_bytes(10, "big"))


class Office:
    """A company's rows in one SQLite file, and commands of its people run one after another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)
        Base.metadata.create_all(
            self.engine, tables=[Base.metadata.tables[m.__tablename__] for m in SYNCED]
        )
        document_number.create(self.engine)
        self.now = BEGINNING
        self._hear: list[Callable[[Changes], None]] = []

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.dispose()

    def copy_to(self, path: Path) -> Self:
        """The same office on a file of its own. This one must be closed."""
        shutil.copyfile(self.path, path)
        other = copy(self)
        other.path = path
        other.engine = _engine(path)
        other._hear = []
        return other

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end."""
        with Session(self.engine) as session, session.begin():
            yield session

    def run(
        self, command: Command, actor: str, *, on_server: bool = False, op_id: UUID | None = None
    ) -> Changes:
        """Runs a command as somebody. Raises Refused or Clash and then leaves nothing behind."""
        self.now += timedelta(minutes=1)
        with self.write() as session:
            tx = Tx(
                session,
                scope_id=command.scope_id,
                op_id=op_id or new_id(),
                actor=actor,
                issued_at=self.now,
                received_at=self.now if on_server else None,
            )
            if on_server:
                part = PARTS[command.KIND]
                if part.kind in ALIGNING:
                    part = replace(part, server_effects=None)
                changes = apply_on_server(part, command, tx)
            else:
                changes = save_on_desk(command, tx)
        for tell in self._hear:
            tell(changes)
        return changes

    def run_late(self, command: Command, actor: str, *, op_id: UUID | None = None) -> UUID:
        """Runs a command that must clash and keeps the clash as the server does; returns its id."""
        op_id = op_id or new_id()
        issued_at = self.now
        try:
            self.run(command, actor, op_id=op_id)
        except Clash as clash:
            with self.write() as session:
                session.add(_conflict_row(session, clash, command, actor, op_id, issued_at))
            for tell in self._hear:
                tell(Changes({"conflict": frozenset({op_id})}))
            return op_id
        raise AssertionError(f"{command.KIND} did not clash")

    def listen(self, tell: Callable[[Changes], None]) -> None:
        """Calls back after every command."""
        self._hear.append(tell)

    def employ(self, login: str, name: str, job: Job, *, scope_id: UUID = COMPANY_SCOPE) -> None:
        """Adds a person, and a job held, as `gantry_admin` of the command line does."""
        with self.write() as session:
            if session.query(Person).filter_by(login=login).first() is None:
                session.add(
                    Person(**_stamp(COMPANY_SCOPE, self.now), login=login, display_name=name)
                )
            session.add(ScopeMember(**_stamp(scope_id, self.now), person=login, job=job))

    def found(self, actor: str, code: str, name: str, **fields: object) -> UUID:
        """A project with a six-day calendar; returns its id."""
        project_id = new_id()
        start = fields.pop("planned_start", date(2026, 3, 2))
        assert isinstance(start, date)
        command = CreateProject(
            scope_id=project_id,
            member_id=new_id(),
            code=code,
            name=name,
            kind=ProjectKind.RESIDENTIAL,
            stage=ProjectStage.ACTIVE,
            planned_start=start,
        )
        self.run(msgspec.structs.replace(command, **fields), actor)
        set_up = SetUpSchedule(
            scope_id=project_id,
            calendar_id=new_id(),
            calendar_name="六天工作制",
            week=SIX_DAYS,
            start_at=datetime(start.year, start.month, start.day, 8),  # noqa: DTZ001
        )
        self.run(set_up, actor)
        return project_id

    def chain(self, actor: str, project_id: UUID, *works: tuple[str, int]) -> list[UUID]:
        """Tasks one after another, (name, days); a duration of 0 makes a milestone."""
        ids: list[UUID] = []
        for name, days in works:
            task = AddTask(
                scope_id=project_id,
                task_id=new_id(),
                after_id=ids[-1] if ids else None,
                name=name,
                kind="finish_milestone" if not days else "task",  # type: ignore[arg-type]
                duration_minutes=days * WORKDAY,
            )
            self.run(msgspec.convert(msgspec.to_builtins(task), AddTask), actor)
            if ids:
                link = LinkTasks(
                    scope_id=project_id,
                    link_id=new_id(),
                    predecessor_id=ids[-1],
                    successor_id=task.task_id,
                )
                self.run(link, actor)
            ids.append(task.task_id)
        return ids


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{os.fspath(path)}")

    @event.listens_for(engine, "connect")
    def _set_up(connection: object, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]
        connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]
        connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]

    return engine


def _stamp(scope_id: UUID, now: datetime) -> dict[str, object]:
    return {
        "scope_id": scope_id,
        "id": new_id(),
        "row_version": 1,
        "created_at": now,
        "created_by": "gantry_admin",
        "updated_at": now,
        "updated_by": "gantry_admin",
    }


def _conflict_row(
    session: Session, clash: Clash, command: Command, actor: str, op_id: UUID, issued_at: datetime
) -> Conflict:
    model = next(m for m in SYNCED if m.__tablename__ == clash.row_table)
    row = session.get(model, (command.scope_id, clash.row_id))
    groups = [
        {
            "group": group.group,
            "base": msgspec.to_builtins(group.base),
            "mine": msgspec.to_builtins(group.mine),
            "theirs": msgspec.to_builtins(group.theirs),
        }
        for group in clash.clashes
    ]
    stamp = _stamp(command.scope_id, issued_at) | {"id": op_id}
    return Conflict(
        **stamp,
        actor=actor,
        device_id=UUID(int=1),
        kind=command.KIND,
        command=encode(command),
        row_table=clash.row_table,
        row_id=clash.row_id,
        their_actor="" if row is None else row.updated_by,
        their_at=None if row is None else row.updated_at,
        issued_at=issued_at,
        reason_id=clash.reason.text_id,
        reason_parameters={},
        groups=groups,
        state=ConflictState.OPEN,
    )
