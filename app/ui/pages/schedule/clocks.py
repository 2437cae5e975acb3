"""Working time of a plan's calendars, for what the page itself counts (never for the dates)."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from app.core.errors import InputRejected
from app.core.schedule.clock import Clock, ElapsedClock, WorkClock, datetime_of, minute_of
from app.core.schedule.work_calendar import Shifts, WorkCalendar
from app.services.schedule.views import CalendarView, Plan, TaskValues
from app.ui.pages.schedule.durations import day_length, day_minutes
from app.ui.pages.schedule.moments import usual_finish, usual_start

_NO_WEEK: tuple[Shifts, ...] = ((),) * 7


@dataclass(frozen=True, slots=True)
class Clocks:
    """Calendars by id with their clocks; a task without a calendar follows the default one."""

    default_id: UUID
    calendars: dict[UUID, CalendarView]
    clocks: dict[UUID, Clock]

    @staticmethod
    def of(plan: Plan) -> "Clocks":
        """Clocks of every calendar of a plan. Calendars without any work count round the clock."""
        around = minute_of(plan.settings.start_at)
        made: dict[UUID, Clock] = {}
        for calendar in plan.calendars:
            days = tuple((day.day, day.shifts) for day in calendar.days)
            known = WorkCalendar(str(calendar.id), calendar.name, calendar.week, days)
            made[calendar.id] = WorkClock(known, around) if known.has_work() else ElapsedClock()
        by_id = {calendar.id: calendar for calendar in plan.calendars}
        return Clocks(plan.settings.default_calendar_id, by_id, made)

    def calendar(self, calendar_id: UUID | None) -> CalendarView | None:
        """The calendar that a task with this calendar id follows."""
        return self.calendars.get(calendar_id or self.default_id)

    def clock(self, calendar_id: UUID | None, *, elapsed: bool = False) -> Clock:
        """The clock that a task with this calendar id follows."""
        if elapsed:
            return ElapsedClock()
        return self.clocks.get(calendar_id or self.default_id) or ElapsedClock()

    def week(self, calendar_id: UUID | None) -> tuple[Shifts, ...]:
        """The working week behind a calendar id."""
        calendar = self.calendar(calendar_id)
        return _NO_WEEK if calendar is None else calendar.week

    def day(self, values: TaskValues) -> int:
        """Minutes that one day of a task's duration stands for."""
        return day_length(self.week(values.calendar_id), elapsed=values.elapsed_duration)

    def float_day(self, calendar_id: UUID | None) -> int:
        """Minutes that one day of float stands for."""
        return day_minutes(self.week(calendar_id))

    def week_days(self, calendar_id: UUID | None) -> int:
        """Working days of a week, at least one."""
        return max(sum(1 for shifts in self.week(calendar_id) if shifts), 1)

    def usual_start(self, calendar_id: UUID | None) -> time:
        """When work begins on a usual day."""
        return usual_start(self._usual_day(calendar_id))

    def usual_finish(self, calendar_id: UUID | None) -> time:
        """When work ends on a usual day."""
        return usual_finish(self._usual_day(calendar_id))

    def work_between(self, values: TaskValues, begin: datetime, end: datetime) -> int:
        """Working minutes of a task's calendar; 0 where `end` is not later or out of range."""
        if end <= begin:
            return 0
        clock = self.clock(values.calendar_id, elapsed=values.elapsed_duration)
        try:
            return max(clock.work_between(minute_of(begin), minute_of(end)), 0)
        except InputRejected:
            return 0

    def next_start(self, calendar_id: UUID | None, moment: datetime) -> datetime:
        """The first moment not before `moment` at which work can begin."""
        try:
            return datetime_of(self.clock(calendar_id).next_start(minute_of(moment)))
        except InputRejected:
            return moment

    def _usual_day(self, calendar_id: UUID | None) -> Shifts:
        week = self.week(calendar_id)
        wanted = day_minutes(week)
        lengths = ((sum(end - begin for begin, end in shifts), shifts) for shifts in week)
        return next((shifts for length, shifts in lengths if length == wanted), ())
