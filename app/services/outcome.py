"""What a choice in a clash would make of a schedule; and a deletion or move asked once more."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy.orm import Session

from app.core.errors import InputRejected
from app.services.commands import Command
from app.services.fields import given
from app.services.inbox import ShownConflict, command_of
from app.services.ledger import again as ledger
from app.services.reconcile import EDITABLE
from app.services.schedule.calendars import SetCalendarDay
from app.services.schedule.computing import computed
from app.services.schedule.links import UnlinkTasks
from app.services.schedule.network import network_of
from app.services.schedule.outline import MoveTask
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import DeleteTask
from app.services.schedule.views import Plan

MOST_TASKS: Final = 5000
"""Above this a preview costs more than the moment that a person waits for a click."""
AGAIN: Final = ledger.AGAIN | {
    DeleteTask.KIND,
    MoveTask.KIND,
    UnlinkTasks.KIND,
    SetCalendarDay.KIND,
}
"""Kinds of commands that `asked_again` may give once more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Dates of a schedule: its finish, and finish and float (working minutes) of the row. What is
    finished has its actual finish, and no float.
    """

    finish: datetime
    row_finish: datetime | None
    row_float: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The outcome of the choice made, of leaving theirs, and of what stood there before."""

    chosen: Outcome | None
    theirs: Outcome | None
    base: Outcome | None


def preview(
    session: Session, shown: ShownConflict, chosen: Mapping[str, Any], base: Mapping[str, Any]
) -> Preview | None:
    """Computes the schedule with each set of values in the row; None where that says nothing."""
    view = shown.view
    if view.row_table not in ("task", "task_link", "schedule_settings", "work_calendar"):
        return None
    plan = load_plan(session, view.scope_id)
    if plan is None or not plan.tasks or len(plan.tasks) > MOST_TASKS:
        return None
    return Preview(
        _outcome(plan, view.row_table, view.row_id, chosen),
        _outcome(plan, view.row_table, view.row_id, {}),
        _outcome(plan, view.row_table, view.row_id, base),
    )


def _outcome(plan: Plan, table: str, row_id: UUID, changed: Mapping[str, Any]) -> Outcome | None:
    try:
        values = given(msgspec.convert(dict(changed), EDITABLE[table].fields))
        tasks = [
            (
                one.id,
                one.parent_id,
                replace(one.values, **values) if _is(one, table, row_id) else one.values,
            )
            for one in plan.tasks
        ]
        links = [
            replace(one, **values) if table == "task_link" and one.id == row_id else one
            for one in plan.links
        ]
        weeks = {
            one.id: (
                values.get("week", one.week) if one.id == row_id else one.week,
                tuple((day.day, day.shifts) for day in one.days),
            )
            for one in plan.calendars
        }
        settings = plan.settings
        if table == "schedule_settings":
            settings = replace(settings, **values)
        schedule = computed(network_of(tasks, links, weeks, settings))
    except (InputRejected, msgspec.ValidationError):
        return None
    dates = schedule.dates.get(str(row_id))
    row = next((one for one_id, _, one in tasks if one_id == row_id), None)
    if row is not None and row.actual_finish is not None:
        return Outcome(schedule.project_finish, row.actual_finish, None)
    return Outcome(
        schedule.project_finish,
        dates.early_finish if dates else None,
        dates.total_float if dates else None,
    )


def _is(one: Any, table: str, row_id: UUID) -> bool:
    return table == "task" and one.id == row_id


def asked_again(session: Session, shown: ShownConflict) -> Command | None:
    """The same wish, based on what stands there now; None for others."""
    view = shown.view
    command = command_of(view.kind, view.command)
    if command is None:
        return None
    if view.kind in ledger.AGAIN:
        return ledger.asked_again(session, command, view.reason_id, view.issued_at)
    plan = load_plan(session, view.scope_id)
    if plan is None:
        return None
    if isinstance(command, DeleteTask):
        seen = {task.id: task.row_version for task in plan.below(command.task_id)}
        return msgspec.structs.replace(command, seen=seen) if seen else None
    if isinstance(command, MoveTask):
        task = plan.task(command.task_id)
        if task is None:
            return None
        return msgspec.structs.replace(command, base_parent_id=task.parent_id)
    if isinstance(command, UnlinkTasks):
        link = next((one for one in plan.links if one.id == command.link_id), None)
        return None if link is None else msgspec.structs.replace(command, base=link.fields())
    if isinstance(command, SetCalendarDay):
        return _day_again(command, plan)
    return None


def _day_again(command: SetCalendarDay, plan: Plan) -> SetCalendarDay | None:
    for calendar in plan.calendars:
        if calendar.id == command.calendar_id:
            day = next((one for one in calendar.days if one.day == command.day), None)
            renames = day is not None and command.base_name is not UNSET
            return msgspec.structs.replace(
                command,
                day_id=day.id if day else command.day_id,
                base_shifts=day.shifts if day else None,
                base_name=day.name if day and renames else UNSET,
            )
    return None
