"""A sample project's plan, and what really became of it until today."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from app.core.calendars.chinese_days import with_announced_days
from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    Activity,
    ActivityDates,
    ActivityKind,
    Link,
    Network,
)
from app.core.schedule.work_calendar import DAY_SHIFTS, WorkCalendar
from app.ports.schedule_files.holidays import chinese_days
from app.server.sample.plans import SampleRow

DAY_MINUTES = 8 * 60
SITE_WEEK = (DAY_SHIFTS,) * 6 + ((),)
CALENDAR = "site"
MORNING, EVENING = time(8), time(17)


def site_calendar() -> WorkCalendar:
    """Six days a week, less the official holidays."""
    return with_announced_days(WorkCalendar(CALENDAR, "六天工作制", SITE_WEEK), chinese_days())


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a row on the data date; `percent` is 0..1."""

    percent: Decimal
    remaining: int | None = None
    started: datetime | None = None
    finished: datetime | None = None


@dataclass(frozen=True)
class SampleNetwork:
    """Rows with planned durations in minutes, and the day that the first of them began."""

    rows: list[SampleRow]
    minutes: Mapping[str, int]
    begun: datetime

    @cached_property
    def network(self) -> Network:
        """The plan as a network."""
        kinds = (ActivityKind.FINISH_MILESTONE, ActivityKind.TASK)
        return Network(
            activities=tuple(
                Activity(row.key, row.name, kinds[row.days > 0], self.minutes[row.key], CALENDAR)
                for row in self.rows
            ),
            links=tuple(
                Link(link.key, row.key, link.type, link.lag * DAY_MINUTES)
                for row in self.rows
                for link in row.after
            ),
            calendars={CALENDAR: site_calendar()},
            project_start=self.begun,
            default_calendar_id=CALENDAR,
        )

    def progress(
        self, pace: float, data_date: datetime, chance: random.Random
    ) -> dict[str, Progress]:
        """How far every row is, if work took `pace` times as long as planned, more or less."""
        real = {
            key: round(minutes * pace * chance.uniform(0.85, 1.2) / 60) * 60
            for key, minutes in self.minutes.items()
        }
        activities = tuple(
            replace(activity, duration=real[activity.id]) for activity in self.network.activities
        )
        dates = compute(replace(self.network, activities=activities)).dates
        return {key: self._reached(key, dates[key], real[key], data_date) for key in self.minutes}

    def _reached(
        self, key: str, dates: ActivityDates, minutes: int, data_date: datetime
    ) -> Progress:
        if dates.early_finish <= data_date:
            return Progress(Decimal(1), None, dates.early_start, dates.early_finish)
        if dates.early_start >= data_date or not minutes:
            return Progress(Decimal(0))
        elapsed = (data_date - dates.early_start) / (dates.early_finish - dates.early_start)
        percent = Decimal(str(round(min(0.95, max(0.05, elapsed)), 2)))
        remaining = max(60, round(float(1 - percent) * self.minutes[key] / 60) * 60)
        return Progress(percent, remaining, dates.early_start, None)


def draw_network(rows: list[SampleRow], begun: date, chance: random.Random) -> SampleNetwork:
    """Planned durations vary a little from project to project, in whole days."""
    minutes = {
        row.key: max(1, round(row.days * chance.uniform(0.9, 1.15))) * DAY_MINUTES
        if row.days
        else 0
        for row in rows
    }
    return SampleNetwork(rows, minutes, datetime.combine(begun, MORNING))


def working_day(day: date) -> date:
    """The day itself, or the Monday after a Sunday."""
    return day + timedelta(days=1) if day.weekday() == 6 else day
