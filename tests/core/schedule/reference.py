"""A slow critical path method that shares no code with the engine: one array cell per minute.

Dates are found by relaxation until nothing moves, not in topological order. It knows unprogressed,
unconstrained networks only.
"""

from dataclasses import dataclass
from functools import cache

from app.core.schedule.network import Link, LinkType, Network
from app.core.schedule.work_calendar import WorkCalendar
from tests.core.schedule.networks import MONDAY

DAYS_BEFORE, DAYS_AFTER = 40, 160


class MinuteCalendar:
    """The working minutes of a calendar, listed."""

    def __init__(self, calendar: WorkCalendar) -> None:
        first = MONDAY - DAYS_BEFORE * 1440
        self.minutes = [
            first + day * 1440 + minute
            for day in range(DAYS_BEFORE + DAYS_AFTER)
            for begin, end in calendar.week[(day - DAYS_BEFORE) % 7]
            for minute in range(begin, end)
        ]
        self.rank = {minute: rank for rank, minute in enumerate(self.minutes)}

    def next_start(self, instant: int) -> int:
        while instant not in self.rank:
            instant += 1
        return instant

    def previous_finish(self, instant: int) -> int:
        while instant - 1 not in self.rank:
            instant -= 1
        return instant

    def add(self, instant: int, work: int) -> int:
        if work == 0:
            return instant
        return self.minutes[self.rank[self.next_start(instant)] + work - 1] + 1

    def take(self, instant: int, work: int) -> int:
        if work == 0:
            return instant
        return self.minutes[self.rank[self.previous_finish(instant) - 1] - work + 1]

    def between(self, begin: int, end: int) -> int:
        count = sum(1 for minute in range(min(begin, end), max(begin, end)) if minute in self.rank)
        return count if begin <= end else -count


@cache
def minute_calendar(calendar: WorkCalendar) -> MinuteCalendar:
    """The listed minutes of a calendar, made once."""
    return MinuteCalendar(calendar)


@dataclass
class Row:
    """Dates of one activity."""

    early_start: int
    early_finish: int
    late_start: int = 0
    late_finish: int = 0


def slow_dates(network: Network, start: int) -> dict[str, Row]:
    """Early and late dates of every activity by relaxation."""
    clocks = {key: minute_calendar(calendar) for key, calendar in network.calendars.items()}
    clock_of = {a.id: clocks[a.calendar_id] for a in network.activities}
    work_of = {a.id: a.duration for a in network.activities}
    rows = {}
    for key, clock in clock_of.items():
        begin = clock.next_start(start)
        rows[key] = Row(begin, clock.add(begin, work_of[key]))
    moved = True
    while moved:
        moved = False
        for link in network.links:
            begin = _earliest(link, rows, clock_of, work_of)
            row, clock = rows[link.successor_id], clock_of[link.successor_id]
            begin = clock.next_start(begin)
            if begin > row.early_start:
                row.early_start = begin
                row.early_finish = clock.add(begin, work_of[link.successor_id])
                moved = True
    _relax_late(network, rows, clock_of, work_of)
    return rows


def _earliest(
    link: Link, rows: dict[str, Row], clock_of: dict[str, MinuteCalendar], work_of: dict[str, int]
) -> int:
    before, lag_clock = rows[link.predecessor_id], clock_of[link.predecessor_id]
    from_start = link.type in (LinkType.SS, LinkType.SF)
    instant = lag_clock.add(before.early_start if from_start else before.early_finish, link.lag)
    if link.type in (LinkType.FS, LinkType.SS):
        return instant
    return clock_of[link.successor_id].take(instant, work_of[link.successor_id])


def _relax_late(
    network: Network,
    rows: dict[str, Row],
    clock_of: dict[str, MinuteCalendar],
    work_of: dict[str, int],
) -> None:
    finish = max(row.early_finish for row in rows.values())
    for key, row in rows.items():
        row.late_finish = clock_of[key].previous_finish(finish)
        row.late_start = clock_of[key].take(row.late_finish, work_of[key])
    moved = True
    while moved:
        moved = False
        for link in network.links:
            key = link.predecessor_id
            row, clock = rows[key], clock_of[key]
            after = rows[link.successor_id]
            to_start = link.type in (LinkType.FS, LinkType.SS)
            instant = clock.take(after.late_start if to_start else after.late_finish, link.lag)
            if link.type in (LinkType.SS, LinkType.SF):
                instant = clock.add(instant, work_of[key])
            instant = clock.previous_finish(instant)
            if instant < row.late_finish:
                row.late_finish = instant
                row.late_start = clock.take(instant, work_of[key])
                moved = True
