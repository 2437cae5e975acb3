from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.clock import WorkClock
from app.core.schedule.crew_clock import CrewClock
from tests.core.schedule.networks import MONDAY, NIGHTS, SEVEN_DAYS, STANDARD

INSTANTS = st.integers(MONDAY, MONDAY + 14 * 1440)


def crew(days: int, nights: int) -> tuple[CrewClock, WorkClock, WorkClock]:
    by_day, by_night = WorkClock(SEVEN_DAYS, MONDAY), WorkClock(NIGHTS, MONDAY)
    shares = ((by_day, days), (by_night, nights))
    return CrewClock(WorkClock(STANDARD, MONDAY), shares, 1000), by_day, by_night


@settings(deadline=None)
@given(INSTANTS, st.integers(1, 4000), st.integers(1, 4000))
def test_the_last_share_sets_the_finish_and_the_first_the_start(
    instant: int, days: int, nights: int
) -> None:
    clock, by_day, by_night = crew(days, nights)
    ends = by_day.finish_after(instant, days), by_night.finish_after(instant, nights)
    assert clock.finish_after(instant, 1000) == max(ends)
    begins = by_day.start_before(instant, days), by_night.start_before(instant, nights)
    assert clock.start_before(instant, 1000) == min(begins)


@settings(deadline=None)
@given(INSTANTS)
def test_somebody_works_where_the_crew_can_start(instant: int) -> None:
    clock, by_day, by_night = crew(10, 10)
    start, finish = clock.next_start(instant), clock.previous_finish(instant)
    assert start in (by_day.next_start(instant), by_night.next_start(instant))
    assert finish <= instant <= start
    assert clock.finish_after(instant, 0) == clock.start_before(instant, 0) == instant
    assert clock.finish_after(instant, -500) == clock.start_before(instant, 500)


def test_floats_are_counted_by_the_own_calendar() -> None:
    clock, _, _ = crew(10, 10)
    assert clock.work_between(MONDAY, MONDAY + 7 * 1440) == 5 * 480
