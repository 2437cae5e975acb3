"""A working calendar as the chart shades it."""

from datetime import date

from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.kit.gantt.rows import day_of
from app.ui.pages.schedule.shown_calendar import chart_calendar
from tests.services.schedule.site import SIX_DAYS, new_id
from tests.ui.pages.schedule.plans import day_off, picture, task


def test_holidays_are_joined_by_name_and_provisional_ones_say_so() -> None:
    days = [
        day_off(date(2026, 4, 4), "清明"),
        day_off(date(2026, 4, 5), "清明"),
        day_off(date(2026, 5, 1), "劳动节", provisional=True),
        day_off(date(2026, 5, 8)),
        SpecialDay(new_id(), date(2026, 5, 10), ((480, 720),), "", False),
    ]
    calendar = picture([task("土方")], days=days).calendar
    assert [(one.name, one.last - one.first + 1) for one in calendar.holidays] == [
        ("清明", 2),
        ("劳动节（预排）", 1),
    ]
    assert calendar.weekdays_off == {6}
    assert calendar.rest_days == {int(day_of(date(2026, 5, 8)))}
    assert calendar.makeup_days == {int(day_of(date(2026, 5, 10)))}


def test_one_name_on_days_apart_is_two_holidays() -> None:
    days = tuple(day_off(date(2026, 5, day), "检修") for day in (4, 5, 7))
    calendar = CalendarView(new_id(), "六天", SIX_DAYS, "", days)
    spans = [(one.first, one.last) for one in chart_calendar(calendar, "zh_CN").holidays]
    first = int(day_of(date(2026, 5, 4)))
    assert spans == [(first, first + 1), (first + 3, first + 3)]


def test_a_day_off_that_is_off_anyway_and_other_shifts_are_not_marked() -> None:
    sunday, monday = date(2026, 5, 3), date(2026, 5, 4)
    days = (day_off(sunday), SpecialDay(new_id(), monday, ((480, 720),), "", False))
    shown = chart_calendar(CalendarView(new_id(), "六天", SIX_DAYS, "", days), "zh_CN")
    assert not shown.rest_days
    assert not shown.makeup_days
    assert not shown.holidays


def test_a_provisional_holiday_is_said_in_the_language() -> None:
    days = (day_off(date(2026, 5, 1), "劳动节", provisional=True),)
    shown = chart_calendar(CalendarView(new_id(), "六天", SIX_DAYS, "", days), "en")
    assert [one.name for one in shown.holidays] == ["劳动节 (provisional)"]
