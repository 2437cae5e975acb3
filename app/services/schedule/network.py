"""From stored rows to the network that the engine computes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from app.core.schedule import network as core
from app.core.schedule.work_calendar import Shifts
from app.core.schedule.work_calendar import WorkCalendar as CoreCalendar
from app.services.schedule.views import LinkView, SettingsValues, TaskValues

StoredTask = tuple[UUID, UUID | None, TaskValues]
Working = tuple[tuple[Shifts, ...], tuple[tuple[date, Shifts], ...]]


def network_of(
    tasks: Iterable[StoredTask],
    links: Iterable[LinkView],
    calendars: Mapping[UUID, Working],
    settings: SettingsValues,
) -> core.Network:
    """The network of a project: ids are texts, percent is 0..100, dates stay site time."""
    return core.Network(
        activities=tuple(_activity(*task) for task in tasks),
        links=tuple(
            core.Link(
                str(link.predecessor_id), str(link.successor_id), link.type, link.lag, link.lag_kind
            )
            for link in links
        ),
        calendars={
            str(calendar_id): CoreCalendar(str(calendar_id), "", week, exceptions)
            for calendar_id, (week, exceptions) in calendars.items()
        },
        project_start=settings.start_at,
        data_date=settings.data_date,
        must_finish_by=settings.must_finish_at,
        default_calendar_id=str(settings.default_calendar_id),
        options=core.ScheduleOptions(
            rules=settings.rules,
            lag_calendar=settings.lag_calendar,
            progress=settings.progress_mode,
            float_kind=settings.float_kind,
            critical_threshold=settings.critical_threshold,
            critical_by_longest_path=settings.critical_by_longest_path,
            use_expected_finish=settings.use_expected_finish,
            open_ends_critical=settings.open_ends_critical,
            honour_constraints=settings.honour_constraints,
        ),
    )


def _activity(task_id: UUID, parent_id: UUID | None, row: TaskValues) -> core.Activity:
    calendar_id = row.calendar_id
    return core.Activity(
        id=str(task_id),
        name=row.name,
        kind=row.kind,
        duration=row.duration_minutes,
        calendar_id="" if calendar_id is None else str(calendar_id),
        remaining=row.remaining_minutes,
        primary=_constraint(row.constraint_kind, row.constraint_at),
        secondary=_constraint(row.second_constraint_kind, row.second_constraint_at),
        actual_start=row.actual_start,
        actual_finish=row.actual_finish,
        percent=float(row.percent_complete * 100),
        expected_finish=row.expected_finish,
        deadline=row.deadline,
        suspended=row.suspended_at,
        resumed=row.resumed_at,
        parent_id=None if parent_id is None else str(parent_id),
        free_of_calendar=row.elapsed_duration,
        pinned=_pinned(row.pinned_start, row.pinned_finish),
    )


def _constraint(kind: core.ConstraintKind | None, at: datetime | None) -> core.Constraint | None:
    plain = kind in (None, core.ConstraintKind.AS_SOON_AS_POSSIBLE)
    return None if plain or kind is None else core.Constraint(kind, at)


def _pinned(start: datetime | None, finish: datetime | None) -> tuple[datetime, datetime] | None:
    return None if start is None or finish is None else (start, finish)
