"""Calendars of MS Project XML: base calendars, week days, work weeks and exceptions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from app.core.schedule.work_calendar import (
    DAY_SHIFTS,
    MINUTES_PER_DAY,
    Shift,
    Shifts,
    WorkCalendar,
    merged_shifts,
)
from app.ports.schedule_files.faults import Faults, Limits
from app.ports.schedule_files.mspdi_recurrence import recurring_days
from app.ports.schedule_files.values import read_date, shown
from app.ports.schedule_files.xml_records import Element

Expander = Callable[[Element, date, date], Iterable[date] | None]

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
_MAX_CHAIN = 16
_DEFAULT_WEEK: tuple[Shifts, ...] = (DAY_SHIFTS,) * 5 + ((), ())


class MspdiCalendars:
    """Collects Calendar elements and resolves each over the chain of its base calendars."""

    def __init__(self, faults: Faults, limits: Limits) -> None:
        self._faults = faults
        self._limits = limits
        self._elements: dict[str, Element] = {}
        self._built: dict[str, WorkCalendar] = {}

    def take(self, element: Element) -> None:
        """Notes one Calendar element."""
        uid = element.get("UID")
        where = f"L{element.line} Calendar"
        if not uid:
            self._faults.add("missing_key", where, field="UID")
        elif uid in self._elements:
            self._faults.add("duplicate_key", where, field="Calendar UID", value=shown(uid))
        if len(self._elements) >= self._limits.calendars:
            raise self._faults.stop("too_many_calendars", where, limit=self._limits.calendars)
        self._elements[uid] = element

    def __contains__(self, uid: str) -> bool:
        return uid in self._elements

    def calendar(self, uid: str) -> WorkCalendar | None:
        """The resolved calendar; None when the file has no such calendar."""
        if uid not in self._elements:
            return None
        chain: list[str] = []
        at = uid
        while at in self._elements and at not in chain and len(chain) < _MAX_CHAIN:
            chain.append(at)
            at = self._elements[at].get("BaseCalendarUID")
        base: WorkCalendar | None = None
        for link in reversed(chain):
            if link not in self._built:
                self._built[link] = self._resolved(link, base)
            base = self._built[link]
        return base

    def _resolved(self, uid: str, base: WorkCalendar | None) -> WorkCalendar:
        element = self._elements[uid]
        where = f"L{element.line} Calendar {shown(uid)}"
        week = list(base.week if base else _DEFAULT_WEEK)
        days = dict(base.exceptions) if base else {}
        for weekday in _grandchildren(element, "WeekDays", "WeekDay"):
            kind = weekday.get("DayType")
            if kind == "0":
                self._take_period(weekday, _whole_period, days, where)
            elif kind in ("1", "2", "3", "4", "5", "6", "7"):
                week[_SUNDAY_FIRST[int(kind) - 1]] = self._shifts(weekday, where)
            else:
                self._faults.add("bad_calendar", where, calendar=shown(element.get("Name")))
        for work_week in _grandchildren(element, "WorkWeeks", "WorkWeek"):
            self._take_work_week(work_week, days, where)
        for exception in _grandchildren(element, "Exceptions", "Exception"):
            self._take_period(exception, recurring_days, days, where)
        return WorkCalendar(uid, element.get("Name"), tuple(week), tuple(sorted(days.items())))

    def _take_work_week(self, element: Element, days: dict[date, Shifts], where: str) -> None:
        span = self._span(element, where)
        if span is None:
            return
        shifts = {
            _SUNDAY_FIRST[int(weekday.get("DayType")) - 1]: self._shifts(weekday, where)
            for weekday in _grandchildren(element, "WeekDays", "WeekDay")
            if weekday.get("DayType") in ("1", "2", "3", "4", "5", "6", "7")
        }
        for day in _each_day(*span):
            if day.weekday() in shifts:
                days[day] = shifts[day.weekday()]

    def _span(self, element: Element, where: str) -> tuple[date, date] | None:
        period = element.child("TimePeriod")
        if period is None:
            return None
        first = read_date(period.get("FromDate"), "FromDate", where, self._faults)
        last = read_date(period.get("ToDate"), "ToDate", where, self._faults)
        if first is None or last is None:
            return None
        if last < first:
            self._faults.add("bad_period", where, begin=str(first), end=str(last))
            return None
        return first.date(), last.date()

    def _take_period(
        self, element: Element, expand: Expander, days: dict[date, Shifts], where: str
    ) -> None:
        span = self._span(element, where)
        if span is None:
            return
        shifts = self._shifts(element, where)
        found = expand(element, *span)
        if found is None:
            self._faults.add("bad_recurrence", where)
            return
        for day in found:
            days[day] = shifts

    def _shifts(self, element: Element, where: str) -> Shifts:
        if element.get("DayWorking") == "0":
            return ()
        shifts: list[Shift] = []
        for times in _grandchildren(element, "WorkingTimes", "WorkingTime"):
            begin, end = _minute(times.get("FromTime")), _minute(times.get("ToTime"))
            if begin is None and end is None and not times.children:
                continue
            if begin is None or end is None:
                self._faults.add("bad_shifts", where, calendar=where)
                continue
            end = end or MINUTES_PER_DAY
            if begin < end:
                shifts.append((begin, end))
            else:
                self._faults.add("bad_shifts", where, calendar=where)
        return merged_shifts(shifts)


def _grandchildren(element: Element, outer: str, inner: str) -> Iterator[Element]:
    for child in element.all(outer):
        yield from child.all(inner)


def _whole_period(_element: Element, first: date, last: date) -> Iterable[date]:
    return _each_day(first, last)


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _minute(text: str) -> int | None:
    parts = text.split(":")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts[:2]):
        return None
    hour, minute = int(parts[0][:3]), int(parts[1][:3])
    if hour > 24 or minute > 59 or hour * 60 + minute > MINUTES_PER_DAY:
        return None
    return hour * 60 + minute
