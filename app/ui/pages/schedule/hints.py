"""What the status bar says of the selection: dates, duration, float, and what drives it."""

from collections.abc import Sequence
from uuid import UUID

from app.core.schedule.network import ActivityKind
from app.services.schedule.views import TaskView
from app.ui.kit.gantt.rows import day_of, finish_date, start_date
from app.ui.kit.text import tr
from app.ui.pages.schedule.driving import drivers_of
from app.ui.pages.schedule.durations import say_days, say_duration
from app.ui.pages.schedule.picture import Picture

MOST_DRIVERS = 2


def selection_hint(picture: Picture | None, ids: Sequence[UUID]) -> str:
    """One line about the selection, "" for none."""
    known = [] if picture is None else [row for row in ids if row in picture.by_id]
    if picture is None or not known:
        return ""
    if len(known) > 1:
        return _several(picture, known)
    task = picture.by_id[known[0]]
    parts = [picture.called(task.id), _dates(picture, task), _duration(picture, task)]
    parts += _float(picture, task)
    parts += _drivers(picture, task)
    return " · ".join(part for part in parts if part)


def _several(picture: Picture, ids: Sequence[UUID]) -> str:
    found = [picture.spans[row] for row in ids if row in picture.spans]
    if not found:
        return tr("schedule.page.hint_count", count=len(ids))
    return tr(
        "schedule.page.hint_several",
        count=len(ids),
        start=start_date(day_of(min(start for start, _ in found))).isoformat(),
        finish=finish_date(day_of(max(finish for _, finish in found))).isoformat(),
    )


def _dates(picture: Picture, task: TaskView) -> str:
    dates = picture.spans.get(task.id)
    if dates is None:
        return tr("schedule.page.hint_undated")
    start, finish = start_date(day_of(dates[0])), finish_date(day_of(dates[1]))
    if finish <= start:
        return finish.isoformat()
    return tr("schedule.page.hint_dates", start=start.isoformat(), finish=finish.isoformat())


def _duration(picture: Picture, task: TaskView) -> str:
    if task.values.kind in (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE):
        return ""
    words = picture.rows.durations[picture.place[task.id]]
    if task.values.kind is ActivityKind.TASK:
        words = say_duration(task.values.duration_minutes, picture.clocks.day(task.values))
    if words and words[-1].isdigit():
        return tr("schedule.page.hint_days", count=words)
    return tr("schedule.page.hint_duration", duration=words)


def _float(picture: Picture, task: TaskView) -> list[str]:
    finished = task.values.actual_finish is not None or task.values.percent_complete >= 1
    if task.dates is None or finished:
        return []
    day = picture.clocks.float_day(task.values.calendar_id)
    total = tr("schedule.page.hint_float", count=say_days(task.dates.total_float, day))
    if task.values.kind is ActivityKind.SUMMARY:
        return [total]
    free = tr("schedule.page.hint_free", count=say_days(task.dates.free_float, day))
    return [total, free]


def _drivers(picture: Picture, task: TaskView) -> list[str]:
    found = drivers_of(task.id, picture.links_at.get(task.id, ()), picture.driving)
    if not found:
        return []
    named = [picture.called(row) for row in found[:MOST_DRIVERS]]
    if len(found) > MOST_DRIVERS:
        named.append("…")
    return [tr("schedule.page.hint_driven", names="、".join(named))]
