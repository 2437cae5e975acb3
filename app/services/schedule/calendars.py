"""Working calendars of a project."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from app.core.errors import Refused
from app.core.people import PLANNING
from app.models.schedule import CalendarDay, WorkCalendar
from app.services.commands import Command, CommandPart
from app.services.fields import Fields, Name, Note, ShortText, base_and_mine
from app.services.schedule.values import Shifts, Week, check_shifts
from app.services.tx import Tx

GROUPS = {"name": ("name",), "week": ("week",), "note": ("note",)}
DAY_GROUPS = {"day": ("shifts", "name", "provisional")}


class DayOf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day that differs from the week."""

    id: UUID
    day: date
    shifts: Shifts = ()
    name: ShortText = ""
    provisional: bool = False


class AddCalendar(Command, frozen=True, kw_only=True):
    """Adds a calendar with its special days."""

    KIND: ClassVar[str] = "schedule.add_calendar"

    calendar_id: UUID
    name: Name
    week: Week
    days: tuple[DayOf, ...] = ()
    note: Note = ""


class CalendarFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a calendar."""

    name: Name | UnsetType = UNSET
    week: Week | UnsetType = UNSET
    note: Note | UnsetType = UNSET


class EditCalendar(Command, frozen=True, kw_only=True):
    """Changes a calendar's name, working week or note."""

    KIND: ClassVar[str] = "schedule.edit_calendar"

    calendar_id: UUID
    base: CalendarFields
    values: CalendarFields


class SetCalendarDay(Command, frozen=True, kw_only=True):
    """Makes one day differ from the week (`shifts`), or be an ordinary day again (None).

    `base_shifts` is what the editor saw: None for an ordinary day. A day that is special already
    is renamed only with `base_name`, what it was called then, and stays as provisional as it is.
    """

    KIND: ClassVar[str] = "schedule.set_calendar_day"
    VERSION: ClassVar[int] = 2

    calendar_id: UUID
    day_id: UUID
    day: date
    base_shifts: Shifts | None
    shifts: Shifts | None
    name: ShortText = ""
    base_name: ShortText | UnsetType = UNSET
    provisional: bool = False


def day_rows(calendar_id: UUID, days: tuple[DayOf, ...]) -> list[dict[str, object]]:
    """Rows of `calendar_day` for a bulk insert. Refused where two name the same day."""
    if len({day.day for day in days}) < len(days):
        raise Refused("schedule.day_repeated")
    for day in days:
        check_shifts(day.shifts)
    return [
        {
            "id": day.id,
            "calendar_id": calendar_id,
            "day": day.day,
            "shifts": day.shifts,
            "name": day.name,
            "provisional": day.provisional,
        }
        for day in days
    ]


def new_calendar(calendar_id: UUID, name: str, week: Week, note: str = "") -> WorkCalendar:
    """A calendar row. Refused if it has no working time at all."""
    for shifts in week:
        check_shifts(shifts)
    if not any(week):
        raise Refused("schedule.calendar_without_work", name=name)
    return WorkCalendar(id=calendar_id, name=name, week=week, note=note)


def add_calendar(command: AddCalendar, tx: Tx) -> None:
    """Adds the calendar and its days."""
    tx.add(new_calendar(command.calendar_id, command.name, command.week, command.note))
    tx.insert_rows(CalendarDay, day_rows(command.calendar_id, command.days))


def _calendar(tx: Tx, calendar_id: UUID) -> WorkCalendar:
    calendar = tx.find(WorkCalendar, calendar_id)
    if calendar is None:
        raise Refused("schedule.calendar_gone")
    return calendar


def edit_calendar(command: EditCalendar, tx: Tx) -> None:
    """Merges an edit of name and week."""
    calendar = _calendar(tx, command.calendar_id)
    base, mine = base_and_mine(command.base, command.values)
    week = mine.get("week", ((),))
    for shifts in week:
        check_shifts(shifts)
    if "week" in mine and not any(week):
        raise Refused("schedule.calendar_without_work", name=calendar.name)
    tx.merge(calendar, GROUPS, base, mine)


def set_calendar_day(command: SetCalendarDay, tx: Tx) -> None:
    """Adds, changes or removes a special day, if it still is what the editor saw."""
    _calendar(tx, command.calendar_id)
    check_shifts(command.shifts or ())
    row = tx.find(CalendarDay, command.day_id)
    if row is not None and (row.calendar_id, row.day) != (command.calendar_id, command.day):
        raise Refused("schedule.day_repeated")
    if row is None:
        if command.shifts is not None:
            tx.insert_rows(CalendarDay, day_rows(command.calendar_id, (_day_of(command),)))
        return
    seen = {"shifts": command.base_shifts}
    if command.shifts is None:
        tx.merge(row, DAY_GROUPS, seen, seen)
        tx.remove(row)
    elif command.base_name is UNSET:
        tx.merge(row, DAY_GROUPS, seen, {"shifts": command.shifts})
    else:
        mine = {"shifts": command.shifts, "name": command.name}
        tx.merge(row, DAY_GROUPS, seen | {"name": command.base_name}, mine)


def _day_of(command: SetCalendarDay) -> DayOf:
    return DayOf(
        id=command.day_id,
        day=command.day,
        shifts=command.shifts or (),
        name=command.name,
        provisional=command.provisional,
    )


PARTS = (
    CommandPart(AddCalendar, add_calendar, PLANNING),
    CommandPart(EditCalendar, edit_calendar, PLANNING),
    CommandPart(SetCalendarDay, set_calendar_day, PLANNING),
)
