"""A drag as values: what the pointer does to dates and links, snapped to days; no Qt."""

from dataclasses import dataclass, replace
from enum import IntEnum
from math import floor

from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import MILESTONES, RowKind
from app.ui.kit.gantt.shading import ChartCalendar

_INSTANT = 1e-6


class DragMode(IntEnum):
    """What a drag asks for."""

    MOVE = 0
    RESIZE = 1
    LINK = 2


@dataclass(frozen=True, slots=True)
class Drag:
    """A drag under way. Days; `target` is a visible position or -1 while a link has none."""

    mode: DragMode
    position: int
    press_day: float
    start: float
    finish: float
    new_start: float
    new_finish: float
    from_right: bool = True
    target: int = -1
    kind: LinkKind = LinkKind.FS

    @property
    def changed(self) -> bool:
        """Whether letting go now asks for anything."""
        if self.mode is DragMode.LINK:
            return self.target >= 0
        return (self.new_start, self.new_finish) != (self.start, self.finish)


def begin(
    outline: Outline, position: int, mode: DragMode, day: float, from_right: bool = True
) -> Drag | None:
    """A drag of the bar at a visible position; None where that bar cannot be dragged so.

    Summaries and level of effort follow from other rows: they link, but do not move.
    """
    rows, row = outline.rows, outline.shown[position]
    kind = rows.kind[row]
    derived = kind in (RowKind.SUMMARY, RowKind.LEVEL_OF_EFFORT)
    if mode is not DragMode.LINK and derived:
        return None
    if mode is DragMode.RESIZE and kind != RowKind.TASK:
        return None
    start, finish = float(rows.start[row]), float(rows.finish[row])
    return Drag(mode, position, day, start, finish, start, finish, from_right)


def moved(drag: Drag, outline: Outline, calendar: ChartCalendar, day: float) -> Drag:
    """The drag with the pointer at `day`: whole days, on working days, working length kept."""
    step = floor(day - drag.press_day + 0.5)
    if step == 0:
        return replace(drag, new_start=drag.start, new_finish=drag.finish)
    if drag.mode is DragMode.RESIZE:
        return replace(drag, new_finish=_new_finish(drag, calendar, step))
    if outline.rows.kind[outline.shown[drag.position]] in MILESTONES:
        instant = _milestone_instant(drag, outline, calendar, step)
        return replace(drag, new_start=instant, new_finish=instant)
    new_start = calendar.next_working(drag.start + step, 1 if step > 0 else -1)
    length = max(calendar.working_days(drag.start, drag.finish), 1)
    end = calendar.finish_after(new_start, length)
    part = drag.finish - floor(drag.finish)
    return replace(drag, new_start=new_start, new_finish=end - 1 + part if part else end)


def targeted(drag: Drag, outline: Outline, position: int, kind: LinkKind) -> Drag:
    """The link drag with the pointer on a bar's end; its own bar is no target."""
    aims = 0 <= position < len(outline) and position != drag.position
    return replace(drag, target=position if aims else -1, kind=kind)


def _new_finish(drag: Drag, calendar: ChartCalendar, step: int) -> float:
    """Finish moved by whole days, on a working day, never before the end of the start's day."""
    least = floor(drag.start) + ((drag.finish - floor(drag.finish)) or 1.0)
    wanted = max(drag.finish + step, least)
    return max(_last_working(calendar, wanted, 1 if step > 0 else -1), least)


def _milestone_instant(drag: Drag, outline: Outline, calendar: ChartCalendar, step: int) -> float:
    """A finish milestone stands at the end of a working day, a start milestone at its beginning."""
    direction = 1 if step > 0 else -1
    if outline.rows.kind[outline.shown[drag.position]] == RowKind.START_MILESTONE:
        return calendar.next_working(drag.start + step, direction)
    return _last_working(calendar, drag.finish + step, direction)


def _last_working(calendar: ChartCalendar, finish: float, direction: int) -> float:
    """An exclusive finish moved until the day that it closes is a working day, to the second."""
    moved_day = calendar.next_working(finish - _INSTANT, direction) + _INSTANT
    return round(moved_day * 86_400) / 86_400
