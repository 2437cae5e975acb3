"""Small networks and Hypothesis strategies for the tests of the schedule engine."""

from collections.abc import Sequence
from datetime import datetime

from hypothesis import strategies as st

from app.core.schedule.clock import datetime_of
from app.core.schedule.network import (
    Activity,
    ActivityDates,
    Constraint,
    ConstraintKind,
    Link,
    LinkType,
    Network,
    Schedule,
    ScheduleOptions,
)
from app.core.schedule.work_calendar import DAY_SHIFTS, Shifts, WorkCalendar, standard_calendar

MONDAY = 29_459_520
"""2026-01-05 00:00 in minutes since 1970."""

STANDARD = standard_calendar("std", "Standard")
NIGHTS = WorkCalendar("nights", "Nights", (((0, 240), (1320, 1440)),) * 6 + ((),))
SEVEN_DAYS = WorkCalendar("seven", "Seven days", (((420, 1140),),) * 7)
CALENDARS = {c.id: c for c in (STANDARD, NIGHTS, SEVEN_DAYS)}


def at(day: int, clock: str = "08:00") -> datetime:
    """The time of day `clock` on day `day` of January 2026 (5 is a Monday)."""
    hours, minutes = clock.split(":")
    return datetime_of(MONDAY + (day - 5) * 1440 + int(hours) * 60 + int(minutes))


def task(activity_id: str, days: float = 1, **changes: object) -> Activity:
    """A task of so many eight-hour days on the standard calendar."""
    values: dict[str, object] = {"calendar_id": "std", "duration": round(days * 480), **changes}
    return Activity(activity_id, **values)  # type: ignore[arg-type]


def limit(kind: ConstraintKind, day: int, clock: str = "08:00") -> Constraint:
    """A constraint on a day of January 2026."""
    return Constraint(kind, at(day, clock))


def network(
    activities: Sequence[Activity],
    links: Sequence[Link] = (),
    options: ScheduleOptions | None = None,
    **changes: object,
) -> Network:
    """A network from Monday 2026-01-05 08:00 on the standard calendar."""
    values: dict[str, object] = {
        "project_start": at(5),
        "default_calendar_id": "std",
        "options": options or ScheduleOptions(),
        **changes,
    }
    return Network(tuple(activities), tuple(links), CALENDARS, **values)  # type: ignore[arg-type]


def dates(schedule: Schedule, activity_id: str) -> tuple[str, str, str, str]:
    """Early start, early finish, late start, late finish as 'day hour:minute' of January."""
    row: ActivityDates = schedule.dates[activity_id]
    shown = (row.early_start, row.early_finish, row.late_start, row.late_finish)
    early_start, early_finish, late_start, late_finish = (f"{d.day} {d:%H:%M}" for d in shown)
    return early_start, early_finish, late_start, late_finish


LINK_TYPES = st.sampled_from(list(LinkType))


@st.composite
def acyclic_networks(
    draw: st.DrawFn,
    calendar_ids: Sequence[str] = ("std",),
    lags: st.SearchStrategy[int] | None = None,
    max_size: int = 9,
) -> Network:
    """Unprogressed, unconstrained networks; links lead from lower to higher numbers."""
    count = draw(st.integers(1, max_size))
    activities = [
        Activity(
            f"a{i}",
            duration=draw(st.integers(1, 2400)),
            calendar_id=draw(st.sampled_from(list(calendar_ids))),
        )
        for i in range(count)
    ]
    links = []
    if count > 1:
        for _ in range(draw(st.integers(0, 2 * count))):
            before = draw(st.integers(0, count - 2))
            after = draw(st.integers(before + 1, count - 1))
            lag = draw(lags if lags is not None else st.integers(0, 1500))
            links.append(Link(f"a{before}", f"a{after}", draw(LINK_TYPES), lag))
    return network(activities, links)


@st.composite
def shift_lists(draw: st.DrawFn) -> Shifts:
    """Up to three shifts of a day, in order and apart."""
    marks = draw(st.lists(st.integers(0, 1440), max_size=6, unique=True))
    marks = sorted(marks)[: len(marks) // 2 * 2]
    return tuple(zip(marks[::2], marks[1::2], strict=True))


@st.composite
def work_calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any week with some work, and exceptions in the first weeks of 2026."""
    week = tuple(draw(shift_lists()) for _ in range(7))
    if not any(week):
        week = (DAY_SHIFTS, *week[1:])
    days = draw(st.lists(st.integers(-10, 30), max_size=6, unique=True))
    exceptions = tuple(
        (datetime_of(MONDAY + day * 1440).date(), draw(shift_lists())) for day in sorted(days)
    )
    return WorkCalendar("any", "Any", week, exceptions)
