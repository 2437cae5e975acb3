"""The official days as days of a calendar."""

from datetime import date
from uuid import uuid4

from app.core.schedule.work_calendar import DAY_SHIFTS
from app.ui.program.holidays import special_days


def test_days_off_have_no_shifts_and_make_up_days_are_worked() -> None:
    days = {one.day: one for one in special_days(2025, 2025, uuid4)}
    national = days[date(2025, 10, 1)]
    assert (national.shifts, national.provisional) == ((), False)
    assert "国庆" in national.name
    made_up = days[date(2025, 10, 11)]
    assert made_up.shifts == DAY_SHIFTS
    assert len({one.id for one in days.values()}) == len(days)


def test_only_the_years_asked_for_in_order() -> None:
    days = [one.day for one in special_days(2024, 2025, uuid4)]
    assert days == sorted(days)
    assert {day.year for day in days} == {2024, 2025}
    assert special_days(1900, 1901, uuid4) == ()
