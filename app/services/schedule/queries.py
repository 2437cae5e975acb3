"""A project's schedule as pages and the command line see it, with its dates computed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Finding, InputRejected
from app.core.schedule.network import ActivityDates, ActivityKind, Schedule
from app.core.schedule.work_calendar import Shifts
from app.models.schedule import CalendarDay, ScheduleSettings, Task, TaskLink, WorkCalendar
from app.services.schedule.computing import computed
from app.services.schedule.network import network_of
from app.services.schedule.progress import percent_done
from app.services.schedule.views import (
    CalendarView,
    LinkView,
    Plan,
    ScheduleSummary,
    SettingsValues,
    SpecialDay,
    TaskValues,
    TaskView,
)


def load_plan(session: Session, project_id: UUID) -> Plan | None:
    """The schedule of a project with computed dates, or None if it has none yet."""
    settings = session.get(ScheduleSettings, (project_id, project_id))
    if settings is None:
        return None
    calendars = _calendars(session, project_id)
    links = _links(session, project_id)
    rows = _tasks(session, project_id)
    shown = SettingsValues(*(getattr(settings, name) for name in SettingsValues.__slots__))
    schedule, findings = _computed(rows, links, calendars, shown)
    dates: Mapping[str, ActivityDates] = {} if schedule is None else schedule.dates
    return Plan(
        project_id,
        shown,
        settings.imported_from,
        tuple(_in_outline(rows, dates)),
        links,
        calendars,
        schedule,
        findings,
    )


def _computed(
    rows: list[TaskView],
    links: tuple[LinkView, ...],
    calendars: tuple[CalendarView, ...],
    settings: SettingsValues,
) -> tuple[Schedule | None, tuple[Finding, ...]]:
    weeks = {calendar.id: (calendar.week, _exceptions(calendar)) for calendar in calendars}
    try:
        tasks = [(row.id, row.parent_id, row.values) for row in rows]
        return computed(network_of(tasks, links, weeks, settings)), ()
    except InputRejected as error:
        return None, error.findings


def _exceptions(calendar: CalendarView) -> tuple[tuple[date, Shifts], ...]:
    return tuple((day.day, day.shifts) for day in calendar.days)


def _calendars(session: Session, project_id: UUID) -> tuple[CalendarView, ...]:
    days: defaultdict[UUID, list[SpecialDay]] = defaultdict(list)
    for row in session.execute(
        select(
            CalendarDay.calendar_id,
            CalendarDay.id,
            CalendarDay.day,
            CalendarDay.shifts,
            CalendarDay.name,
            CalendarDay.provisional,
        )
        .where(CalendarDay.scope_id == project_id)
        .order_by(CalendarDay.day)
    ):
        days[row[0]].append(SpecialDay(*row[1:]))
    found = session.scalars(
        select(WorkCalendar)
        .where(WorkCalendar.scope_id == project_id)
        .order_by(WorkCalendar.name, WorkCalendar.id)
    )
    return tuple(
        CalendarView(row.id, row.name, row.week, row.note, tuple(days[row.id])) for row in found
    )


def _links(session: Session, project_id: UUID) -> tuple[LinkView, ...]:
    rows = session.execute(
        select(
            TaskLink.id,
            TaskLink.predecessor_id,
            TaskLink.successor_id,
            TaskLink.type,
            TaskLink.lag,
            TaskLink.lag_kind,
        )
        .where(TaskLink.scope_id == project_id)
        .order_by(TaskLink.id)
    )
    return tuple(LinkView(*row) for row in rows)


def _tasks(session: Session, project_id: UUID) -> list[TaskView]:
    columns = [getattr(Task, name) for name in TaskValues.__slots__]
    rows = session.execute(
        select(Task.id, Task.parent_id, Task.position, Task.row_version, *columns)
        .where(Task.scope_id == project_id)
        .order_by(Task.position, Task.id)
    )
    return [
        TaskView(row[0], row[1], row[2], row[3], 0, "", TaskValues(*row[4:]), None) for row in rows
    ]


def _in_outline(rows: list[TaskView], dates: Mapping[str, ActivityDates]) -> list[TaskView]:
    """The rows parents first, with level, outline number and dates."""
    children: defaultdict[UUID | None, list[TaskView]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)
    found: list[TaskView] = []
    waiting = _numbered(children[None], 0, "")
    while waiting:
        row, level, outline = waiting.pop()
        found.append(
            TaskView(
                row.id,
                row.parent_id,
                row.position,
                row.row_version,
                level,
                outline,
                row.values,
                dates.get(str(row.id)),
            )
        )
        waiting += _numbered(children[row.id], level + 1, f"{outline}.")
    return found


def _numbered(rows: list[TaskView], level: int, prefix: str) -> list[tuple[TaskView, int, str]]:
    return [(row, level, f"{prefix}{n}") for n, row in enumerate(rows, 1)][::-1]


def summary_of(plan: Plan) -> ScheduleSummary:
    """Counts and dates of a plan."""
    work = [task for task in plan.tasks if task.values.kind is not ActivityKind.SUMMARY]
    dated = [task.dates for task in work if task.dates is not None]
    return ScheduleSummary(
        len(work),
        sum(task.values.percent_complete >= 1 for task in work),
        min((dates.early_start for dates in dated), default=None),
        max((dates.early_finish for dates in dated), default=None),
        percent_done(plan),
    )
