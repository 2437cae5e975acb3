"""A project's schedule: what people put in. Computed dates are computed where they are read."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)
from app.core.schedule.work_calendar import Shifts
from app.models.base import Scoped
from app.models.types import Nested, Rate, SiteDateTime, choice


def _within(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["scope_id", column],
        [f"{table}.scope_id", f"{table}.id"],
        deferrable=True,
        initially="DEFERRED",
    )


class WorkCalendar(Scoped):
    """Working time: shifts for each weekday. `week` is seven tuples (Monday first) of
    (from, to) in minutes of the day, to at most 1440."""

    __tablename__ = "work_calendar"

    name: Mapped[str] = mapped_column(String(200))
    week: Mapped[tuple[Shifts, ...]] = mapped_column(Nested)
    note: Mapped[str] = mapped_column(Text, default="")


class CalendarDay(Scoped):
    """A day that differs from the week: `shifts` as in `WorkCalendar.week`, empty for a day off."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        _within("calendar_id", "work_calendar"),
        UniqueConstraint("scope_id", "calendar_id", "day"),
    )

    calendar_id: Mapped[UUID] = mapped_column(Uuid)
    day: Mapped[date]
    shifts: Mapped[Shifts] = mapped_column(Nested)
    name: Mapped[str] = mapped_column(String(80), default="")
    provisional: Mapped[bool] = mapped_column(default=False)


class ScheduleSettings(Scoped):
    """How a project's schedule is computed; one row a project, with the project's id."""

    __tablename__ = "schedule_settings"
    __table_args__ = (_within("default_calendar_id", "work_calendar"),)

    default_calendar_id: Mapped[UUID] = mapped_column(Uuid)
    start_at: Mapped[datetime] = mapped_column(SiteDateTime)
    data_date: Mapped[datetime | None] = mapped_column(SiteDateTime)
    must_finish_at: Mapped[datetime | None] = mapped_column(SiteDateTime)
    rules: Mapped[Rules] = mapped_column(choice(Rules))
    progress_mode: Mapped[ProgressMode] = mapped_column(choice(ProgressMode))
    lag_calendar: Mapped[LagCalendar] = mapped_column(choice(LagCalendar))
    float_kind: Mapped[FloatKind] = mapped_column(choice(FloatKind), default=FloatKind.START)
    critical_threshold: Mapped[int] = mapped_column(BigInteger, default=0)
    critical_by_longest_path: Mapped[bool] = mapped_column(default=False)
    use_expected_finish: Mapped[bool] = mapped_column(default=True)
    open_ends_critical: Mapped[bool] = mapped_column(default=False)
    honour_constraints: Mapped[bool] = mapped_column(default=True)
    imported_from: Mapped[str] = mapped_column(String(200), default="")


class Task(Scoped):
    """A row of the schedule: work, milestone, or a summary (a node of the work breakdown).

    Durations are working minutes (of the clock where `elapsed_duration`); `percent_complete` is
    0..1; `position` orders siblings, and gaps leave room between them.
    """

    __tablename__ = "task"
    __table_args__ = (
        _within("parent_id", "task"),
        _within("calendar_id", "work_calendar"),
        CheckConstraint("duration_minutes >= 0", name="duration"),
        CheckConstraint("remaining_minutes >= 0", name="remaining"),
        CheckConstraint("parent_id <> id", name="own_parent"),
        Index("ix_task_parent", "scope_id", "parent_id", "position"),
    )

    parent_id: Mapped[UUID | None] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[ActivityKind] = mapped_column(choice(ActivityKind))
    code: Mapped[str] = mapped_column(String(120), default="")
    name: Mapped[str] = mapped_column(String(500))
    calendar_id: Mapped[UUID | None] = mapped_column(Uuid)
    duration_minutes: Mapped[int] = mapped_column(BigInteger, default=0)
    remaining_minutes: Mapped[int | None] = mapped_column(BigInteger)
    percent_complete: Mapped[Decimal] = mapped_column(Rate, default=Decimal(0))
    actual_start: Mapped[datetime | None] = mapped_column(SiteDateTime)
    actual_finish: Mapped[datetime | None] = mapped_column(SiteDateTime)
    suspended_at: Mapped[datetime | None] = mapped_column(SiteDateTime)
    resumed_at: Mapped[datetime | None] = mapped_column(SiteDateTime)
    expected_finish: Mapped[datetime | None] = mapped_column(SiteDateTime)
    constraint_kind: Mapped[ConstraintKind] = mapped_column(
        choice(ConstraintKind, "first_constraint"), default=ConstraintKind.AS_SOON_AS_POSSIBLE
    )
    constraint_at: Mapped[datetime | None] = mapped_column(SiteDateTime)
    second_constraint_kind: Mapped[ConstraintKind | None] = mapped_column(
        choice(ConstraintKind, "second_constraint")
    )
    second_constraint_at: Mapped[datetime | None] = mapped_column(SiteDateTime)
    deadline: Mapped[datetime | None] = mapped_column(SiteDateTime)
    elapsed_duration: Mapped[bool] = mapped_column(default=False)
    pinned_start: Mapped[datetime | None] = mapped_column(SiteDateTime)
    pinned_finish: Mapped[datetime | None] = mapped_column(SiteDateTime)
    note: Mapped[str] = mapped_column(Text, default="")


class TaskLink(Scoped):
    """A logic link. `lag` is minutes, or per cent for a percent lag; it may be negative."""

    __tablename__ = "task_link"
    __table_args__ = (
        _within("predecessor_id", "task"),
        _within("successor_id", "task"),
        UniqueConstraint("scope_id", "predecessor_id", "successor_id", "type"),
        CheckConstraint("predecessor_id <> successor_id", name="two_ends"),
        Index("ix_task_link_successor", "scope_id", "successor_id"),
    )

    predecessor_id: Mapped[UUID] = mapped_column(Uuid)
    successor_id: Mapped[UUID] = mapped_column(Uuid)
    type: Mapped[LinkType] = mapped_column(choice(LinkType))
    lag: Mapped[int] = mapped_column(BigInteger, default=0)
    lag_kind: Mapped[LagKind] = mapped_column(choice(LagKind), default=LagKind.WORKING)
