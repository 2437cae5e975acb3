"""How a project's schedule is computed."""

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from app.core.errors import Refused
from app.core.people import PLANNING
from app.core.schedule.network import FloatKind, LagCalendar, ProgressMode, Rules
from app.models.schedule import CalendarDay, ScheduleSettings, WorkCalendar
from app.services.commands import Command, CommandPart
from app.services.fields import Fields, Name, base_and_mine, given
from app.services.schedule.calendars import DayOf, day_rows, new_calendar
from app.services.schedule.values import Minutes, SiteTime, Week, check_times
from app.services.tx import Tx

GROUPS = {
    "dates": ("start_at", "data_date", "must_finish_at"),
    "calendar": ("default_calendar_id",),
    "rules": (
        "rules",
        "progress_mode",
        "lag_calendar",
        "float_kind",
        "critical_threshold",
        "critical_by_longest_path",
        "use_expected_finish",
        "open_ends_critical",
        "honour_constraints",
    ),
}


class SetUpSchedule(Command, frozen=True, kw_only=True):
    """Gives a new project its schedule: the standard calendar and the start."""

    KIND: ClassVar[str] = "schedule.set_up"

    calendar_id: UUID
    calendar_name: Name
    week: Week
    days: tuple[DayOf, ...] = ()
    start_at: SiteTime


class SettingsFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a schedule's settings."""

    default_calendar_id: UUID | UnsetType = UNSET
    start_at: SiteTime | UnsetType = UNSET
    data_date: SiteTime | UnsetType | None = UNSET
    must_finish_at: SiteTime | UnsetType | None = UNSET
    rules: Rules | UnsetType = UNSET
    progress_mode: ProgressMode | UnsetType = UNSET
    lag_calendar: LagCalendar | UnsetType = UNSET
    float_kind: FloatKind | UnsetType = UNSET
    critical_threshold: Minutes | UnsetType = UNSET
    critical_by_longest_path: bool | UnsetType = UNSET
    use_expected_finish: bool | UnsetType = UNSET
    open_ends_critical: bool | UnsetType = UNSET
    honour_constraints: bool | UnsetType = UNSET


class EditSettings(Command, frozen=True, kw_only=True):
    """Changes settings; `base` holds what the editor saw."""

    KIND: ClassVar[str] = "schedule.edit_settings"

    base: SettingsFields
    values: SettingsFields


def set_up_schedule(command: SetUpSchedule, tx: Tx) -> None:
    """Adds the calendar and the settings. Refused if the project has a schedule."""
    if tx.find(ScheduleSettings, tx.scope_id) is not None:
        raise Refused("schedule.exists")
    check_times(command.start_at)
    tx.add(new_calendar(command.calendar_id, command.calendar_name, command.week))
    tx.insert_rows(CalendarDay, day_rows(command.calendar_id, command.days))
    tx.add(
        ScheduleSettings(
            id=tx.scope_id,
            default_calendar_id=command.calendar_id,
            start_at=command.start_at,
            rules=Rules.GANTRY,
            progress_mode=ProgressMode.RETAINED_LOGIC,
            lag_calendar=LagCalendar.PREDECESSOR,
        )
    )


def edit_settings(command: EditSettings, tx: Tx) -> None:
    """Merges an edit into the settings."""
    settings = tx.find(ScheduleSettings, tx.scope_id)
    if settings is None:
        raise Refused("schedule.missing")
    base, mine = base_and_mine(command.base, command.values)
    check_times(*(mine.get(name) for name in GROUPS["dates"]))
    calendar_id = given(command.values).get("default_calendar_id")
    if calendar_id is not None and tx.find(WorkCalendar, calendar_id) is None:
        raise Refused("schedule.calendar_gone")
    tx.merge(settings, GROUPS, base, mine)


PARTS = (
    CommandPart(SetUpSchedule, set_up_schedule, PLANNING),
    CommandPart(EditSettings, edit_settings, PLANNING),
)
