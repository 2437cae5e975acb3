"""What typing into a cell, or dragging a bar, means for a task's fields."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.core.errors import Refused
from app.core.schedule.network import ActivityKind, ConstraintKind
from app.services.schedule.views import TaskValues, TaskView
from app.ui.kit.gantt.columns import Column
from app.ui.kit.parsing import parse_number
from app.ui.pages.schedule.clocks import Clocks
from app.ui.pages.schedule.durations import read_duration
from app.ui.pages.schedule.moments import read_moment

Edit = dict[str, Any]
MOST_NAME, MOST_CODE = 500, 120
MILESTONES = (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)
DERIVED = (ActivityKind.SUMMARY, ActivityKind.LEVEL_OF_EFFORT)


def cell_edit(task: TaskView, column: Column, typed: str, clocks: Clocks, today: date) -> Edit:
    """Fields to change, {} for nothing. Refused with words when the typing cannot be meant."""
    reader = _READERS.get(column)
    if reader is None:
        return {}
    return changed(task.values, reader(task, typed.strip(), clocks, today))


def changed(values: TaskValues, edit: Edit) -> Edit:
    """Only those fields of an edit that differ from the values."""
    return {name: value for name, value in edit.items() if getattr(values, name) != value}


def started_at(task: TaskView, moment: datetime) -> Edit:
    """The edit that makes a task start at a moment: the actual start of one begun, else a limit."""
    if task.values.actual_start is not None:
        return changed(task.values, {"actual_start": moment})
    kind = ConstraintKind.START_NO_EARLIER
    if task.values.kind is ActivityKind.FINISH_MILESTONE:
        kind = ConstraintKind.FINISH_NO_EARLIER
    return changed(task.values, {"constraint_kind": kind, "constraint_at": moment})


def finished_at(task: TaskView, moment: datetime, clocks: Clocks) -> Edit:
    """The edit of the duration that makes a task end at a moment. Refused before its start."""
    values = task.values
    if values.actual_finish is not None:
        return changed(values, {"actual_finish": moment})
    if values.kind in MILESTONES:
        return started_at(task, moment)
    begins = task.dates.early_start if task.dates is not None else values.actual_start
    if begins is None:
        return {}
    minutes = clocks.work_between(values, begins, moment)
    if minutes <= 0:
        raise Refused("schedule.page.fault_finish_first", name=values.name)
    return duration_of(values, minutes)


def duration_of(values: TaskValues, minutes: int) -> Edit:
    """A new duration; what remains of a task under way grows or shrinks with it."""
    edit: Edit = {"duration_minutes": minutes}
    if values.remaining_minutes is not None and values.actual_finish is None:
        left = values.remaining_minutes + minutes - values.duration_minutes
        edit["remaining_minutes"] = max(left, 0)
    return changed(values, edit)


def progress_of(task: TaskView, share: Decimal) -> Edit:
    """A new share done (0..1), with the actual dates that it implies."""
    values = task.values
    edit: Edit = {"percent_complete": share}
    if share > 0 and values.actual_start is None and task.dates is not None:
        edit["actual_start"] = task.dates.early_start
    if share >= 1 and values.actual_finish is None and task.dates is not None:
        edit["actual_finish"] = task.dates.early_finish
    if share < 1:
        edit["actual_finish"] = None
    if share == 0:
        edit["actual_start"] = None
    if values.remaining_minutes is not None:
        edit["remaining_minutes"] = int((1 - share) * values.duration_minutes)
    return changed(values, edit)


def _code(_task: TaskView, typed: str, _clocks: Clocks, _today: date) -> Edit:
    if len(typed) > MOST_CODE:
        raise Refused("schedule.page.fault_long", most=MOST_CODE)
    return {"code": typed}


def _name(_task: TaskView, typed: str, _clocks: Clocks, _today: date) -> Edit:
    if not typed:
        raise Refused("schedule.page.fault_name")
    if len(typed) > MOST_NAME:
        raise Refused("schedule.page.fault_long", most=MOST_NAME)
    return {"name": typed}


def _duration(task: TaskView, typed: str, clocks: Clocks, _today: date) -> Edit:
    if task.values.kind in DERIVED or task.values.kind in MILESTONES:
        raise Refused("schedule.page.fault_derived", name=task.values.name)
    day = clocks.day(task.values)
    try:
        minutes = read_duration(typed, day, clocks.week_days(task.values.calendar_id))
    except ValueError:
        raise Refused("schedule.page.fault_duration", typed=typed[:40]) from None
    return duration_of(task.values, minutes)


def _start(task: TaskView, typed: str, clocks: Clocks, today: date) -> Edit:
    _refuse_derived(task)
    usual = clocks.usual_start(task.values.calendar_id)
    if task.values.kind is ActivityKind.FINISH_MILESTONE:
        usual = clocks.usual_finish(task.values.calendar_id)
    moment = _moment(typed, today, usual)
    if moment is not None:
        return started_at(task, moment)
    if task.values.actual_start is not None:
        return progress_of(task, Decimal(0))
    return {"constraint_kind": ConstraintKind.AS_SOON_AS_POSSIBLE, "constraint_at": None}


def _finish(task: TaskView, typed: str, clocks: Clocks, today: date) -> Edit:
    _refuse_derived(task)
    usual = clocks.usual_finish(task.values.calendar_id)
    moment = _moment(typed, today, usual)
    if moment is None:
        raise Refused("schedule.page.fault_date", typed=typed[:40])
    return finished_at(task, moment, clocks)


def _percent(task: TaskView, typed: str, _clocks: Clocks, _today: date) -> Edit:
    if task.values.kind is ActivityKind.SUMMARY:
        raise Refused("schedule.page.fault_derived", name=task.values.name)
    return progress_of(task, read_share(typed))


def read_share(typed: str) -> Decimal:
    """A share 0..1 from "50", "50%" or "33.33％". Refused when it is none."""
    try:
        number = parse_number(typed.strip().removesuffix("%").removesuffix("％"))
        share = (number / 100).quantize(Decimal("0.000001"))
    except (ValueError, ArithmeticError):
        raise Refused("schedule.page.fault_percent", typed=typed[:40]) from None
    if not 0 <= share <= 1:
        raise Refused("schedule.page.fault_percent", typed=typed[:40])
    return share


def _moment(typed: str, today: date, usual: time) -> datetime | None:
    try:
        return read_moment(typed, today, usual)
    except ValueError:
        raise Refused("schedule.page.fault_date", typed=typed[:40]) from None


def _refuse_derived(task: TaskView) -> None:
    if task.values.kind in DERIVED:
        raise Refused("schedule.page.fault_derived", name=task.values.name)


_Reader = Callable[[TaskView, str, Clocks, date], Edit]
_READERS: dict[Column, _Reader] = {
    Column.CODE: _code,
    Column.NAME: _name,
    Column.DURATION: _duration,
    Column.START: _start,
    Column.FINISH: _finish,
    Column.PERCENT: _percent,
}
