"""A site office on a real SQLite file: commands of its people, run as a desk runs them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Lock
from uuid import UUID

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from app.core.ids import COMPANY_SCOPE, uuid7
from app.core.people import Job
from app.core.schedule.network import ActivityKind, ConstraintKind, LinkType
from app.core.schedule.work_calendar import DAY_SHIFTS
from app.models.base import Base
from app.models.parts import SYNCED
from app.models.people import ScopeMember
from app.services.bus import apply_on_desk
from app.services.changes import Changes
from app.services.commands import Command
from app.services.schedule.calendars import DayOf
from app.services.schedule.links import LinkTasks
from app.services.schedule.queries import load_plan
from app.services.schedule.settings import SetUpSchedule
from app.services.schedule.tasks import AddTask, TaskFields
from app.services.schedule.views import Plan
from app.services.tx import Tx

SIX_DAYS = (*((DAY_SHIFTS,) * 6), ())
DAY = 480
START = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - site time
TODAY = date(2026, 3, 24)
PLANNER, COLLEAGUE, CLERK = "zhou", "lin", "qian"

_numbers = count(1)
_numbering = Lock()


def new_id() -> UUID:
    """An id, in order of asking."""
    with _numbering:
        number = next(_numbers)
    return uuid7(1_772_400_000_000 + number, number.to_bytes(10, "big"))


class Site:
    """A project's rows in one SQLite file. It is a desk too: `execute`, `read`, `subscribe`."""

    def __init__(self, path: Path) -> None:
        self.project_id = new_id()
        self.calendar_id = new_id()
        self._engine = create_engine(f"sqlite:///{os.fspath(path)}")
        event.listen(self._engine, "connect", _set_up)
        tables = [Base.metadata.tables[model.__tablename__] for model in SYNCED]
        Base.metadata.create_all(self._engine, tables=tables)
        self._now = datetime(2026, 3, 2, tzinfo=UTC)
        self._hear: list[Callable[[Changes], None]] = []
        self._writing = Lock()
        self.executed: list[Command] = []
        for person, job in (
            (PLANNER, Job.PLANNER),
            (COLLEAGUE, Job.PLANNER),
            (CLERK, Job.STOREKEEPER),
        ):
            self.employ(person, job)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def dismiss(self, person: str, job: Job, scope_id: UUID) -> None:
        """Takes a job from somebody."""
        with Session(self._engine) as session, session.begin():
            session.query(ScopeMember).filter_by(person=person, job=job, scope_id=scope_id).delete()

    def employ(self, person: str, job: Job, scope_id: UUID | None = None) -> None:
        """Gives somebody a job in the project, or elsewhere."""
        with Session(self._engine) as session, session.begin():
            session.add(
                ScopeMember(
                    scope_id=scope_id or self.project_id,
                    id=new_id(),
                    person=person,
                    job=job,
                    row_version=1,
                    created_at=self._now,
                    created_by="gantry_admin",
                    updated_at=self._now,
                    updated_by="gantry_admin",
                )
            )

    def run(self, command: Command, actor: str = PLANNER) -> Changes:
        """Runs a command. Raises Refused or Clash and then leaves nothing behind."""
        with self._writing:
            self._now += timedelta(seconds=1)
            with Session(self._engine) as session, session.begin():
                tx = Tx(
                    session,
                    scope_id=command.scope_id,
                    op_id=new_id(),
                    actor=actor,
                    issued_at=self._now,
                )
                changes = apply_on_desk(command, tx)
            self.executed.append(command)
            return changes

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Nothing is stored meanwhile; commands wait."""
        with self._writing:
            yield

    def execute(self, command: object) -> Changes:
        """What a desk does with a command of its own."""
        assert isinstance(command, Command)
        return self.run(command)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading."""
        with Session(self._engine, autoflush=False) as session:
            yield session

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Calls back with what others did."""
        self._hear.append(callback)

    def as_other(self, command: Command, actor: str = COLLEAGUE) -> None:
        """Somebody else's command arrives from the server."""
        changes = self.run(command, actor)
        for tell in self._hear:
            tell(changes)

    def set_up(self, days: Sequence[DayOf] = ()) -> None:
        """Gives the project an empty schedule with a six-day week."""
        self.run(
            SetUpSchedule(
                scope_id=self.project_id,
                calendar_id=self.calendar_id,
                calendar_name="六天工作制",
                week=SIX_DAYS,
                days=tuple(days),
                start_at=START,
            )
        )

    def add(
        self,
        name: str,
        days: float = 1,
        *,
        parent: UUID | None = None,
        after: UUID | None = None,
        kind: ActivityKind = ActivityKind.TASK,
        code: str = "",
    ) -> UUID:
        """Adds a task of some days, first among its siblings unless `after` is given."""
        task_id = new_id()
        command = AddTask(
            scope_id=self.project_id,
            task_id=task_id,
            parent_id=parent,
            after_id=after,
            name=name,
            code=code,
            kind=kind,
            duration_minutes=int(days * DAY),
        )
        self.run(command)
        return task_id

    def link(self, before: UUID, after: UUID, kind: LinkType = LinkType.FS, lag: int = 0) -> UUID:
        """Links two tasks."""
        link_id = new_id()
        command = LinkTasks(
            scope_id=self.project_id,
            link_id=link_id,
            predecessor_id=before,
            successor_id=after,
            type=kind,
            lag=lag,
        )
        self.run(command)
        return link_id

    def plan(self) -> Plan:
        """The plan as it is stored now."""
        with self.read() as session:
            found = load_plan(session, self.project_id)
        assert found is not None
        return found

    def shape(self) -> list[tuple[str, str]]:
        """Outline number and name of every row, in order."""
        return [(task.outline, task.values.name) for task in self.plan().tasks]


def whole_fields(name: str, **given: object) -> TaskFields:
    """Every field of a task, as an image needs them."""
    values: dict[str, object] = dict.fromkeys(TaskFields.__struct_fields__)
    values |= {
        "code": "",
        "name": name,
        "kind": ActivityKind.TASK,
        "duration_minutes": DAY,
        "elapsed_duration": False,
        "constraint_kind": ConstraintKind.AS_SOON_AS_POSSIBLE,
        "percent_complete": Decimal(0),
        "note": "",
    }
    return TaskFields(**(values | given))  # type: ignore[arg-type]


COMPANY = COMPANY_SCOPE


def _set_up(connection: object, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]
    connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]
