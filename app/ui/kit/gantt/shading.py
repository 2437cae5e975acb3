"""Non-working days, named holidays and make-up days behind the bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor

from app.ui.kit.gantt.rows import day_of

_MONDAY_OFFSET = 3  # 1970-01-01 was a Thursday
_LONGEST_BREAK = 400


@dataclass(frozen=True, slots=True)
class NamedHoliday:
    """A holiday from `first` to `last` day number (both inclusive) with its finished name."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class ChartCalendar:
    """The project calendar as the chart shows it: week days off (0 Monday), holidays, make-up days.

    Day numbers count from 1970-01-01. `rest_days` are single days off that have no name.
    """

    weekdays_off: frozenset[int] = frozenset({5, 6})
    holidays: tuple[NamedHoliday, ...] = ()
    rest_days: frozenset[int] = frozenset()
    makeup_days: frozenset[int] = frozenset()
    _holiday_days: frozenset[int] = field(default=frozenset(), compare=False)

    @staticmethod
    def of(
        weekdays_off: Iterable[int] = (5, 6),
        holidays: Sequence[tuple[date, date, str]] = (),
        makeup_days: Iterable[date] = (),
        rest_days: Iterable[date] = (),
    ) -> "ChartCalendar":
        """A calendar from dates; each holiday is (first day, last day, name)."""
        named = tuple(NamedHoliday(int(day_of(a)), int(day_of(b)), name) for a, b, name in holidays)
        return ChartCalendar(
            weekdays_off=frozenset(weekdays_off),
            holidays=named,
            rest_days=frozenset(int(day_of(day)) for day in rest_days),
            makeup_days=frozenset(int(day_of(day)) for day in makeup_days),
            _holiday_days=frozenset(
                day for holiday in named for day in range(holiday.first, holiday.last + 1)
            ),
        )

    def is_working(self, day: int) -> bool:
        """Whether work is done on a day number."""
        if day in self.makeup_days:
            return True
        if day in self._holiday_days or day in self.rest_days:
            return False
        return (day + _MONDAY_OFFSET) % 7 not in self.weekdays_off

    def in_holiday(self, day: int) -> bool:
        """Whether a day number lies in a named holiday."""
        return day in self._holiday_days and day not in self.makeup_days

    def next_working(self, day: float, step: int = 1) -> float:
        """`day` moved whole days in direction `step` until it lies in a working day.

        The time of day is kept. A calendar without any working day leaves `day` as it is.
        """
        for moved in range(_LONGEST_BREAK):
            if self.is_working(floor(day + moved * step)):
                return day + moved * step
        return day

    def working_days(self, start: float, finish: float) -> int:
        """Working days touched by [start, finish)."""
        last = floor(finish - 1e-6)
        return sum(1 for day in range(floor(start), last + 1) if self.is_working(day))

    def finish_after(self, start: float, working: int) -> float:
        """First instant after the `working`th working day counted from the day of `start`."""
        day, left = floor(start), working
        for _ in range(working * 7 + _LONGEST_BREAK):
            if self.is_working(day):
                left -= 1
                if left <= 0:
                    break
            day += 1
        return float(day + 1)
