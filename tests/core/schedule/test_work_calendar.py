import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.work_calendar import (
    Shift,
    Shifts,
    WorkCalendar,
    merged_shifts,
    shifts_are_sound,
    standard_calendar,
)

SHIFTS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda s: s[0] < s[1])


@settings(deadline=None)
@given(st.lists(SHIFTS, max_size=8))
def test_merged_shifts_are_sound_and_cover_the_same_minutes(shifts: list[Shift]) -> None:
    merged = merged_shifts(shifts)
    assert shifts_are_sound(merged)
    assert {m for s in merged for m in range(*s)} == {m for s in shifts for m in range(*s)}


@pytest.mark.parametrize(
    "shifts", [((480, 480),), ((500, 480),), ((0, 1441),), ((0, 60), (30, 90)), ((-5, 5),)]
)
def test_unsound_shifts_are_recognised(shifts: Shifts) -> None:
    assert not shifts_are_sound(shifts)


def test_a_week_without_shifts_has_no_work() -> None:
    assert not WorkCalendar("x", "x", ((),) * 7).has_work()
    assert standard_calendar("x", "x").has_work()
