"""A working calendar as the chart shades it: days off, named holidays, make-up days."""

from datetime import date, timedelta

from app.services.schedule.views import CalendarView, SpecialDay
from app.texts import Language, text
from app.ui.kit.gantt.shading import ChartCalendar

_DAY = timedelta(days=1)


def chart_calendar(calendar: CalendarView, language: Language) -> ChartCalendar:
    """The chart's calendar. Neighbouring days off with one name become one holiday."""
    off = frozenset(number for number, shifts in enumerate(calendar.week) if not shifts)
    named: list[tuple[date, date, str]] = []
    rest: list[date] = []
    makeup: list[date] = []
    for day in calendar.days:
        if day.shifts:
            if day.day.weekday() in off:
                makeup.append(day.day)
        elif day.name:
            _join(named, day.day, _holiday_name(day, language))
        elif day.day.weekday() not in off:
            rest.append(day.day)
    return ChartCalendar.of(off, named, makeup, rest)


def _holiday_name(day: SpecialDay, language: Language) -> str:
    if not day.provisional:
        return day.name
    return text(language, "schedule.page.holiday_provisional", name=day.name)


def _join(named: list[tuple[date, date, str]], day: date, name: str) -> None:
    if named and named[-1][2] == name and day - named[-1][1] == _DAY:
        named[-1] = (named[-1][0], day, name)
    else:
        named.append((day, day, name))
