"""The chart's calendar: days off, make-up days and steps over them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.shading import ChartCalendar
from tests.ui.kit.gantt.sample_plan import sample_calendar

CALENDAR = sample_calendar()
FIRST = int(day_of(date(2026, 1, 1)))


def number(month: int, day: int) -> int:
    return int(day_of(date(2026, month, day)))


def test_weekends_and_holidays_rest_and_makeup_days_work() -> None:
    assert CALENDAR.is_working(number(3, 20))
    assert not CALENDAR.is_working(number(3, 21))
    assert not CALENDAR.is_working(number(2, 16))
    assert CALENDAR.is_working(number(2, 14))
    assert CALENDAR.in_holiday(number(2, 16))
    assert not CALENDAR.in_holiday(number(3, 21))


@given(st.integers(0, 200), st.floats(0, 0.99), st.sampled_from([1, -1]))
def test_the_next_working_day_is_working_and_nothing_between_is(
    offset: int, part: float, step: int
) -> None:
    begin = FIRST + offset + part
    found = CALENDAR.next_working(begin, step)
    assert CALENDAR.is_working(int(found // 1))
    between = range(0, round(abs(found - begin)))
    assert not any(CALENDAR.is_working(int((begin + step * n) // 1)) for n in between)


@given(st.integers(0, 200), st.integers(1, 40))
def test_finish_after_counts_back_to_the_same_working_days(offset: int, length: int) -> None:
    start = CALENDAR.next_working(FIRST + offset)
    assert CALENDAR.working_days(start, CALENDAR.finish_after(start, length)) == length


def test_a_calendar_without_working_days_does_not_hang() -> None:
    idle = ChartCalendar.of(weekdays_off=range(7))
    assert idle.next_working(FIRST + 0.5) == FIRST + 0.5
    assert idle.finish_after(float(FIRST), 3) > FIRST
