"""Time to x and back, and where the header's divisions fall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from math import ceil, floor

from app.ui.kit.gantt.rows import day_of, start_date

LEAST_PX, MOST_PX = 0.3, 80.0


class ScaleUnit(IntEnum):
    """The finer division of the header."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    QUARTER = 3


USUAL_PX: dict[ScaleUnit, float] = {
    ScaleUnit.DAY: 24.0,
    ScaleUnit.WEEK: 7.0,
    ScaleUnit.MONTH: 2.0,
    ScaleUnit.QUARTER: 0.7,
}


@dataclass(frozen=True, slots=True)
class Division:
    """One cell of a header line: [first, last) in days, labelled by the day it begins with."""

    first: float
    last: float
    begins: date


@dataclass(frozen=True, slots=True)
class TimeScale:
    """x(day) = (day - origin) * px_per_day, in logical pixels."""

    origin: float
    px_per_day: float

    def x(self, day: float) -> float:
        """Pixel position of a day number."""
        return (day - self.origin) * self.px_per_day

    def day(self, x: float) -> float:
        """Day number at a pixel position."""
        return self.origin + x / self.px_per_day

    def moved(self, pixels: float) -> "TimeScale":
        """The scale after scrolling `pixels` to later days."""
        return TimeScale(self.day(pixels), self.px_per_day)

    def zoomed(self, factor: float, around_x: float) -> "TimeScale":
        """The scale enlarged by `factor`; the day under `around_x` stays where it is."""
        px = min(max(self.px_per_day * factor, LEAST_PX), MOST_PX)
        return TimeScale(self.day(around_x) - around_x / px, px)

    @property
    def unit(self) -> ScaleUnit:
        """The finest division with enough room for its labels."""
        if self.px_per_day >= 16:
            return ScaleUnit.DAY
        if self.px_per_day >= 5.2:
            return ScaleUnit.WEEK
        return ScaleUnit.MONTH if self.px_per_day >= 0.9 else ScaleUnit.QUARTER

    @property
    def upper_unit(self) -> str:
        """ "month" or "year": what the upper header line shows."""
        return "month" if self.unit in (ScaleUnit.DAY, ScaleUnit.WEEK) else "year"

    def lower_divisions(self, first: float, last: float) -> Iterator[Division]:
        """Divisions of the finer line that touch days [first, last)."""
        unit = self.unit
        if unit is ScaleUnit.DAY:
            return _steps(floor(first), 1, last)
        if unit is ScaleUnit.WEEK:
            return _steps(floor(first) - (floor(first) + 3) % 7, 7, last)
        return _months(first, last, 1 if unit is ScaleUnit.MONTH else 3)

    def upper_divisions(self, first: float, last: float) -> Iterator[Division]:
        """Divisions of the coarser line that touch days [first, last)."""
        return _months(first, last, 1 if self.upper_unit == "month" else 12)


def _steps(begin: int, step: int, last: float) -> Iterator[Division]:
    for day in range(begin, ceil(last), step):
        yield Division(day, day + step, start_date(day))


def _months(first: float, last: float, every: int) -> Iterator[Division]:
    begins = start_date(first)
    begins = begins.replace(month=(begins.month - 1) // every * every + 1, day=1)
    while day_of(begins) < last:
        ends = _months_later(begins, every)
        yield Division(day_of(begins), day_of(ends), begins)
        begins = ends


def _months_later(first: date, months: int) -> date:
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    return first
