"""What the first page shows: how projects stand, what is late, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.projects import ProjectStage
from app.core.reconcile import ConflictState
from app.core.schedule.network import ActivityDates, ActivityKind
from app.models.base import Scoped
from app.models.people import ScopeMember
from app.models.reconcile import Conflict
from app.models.schedule import CalendarDay, ScheduleSettings, Task, TaskLink, WorkCalendar
from app.services.projects import ProjectView, list_projects
from app.services.schedule.queries import load_plan, summary_of
from app.services.schedule.views import Plan, TaskView

SOON = timedelta(days=30)
MILESTONES = (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)
RUNNING = (ProjectStage.PREPARING, ProjectStage.ACTIVE)
INPUTS: tuple[type[Scoped], ...] = (Task, TaskLink, WorkCalendar, CalendarDay, ScheduleSettings)

Version = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Work or a milestone that is not done: when it is due, and when it will be done at best."""

    id: UUID
    code: str
    name: str
    is_milestone: bool
    due: date
    finish: date
    critical: bool

    def days_late(self, today: date) -> int:
        """Calendar days between the day it is due and the day it will be done at best."""
        return max((max(today, self.finish) - self.due).days, 0)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the overview keeps of one computed plan. `findings` counts what keeps it from dates."""

    tasks: int
    finished: int
    percent: Decimal
    start: date | None
    finish: date | None
    must_finish: date | None
    open_tasks: tuple[OpenTask, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """A project with its plan; `plan` is None before there is a schedule."""

    project: ProjectView
    is_mine: bool
    plan: PlanFacts | None

    @property
    def promised(self) -> date | None:
        """The day the project is to be finished by: set in the schedule, or with the project."""
        must = self.plan.must_finish if self.plan else None
        return must or self.project.planned_finish

    @property
    def finish(self) -> date | None:
        """The day the schedule comes to."""
        return self.plan.finish if self.plan else None

    @property
    def days_late(self) -> int:
        """Calendar days that the schedule ends after the promised day."""
        if self.finish is None or self.promised is None:
            return 0
        return max((self.finish - self.promised).days, 0)

    def late_tasks(self, today: date) -> tuple[OpenTask, ...]:
        """Work that is late, the worst first."""
        rows = self.plan.open_tasks if self.plan else ()
        late = [row for row in rows if row.days_late(today) > 0]
        return tuple(sorted(late, key=lambda row: -row.days_late(today)))

    def milestones(self, today: date) -> tuple[OpenTask, ...]:
        """Open milestones from today on, the next first."""
        rows = self.plan.open_tasks if self.plan else ()
        ahead = [row for row in rows if row.is_milestone and row.finish >= today]
        return tuple(sorted(ahead, key=lambda row: row.finish))

    def milestones_soon(self, today: date) -> tuple[OpenTask, ...]:
        """Open milestones of the next thirty days."""
        return tuple(row for row in self.milestones(today) if row.finish <= today + SOON)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the first page but the changes."""

    projects: tuple[ProjectProgress, ...]
    to_decide: int

    @property
    def running(self) -> tuple[ProjectProgress, ...]:
        """Projects being prepared or built."""
        return tuple(row for row in self.projects if row.project.stage in RUNNING)


class PlanFactsCache:
    """Facts of plans by the versions of their rows. Used from several reader threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[UUID, tuple[Version, PlanFacts | None]] = {}

    def facts(self, session: Session, project_id: UUID, version: Version) -> PlanFacts | None:
        """The facts of a project's plan, computed only when its rows are not those seen before."""
        with self._lock:
            known = self._known.get(project_id)
        if known is not None and known[0] == version:
            return known[1]
        plan = load_plan(session, project_id)
        facts = None if plan is None else facts_of(plan)
        with self._lock:
            self._known[project_id] = (version, facts)
        return facts


def show_overview(session: Session, cache: PlanFactsCache, login: str) -> Overview:
    """All projects that this desk holds, and how many clashes wait for this person."""
    versions = _versions(session)
    mine = set(
        session.scalars(select(ScopeMember.scope_id).where(ScopeMember.person == login)).all()
    )
    projects = tuple(
        ProjectProgress(
            view, view.id in mine, cache.facts(session, view.id, versions.get(view.id, ()))
        )
        for view in list_projects(session)
    )
    return Overview(projects, to_decide(session, login))


def facts_of(plan: Plan) -> PlanFacts:
    """What the overview keeps of a plan."""
    summary = summary_of(plan)
    must = plan.settings.must_finish_at
    finish = None if plan.schedule is None or not summary.tasks else plan.schedule.project_finish
    return PlanFacts(
        summary.tasks,
        summary.finished,
        summary.percent,
        _day(summary.start),
        _day(finish),
        _day(must),
        tuple(_open(task, task.dates) for task in plan.tasks if task.dates and _is_open(task)),
        len(plan.findings),
    )


def _is_open(task: TaskView) -> bool:
    values = task.values
    done = values.actual_finish is not None or values.percent_complete >= 1
    return values.kind is not ActivityKind.SUMMARY and not done


def _open(task: TaskView, dates: ActivityDates) -> OpenTask:
    limits = [dates.early_finish, dates.late_finish]
    if task.values.deadline is not None:
        limits.append(task.values.deadline)
    return OpenTask(
        task.id,
        task.values.code or task.outline,
        task.values.name,
        task.values.kind in MILESTONES,
        min(limits).date(),
        dates.early_finish.date(),
        dates.critical,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _versions(session: Session) -> Mapping[UUID, Version]:
    """For each project something that differs whenever a row that its dates come from differs."""
    found: dict[UUID, list[Any]] = {}
    for place, model in enumerate(INPUTS):
        counted = select(
            model.scope_id,
            func.count(),
            func.sum(model.row_version),
            func.max(model.updated_at),
        ).group_by(model.scope_id)
        for scope_id, *counts in session.execute(counted):
            found.setdefault(scope_id, []).append((place, *counts))
    return {scope_id: tuple(parts) for scope_id, parts in found.items()}


def to_decide(session: Session, login: str) -> int:
    """How many clashes wait for this person."""
    open_mine = (Conflict.state == ConflictState.OPEN) & (Conflict.actor == login)
    sent_to_me = (Conflict.state == ConflictState.RETURNED) & (Conflict.their_actor == login)
    counted = session.scalar(
        select(func.count()).select_from(Conflict).where(open_mine | sent_to_me)
    )
    return counted or 0
