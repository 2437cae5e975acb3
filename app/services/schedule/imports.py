"""Taking over a whole schedule from a file, in one command."""

from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from app.core.errors import Refused
from app.core.people import PLANNING
from app.models.schedule import CalendarDay, ScheduleSettings, Task, TaskLink, WorkCalendar
from app.services.commands import Command, CommandPart
from app.services.fields import LongName, Name
from app.services.schedule.calendars import DayOf, day_rows, new_calendar
from app.services.schedule.logic import refuse_cycle
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskImage, link_row, task_row
from app.services.schedule.values import Week
from app.services.tx import Tx

MOST_TASKS = 200_000


class CalendarImage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A calendar of the file."""

    id: UUID
    name: Name
    week: Week
    days: tuple[DayOf, ...] = ()


class ImportSchedule(Command, frozen=True, kw_only=True):
    """Fills a project that has no tasks with calendars, tasks and links of a file."""

    KIND: ClassVar[str] = "schedule.import"

    source: LongName
    settings: SettingsFields
    calendars: tuple[CalendarImage, ...]
    tasks: Annotated[tuple[TaskImage, ...], msgspec.Meta(max_length=MOST_TASKS)]
    links: Annotated[tuple[LinkImage, ...], msgspec.Meta(max_length=4 * MOST_TASKS)]


def import_schedule(command: ImportSchedule, tx: Tx) -> None:
    """Adds everything. Refused if there are tasks already, or the links close a cycle."""
    there = tx.session.scalar(
        select(func.count()).select_from(Task).where(Task.scope_id == tx.scope_id)
    )
    if there:
        raise Refused("schedule.import_needs_empty", count=there)
    for calendar in command.calendars:
        tx.add(new_calendar(calendar.id, calendar.name, calendar.week))
    tx.session.flush()
    for calendar in command.calendars:
        tx.insert_rows(CalendarDay, day_rows(calendar.id, calendar.days))
    _apply_settings(command, tx)
    tx.insert_rows(Task, [task_row(image) for image in command.tasks])
    tx.insert_rows(TaskLink, [link_row(link) for link in command.links])
    refuse_cycle(tx)


def _apply_settings(command: ImportSchedule, tx: Tx) -> None:
    values = {
        name: getattr(command.settings, name)
        for name in SettingsFields.__struct_fields__
        if getattr(command.settings, name) is not msgspec.UNSET
    }
    values["imported_from"] = command.source[:200]
    settings = tx.find(ScheduleSettings, tx.scope_id)
    if settings is not None:
        tx.change(settings, values)
    elif {"default_calendar_id", "start_at", "rules", "progress_mode", "lag_calendar"} <= set(
        values
    ):
        tx.add(ScheduleSettings(id=tx.scope_id, **values))
    else:
        raise Refused("schedule.missing")
    if tx.find(WorkCalendar, values["default_calendar_id"]) is None:
        raise Refused("schedule.calendar_gone")


PARTS = (CommandPart(ImportSchedule, import_schedule, PLANNING, bulk=True),)
