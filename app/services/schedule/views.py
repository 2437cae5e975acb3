"""A schedule's rows as plain values: complete, where the edits' fields are partial."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.core.errors import Finding
from app.core.schedule.network import (
    ActivityDates,
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
    Schedule,
)
from app.core.schedule.work_calendar import Shifts
from app.services.schedule.links import LinkFields
from app.services.schedule.settings import GROUPS as SETTINGS_GROUPS
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import GROUPS as TASK_GROUPS
from app.services.schedule.tasks import TaskFields


@dataclass(frozen=True, slots=True)
class TaskValues:
    """Every editable field of a task, as `TaskFields` names them."""

    code: str
    name: str
    kind: ActivityKind
    duration_minutes: int
    elapsed_duration: bool
    calendar_id: UUID | None
    pinned_start: datetime | None
    pinned_finish: datetime | None
    constraint_kind: ConstraintKind
    constraint_at: datetime | None
    second_constraint_kind: ConstraintKind | None
    second_constraint_at: datetime | None
    deadline: datetime | None
    expected_finish: datetime | None
    percent_complete: Decimal
    remaining_minutes: int | None
    actual_start: datetime | None
    actual_finish: datetime | None
    suspended_at: datetime | None
    resumed_at: datetime | None
    note: str

    def fields(self) -> TaskFields:
        """All of it, to bring the task back."""
        return TaskFields(**{name: getattr(self, name) for name in self.__slots__})

    def base_of(self, *edited: str) -> TaskFields:
        """The base of an edit of these fields: the whole groups that they belong to."""
        return TaskFields(**{name: getattr(self, name) for name in _whole(TASK_GROUPS, edited)})


@dataclass(frozen=True, slots=True)
class SettingsValues:
    """Every editable field of a schedule's settings, as `SettingsFields` names them."""

    default_calendar_id: UUID
    start_at: datetime
    data_date: datetime | None
    must_finish_at: datetime | None
    rules: Rules
    progress_mode: ProgressMode
    lag_calendar: LagCalendar
    float_kind: FloatKind
    critical_threshold: int
    critical_by_longest_path: bool
    use_expected_finish: bool
    open_ends_critical: bool
    honour_constraints: bool

    def base_of(self, *edited: str) -> SettingsFields:
        """The base of an edit of these fields: the whole groups that they belong to."""
        names = _whole(SETTINGS_GROUPS, edited)
        return SettingsFields(**{name: getattr(self, name) for name in names})


def _whole(groups: dict[str, tuple[str, ...]], edited: tuple[str, ...]) -> list[str]:
    return [name for fields in groups.values() if set(fields) & set(edited) for name in fields]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link between two tasks; lag in minutes, or per cent for a percent lag."""

    id: UUID
    predecessor_id: UUID
    successor_id: UUID
    type: LinkType
    lag: int
    lag_kind: LagKind

    def fields(self) -> LinkFields:
        """What is editable of it, as the base of an edit."""
        return LinkFields(type=self.type, lag=self.lag, lag_kind=self.lag_kind)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A row of the schedule in outline order; `dates` is None where they cannot be computed."""

    id: UUID
    parent_id: UUID | None
    position: int
    row_version: int
    level: int
    outline: str
    values: TaskValues
    dates: ActivityDates | None

    @property
    def is_open_work(self) -> bool:
        """Whether it is work, or a milestone, that is not done."""
        return self.values.kind is not ActivityKind.SUMMARY and self.values.percent_complete < 1


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from the week."""

    id: UUID
    day: date
    shifts: Shifts
    name: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A working calendar with its special days in order."""

    id: UUID
    name: str
    week: tuple[Shifts, ...]
    note: str
    days: tuple[SpecialDay, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything of a project's schedule. `findings` say why dates are missing, if they are."""

    project_id: UUID
    settings: SettingsValues
    imported_from: str
    tasks: tuple[TaskView, ...]
    links: tuple[LinkView, ...]
    calendars: tuple[CalendarView, ...]
    schedule: Schedule | None
    findings: tuple[Finding, ...]

    def task(self, task_id: UUID) -> TaskView | None:
        """The task, if it is there."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def below(self, task_id: UUID) -> tuple[TaskView, ...]:
        """The task and everything below it, parents first; empty if it is not there."""
        start = next((n for n, task in enumerate(self.tasks) if task.id == task_id), None)
        if start is None:
            return ()
        end = start + 1
        while end < len(self.tasks) and self.tasks[end].level > self.tasks[start].level:
            end += 1
        return self.tasks[start:end]


@dataclass(frozen=True, slots=True)
class ScheduleSummary:
    """A project's schedule in one line; `percent` (0..1) as `progress` weighs it."""

    tasks: int
    finished: int
    start: datetime | None
    finish: datetime | None
    percent: Decimal
