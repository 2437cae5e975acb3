"""Working times as data: a week of shifts and dated exceptions, at minute resolution."""

from dataclasses import dataclass
from datetime import date

MINUTES_PER_DAY = 1440

Shift = tuple[int, int]
"""Begin and end in minutes of the day, 0 <= begin < end <= 1440."""

Shifts = tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When work goes on. `week` has seven entries, Monday first; an exception replaces a whole day.

    `exceptions` are sorted by date and name each date once; no shifts mean a day off.
    """

    id: str
    name: str
    week: tuple[Shifts, ...]
    exceptions: tuple[tuple[date, Shifts], ...] = ()

    def has_work(self) -> bool:
        """Whether a normal week holds any working time."""
        return any(self.week)


def merged_shifts(shifts: list[Shift]) -> Shifts:
    """Sorted shifts in which overlapping or touching ones have become one."""
    merged: list[Shift] = []
    for begin, end in sorted(shifts):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def shifts_are_sound(shifts: Shifts) -> bool:
    """Whether shifts lie inside a day, in order, without overlap."""
    last_end = 0
    for begin, end in shifts:
        if not last_end <= begin < end <= MINUTES_PER_DAY:
            return False
        last_end = end
    return True


DAY_SHIFTS: Shifts = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))


def standard_calendar(calendar_id: str, name: str) -> WorkCalendar:
    """Monday to Friday, 08:00-12:00 and 13:00-17:00."""
    return WorkCalendar(calendar_id, name, (DAY_SHIFTS,) * 5 + ((), ()))
