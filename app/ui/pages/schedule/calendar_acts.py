"""Edits of working calendars with their way back."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import UNSET

from app.core.schedule.work_calendar import Shifts
from app.services.schedule.calendars import (
    AddCalendar,
    CalendarFields,
    DayOf,
    EditCalendar,
    SetCalendarDay,
)
from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.pages.schedule.steps import Act


def edit_calendar(scope_id: UUID, seen: CalendarView, edit: dict[str, Any]) -> Act:
    """Changes name, week or note."""
    before = {name: getattr(seen, name) for name in edit}
    there = EditCalendar(
        scope_id=scope_id,
        calendar_id=seen.id,
        base=CalendarFields(**before),
        values=CalendarFields(**edit),
    )
    back = EditCalendar(
        scope_id=scope_id,
        calendar_id=seen.id,
        base=CalendarFields(**edit),
        values=CalendarFields(**before),
    )
    return Act(lambda: there, lambda: (back,))


def set_day(
    scope_id: UUID,
    calendar: CalendarView,
    day: date,
    seen: SpecialDay | None,
    shifts: Shifts | None,
    name: str,
    new_id: Callable[[], UUID],
) -> Act:
    """Makes a day special, or ordinary again (`shifts` None)."""
    day_id = new_id() if seen is None else seen.id
    was = None if seen is None else seen.shifts
    was_called = "" if seen is None else seen.name
    renamed = was is not None and shifts is not None
    there = SetCalendarDay(
        scope_id=scope_id,
        calendar_id=calendar.id,
        day_id=day_id,
        day=day,
        base_shifts=was,
        shifts=shifts,
        name=name,
        base_name=was_called if renamed else UNSET,
    )
    back = SetCalendarDay(
        scope_id=scope_id,
        calendar_id=calendar.id,
        day_id=day_id,
        day=day,
        base_shifts=shifts,
        shifts=was,
        name=was_called,
        base_name=name if renamed else UNSET,
        provisional=seen is not None and seen.provisional,
    )
    return Act(lambda: there, lambda: (back,))


def copy_of(
    scope_id: UUID, seen: CalendarView, name: str, new_id: Callable[[], UUID]
) -> AddCalendar:
    """A new calendar like a known one, to be changed from there."""
    return AddCalendar(
        scope_id=scope_id,
        calendar_id=new_id(),
        name=name,
        week=seen.week,  # type: ignore[arg-type]  # seven days
        days=tuple(
            DayOf(
                id=new_id(),
                day=day.day,
                shifts=day.shifts,
                name=day.name,
                provisional=day.provisional,
            )
            for day in seen.days
        ),
        note=seen.note,
    )
