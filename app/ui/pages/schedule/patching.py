"""One edited row shown at once, before the dates that follow from it are computed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.errors import InputRejected
from app.core.schedule.clock import datetime_of, minute_of
from app.services.schedule.views import TaskView
from app.ui.kit.gantt.rows import GanttRows, day_of
from app.ui.pages.schedule.durations import say_duration
from app.ui.pages.schedule.picture import Picture


def patched(picture: Picture, task_id: UUID, edit: Mapping[str, Any]) -> Picture:
    """The picture with one row's own cells and bar as the edit will have them."""
    index, task = picture.place.get(task_id), picture.by_id.get(task_id)
    if index is None or task is None:
        return picture
    after = replace(task, values=replace(task.values, **edit))
    rows, values = picture.rows, after.values
    if "name" in edit:
        rows = replace(rows, names=_put(rows.names, index, values.name))
    if "code" in edit:
        rows = replace(rows, codes=_put(rows.codes, index, values.code or task.outline))
    if "percent_complete" in edit:
        percent = rows.percent.copy()
        percent[index] = float(values.percent_complete) * 100
        rows = replace(rows, percent=percent)
    if "duration_minutes" in edit:
        words = say_duration(values.duration_minutes, picture.clocks.day(values))
        rows = replace(rows, durations=_put(rows.durations, index, words))
        rows = _with_finish(rows, index, _finish(picture, after))
    return replace(picture, rows=rows, by_id={**picture.by_id, task_id: after})


def _finish(picture: Picture, task: TaskView) -> datetime | None:
    if task.dates is None or task.values.actual_finish is not None:
        return None
    values = task.values
    clock = picture.clocks.clock(values.calendar_id, elapsed=values.elapsed_duration)
    try:
        start = minute_of(task.dates.early_start)
        return datetime_of(clock.finish_after(start, values.duration_minutes))
    except InputRejected:
        return None


def _with_finish(rows: GanttRows, index: int, finish: datetime | None) -> GanttRows:
    if finish is None:
        return rows
    days, late = rows.finish.copy(), rows.late_finish.copy()
    days[index] = max(day_of(finish), float(rows.start[index]))
    late[index] = float("nan")
    return replace(rows, finish=days, late_finish=late)


def _put(words: tuple[str, ...], index: int, word: str) -> tuple[str, ...]:
    return (*words[:index], word, *words[index + 1 :])
