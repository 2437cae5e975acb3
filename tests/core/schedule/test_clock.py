from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import InputRejected
from app.core.schedule.clock import (
    EARLIEST,
    LATEST,
    ROUND_THE_CLOCK,
    WorkClock,
    datetime_of,
    datetimes_of,
    minute_of,
)
from app.core.schedule.work_calendar import WorkCalendar
from tests.core.schedule.networks import MONDAY, STANDARD, work_calendars

INSTANTS = st.integers(MONDAY - 20 * 1440, MONDAY + 40 * 1440)
WORK = st.integers(0, 20_000)


@settings(deadline=None)
@given(work_calendars(), INSTANTS, WORK)
def test_adding_work_and_measuring_it_are_inverse(
    calendar: WorkCalendar, instant: int, work: int
) -> None:
    clock = WorkClock(calendar, MONDAY)
    assert clock.work_between(instant, clock.finish_after(instant, work)) == work
    assert clock.work_between(clock.start_before(instant, work), instant) == work


@settings(deadline=None)
@given(work_calendars(), INSTANTS, WORK)
def test_taking_work_back_returns_to_the_start_of_work(
    calendar: WorkCalendar, instant: int, work: int
) -> None:
    clock = WorkClock(calendar, MONDAY)
    start = clock.next_start(instant)
    assert clock.start_before(clock.finish_after(start, work), work) == start
    finish = clock.previous_finish(instant)
    assert clock.finish_after(clock.start_before(finish, work), work) == finish


@settings(deadline=None)
@given(work_calendars(), INSTANTS, WORK, WORK)
def test_work_adds_up(calendar: WorkCalendar, instant: int, first: int, second: int) -> None:
    clock = WorkClock(calendar, MONDAY)
    midway = clock.finish_after(instant, first)
    if second:
        assert clock.finish_after(midway, second) == clock.finish_after(instant, first + second)


@settings(deadline=None)
@given(work_calendars(), INSTANTS, INSTANTS)
def test_measuring_is_antisymmetric_and_counts_worked_minutes(
    calendar: WorkCalendar, begin: int, end: int
) -> None:
    clock = WorkClock(calendar, MONDAY)
    days = dict(calendar.exceptions)
    counted = 0
    for midnight in range(min(begin, end) // 1440 * 1440, max(begin, end), 1440):
        day = datetime_of(midnight).date()
        for shift_begin, shift_end in days.get(day, calendar.week[day.weekday()]):
            low, high = max(midnight + shift_begin, min(begin, end)), max(begin, end)
            counted += max(0, min(midnight + shift_end, high) - low)
    assert abs(clock.work_between(begin, end)) == counted
    assert clock.work_between(begin, end) == -clock.work_between(end, begin)


@settings(deadline=None)
@given(work_calendars(), INSTANTS)
def test_moved_instants_skip_no_work(calendar: WorkCalendar, instant: int) -> None:
    clock = WorkClock(calendar, MONDAY)
    start, finish = clock.next_start(instant), clock.previous_finish(instant)
    assert finish <= instant <= start
    assert clock.work_between(finish, start) == 0
    assert clock.work_between(start, start + 1) == 1
    assert clock.work_between(finish - 1, finish) == 1


@settings(deadline=None)
@given(work_calendars(), st.lists(st.tuples(INSTANTS, INSTANTS), max_size=20))
def test_many_measures_at_once_equal_single_ones(
    calendar: WorkCalendar, pairs: list[tuple[int, int]]
) -> None:
    clock = WorkClock(calendar, MONDAY)
    begins = np.array([pair[0] for pair in pairs], dtype=np.int64)
    ends = np.array([pair[1] for pair in pairs], dtype=np.int64)
    single = [clock.work_between(*pair) for pair in pairs]
    assert clock.works_between(begins, ends).tolist() == single


@settings(deadline=None)
@given(INSTANTS, st.integers(0, 3_000_000))
def test_coverage_grows_far_beyond_its_first_years(instant: int, work: int) -> None:
    near, far = WorkClock(STANDARD, MONDAY), WorkClock(STANDARD, MONDAY + 30 * 525_960)
    assert near.finish_after(instant, work) == far.finish_after(instant, work)
    assert near.start_before(instant, work) == far.start_before(instant, work)


def test_a_shift_ends_at_its_end_and_the_next_begins_at_its_begin() -> None:
    clock = WorkClock(STANDARD, MONDAY)
    start = MONDAY + 480
    finish = clock.finish_after(start, 480)
    assert datetime_of(finish).strftime("%d %H:%M") == "05 17:00"
    assert datetime_of(clock.next_start(finish)).strftime("%d %H:%M") == "06 08:00"
    assert clock.finish_after(start, 0) == start


@pytest.mark.parametrize("work", [10**9, 10**12])
def test_dates_beyond_the_horizon_are_refused_in_words(work: int) -> None:
    for clock in (WorkClock(STANDARD, MONDAY), ROUND_THE_CLOCK):
        for move in (clock.finish_after, clock.start_before):
            with pytest.raises(InputRejected) as refusal:
                move(MONDAY, work)
            found = refusal.value.findings[0].reason.text_id
            assert found == "schedule_files.beyond_horizon"


def test_a_calendar_with_one_worked_day_only_ends_in_a_refusal() -> None:
    calendar = WorkCalendar("x", "x", ((),) * 7, ((date(2026, 1, 6), ((0, 60),)),))
    clock = WorkClock(calendar, MONDAY)
    assert clock.finish_after(MONDAY, 60) == MONDAY + 1440 + 60
    with pytest.raises(InputRejected):
        clock.finish_after(MONDAY, 61)


@settings(deadline=None)
@given(st.integers(EARLIEST, LATEST))
def test_instants_and_datetimes_are_inverse(instant: int) -> None:
    assert minute_of(datetime_of(instant)) == instant
    assert datetimes_of([instant]) == [datetime_of(instant)]
