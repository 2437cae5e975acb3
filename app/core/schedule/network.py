"""A schedule network as plain values: activities, links, calendars and the options of its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.core.schedule.work_calendar import WorkCalendar


class ActivityKind(StrEnum):
    """How an activity gets its dates."""

    TASK = "task"
    START_MILESTONE = "start_milestone"
    FINISH_MILESTONE = "finish_milestone"
    LEVEL_OF_EFFORT = "level_of_effort"
    SUMMARY = "summary"


class LinkType(StrEnum):
    """Which end of the predecessor binds which end of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagKind(StrEnum):
    """What a lag counts: working minutes, wall clock minutes, or per cent of the predecessor."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"


class ConstraintKind(StrEnum):
    """Limits on dates. START_ON and FINISH_ON give way to logic, the mandatory kinds do not."""

    AS_SOON_AS_POSSIBLE = "asap"
    AS_LATE_AS_POSSIBLE = "alap"
    START_NO_EARLIER = "snet"
    START_NO_LATER = "snlt"
    FINISH_NO_EARLIER = "fnet"
    FINISH_NO_LATER = "fnlt"
    START_ON = "start_on"
    FINISH_ON = "finish_on"
    MANDATORY_START = "mso"
    MANDATORY_FINISH = "mfo"


UNDATED_CONSTRAINTS = frozenset(
    {ConstraintKind.AS_SOON_AS_POSSIBLE, ConstraintKind.AS_LATE_AS_POSSIBLE}
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A limit; `at` is needed by every kind except ASAP and ALAP."""

    kind: ConstraintKind
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of a schedule. Durations are working minutes of its calendar; `percent` is 0..100.

    `remaining` counts for an activity under way; None means duration less the part that is done.
    `crew` gives (calendar id, minutes) of resources that do the duration by calendars of their own.
    `free_of_calendar` marks an elapsed duration, `pinned` dates set by hand: no rule moves them.
    """

    id: str
    name: str = ""
    kind: ActivityKind = ActivityKind.TASK
    duration: int = 0
    calendar_id: str = ""
    remaining: int | None = None
    primary: Constraint | None = None
    secondary: Constraint | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    percent: float = 0.0
    expected_finish: datetime | None = None
    deadline: datetime | None = None
    suspended: datetime | None = None
    resumed: datetime | None = None
    parent_id: str | None = None
    free_of_calendar: bool = False
    crew: tuple[tuple[str, int], ...] = ()
    pinned: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Predecessor, successor, type and lag (minutes, or per cent; may be negative)."""

    predecessor_id: str
    successor_id: str
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_kind: LagKind = LagKind.WORKING


class Rules(StrEnum):
    """Whose scheduling rules: Primavera P6, MS Project, or our own (P6's, with start float)."""

    P6 = "p6"
    MSP = "msp"
    GANTRY = "gantry"


class LagCalendar(StrEnum):
    """Which calendar counts a working lag."""

    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    PROJECT = "project"
    ROUND_THE_CLOCK = "24h"


class ProgressMode(StrEnum):
    """How an activity that began out of sequence goes on."""

    RETAINED_LOGIC = "retained_logic"
    OVERRIDE = "override"
    ACTUAL_DATES = "actual_dates"


class FloatKind(StrEnum):
    """Which pair of dates total float is measured between."""

    START = "start"
    FINISH = "finish"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """How a network is computed. `critical_threshold` is in working minutes of float."""

    rules: Rules = Rules.GANTRY
    lag_calendar: LagCalendar = LagCalendar.PREDECESSOR
    progress: ProgressMode = ProgressMode.RETAINED_LOGIC
    float_kind: FloatKind = FloatKind.START
    critical_threshold: int = 0
    critical_by_longest_path: bool = False
    use_expected_finish: bool = True
    open_ends_critical: bool = False
    honour_constraints: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """All that a computation reads. Without a data date, work starts at `project_start`."""

    activities: tuple[Activity, ...]
    links: tuple[Link, ...]
    calendars: Mapping[str, WorkCalendar]
    project_start: datetime
    data_date: datetime | None = None
    must_finish_by: datetime | None = None
    default_calendar_id: str = ""
    options: ScheduleOptions = field(default_factory=ScheduleOptions)


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """Computed dates of one activity; floats are its working minutes, negative kept."""

    early_start: datetime
    early_finish: datetime
    late_start: datetime
    late_finish: datetime
    total_float: int
    free_float: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """Dates by activity id, and the finish that the whole network comes to."""

    dates: Mapping[str, ActivityDates]
    project_finish: datetime
    data_date: datetime
