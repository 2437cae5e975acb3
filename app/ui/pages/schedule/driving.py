"""Which links hold their successor where it is: those that it cannot begin (or end) earlier for."""

from collections.abc import Iterable
from uuid import UUID

from app.core.errors import InputRejected
from app.core.schedule.clock import Clock, ElapsedClock, minute_of
from app.core.schedule.network import LagCalendar, LagKind, LinkType
from app.services.schedule.views import LinkView, Plan, TaskView
from app.ui.pages.schedule.clocks import Clocks

_FROM_FINISH = (LinkType.FS, LinkType.FF)
_TO_START = (LinkType.FS, LinkType.SS)


def driving_links(plan: Plan, clocks: Clocks) -> frozenset[UUID]:
    """Ids of links without slack between the dates of their two ends."""
    known = {task.id: task for task in plan.tasks}
    return frozenset(link.id for link in plan.links if _drives(link, known, plan, clocks))


def drivers_of(task_id: UUID, links: Iterable[LinkView], driving: frozenset[UUID]) -> list[UUID]:
    """The predecessors that hold a task where it is."""
    return [
        link.predecessor_id for link in links if link.successor_id == task_id and link.id in driving
    ]


def _drives(link: LinkView, known: dict[UUID, TaskView], plan: Plan, clocks: Clocks) -> bool:
    before, after = known.get(link.predecessor_id), known.get(link.successor_id)
    if before is None or after is None or before.dates is None or after.dates is None:
        return False
    started = after.values.actual_start is not None
    if after.values.actual_finish is not None or (started and link.type in _TO_START):
        return False
    dates, held = before.dates, after.dates
    leaves = dates.early_finish if link.type in _FROM_FINISH else dates.early_start
    arrives = held.early_start if link.type in _TO_START else held.early_finish
    lag_clock, minutes = _lag(link, before, after, plan, clocks)
    clock = clocks.clock(after.values.calendar_id, elapsed=after.values.elapsed_duration)
    try:
        bound = lag_clock.finish_after(minute_of(leaves), minutes)
        return clock.work_between(bound, minute_of(arrives)) <= 0
    except InputRejected:
        return False


def _lag(
    link: LinkView, before: TaskView, after: TaskView, plan: Plan, clocks: Clocks
) -> tuple[Clock, int]:
    if link.lag_kind is LagKind.ELAPSED:
        return ElapsedClock(), link.lag
    followed = {
        LagCalendar.PREDECESSOR: before.values.calendar_id,
        LagCalendar.SUCCESSOR: after.values.calendar_id,
        LagCalendar.PROJECT: None,
    }
    minutes = link.lag
    if link.lag_kind is LagKind.PERCENT:
        minutes = before.values.duration_minutes * link.lag // 100
    if plan.settings.lag_calendar is LagCalendar.ROUND_THE_CLOCK:
        return ElapsedClock(), minutes
    return clocks.clock(followed[plan.settings.lag_calendar]), minutes
