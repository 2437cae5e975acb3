"""Working time of a plan's calendars, as the page counts it."""

from dataclasses import replace
from datetime import date, datetime, time

from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.pages.schedule.clocks import Clocks
from tests.services.schedule.site import DAY, SIX_DAYS, new_id
from tests.ui.pages.schedule.plans import day_off, plan_of, task

NIGHT = ((0, 360), (1320, 1440))
SHORT = ((420, 720),)
FRIDAY, SATURDAY = datetime(2026, 3, 6, 8), datetime(2026, 3, 7, 17)  # noqa: DTZ001
MONDAY = datetime(2026, 3, 9, 8)  # noqa: DTZ001


def clocks(*more: CalendarView, days: tuple[SpecialDay, ...] = ()) -> Clocks:
    plan = plan_of([task("土方")], days=days)
    return Clocks.of(replace(plan, calendars=(*plan.calendars, *more)))


def test_a_task_without_a_calendar_follows_the_default_one() -> None:
    night = CalendarView(new_id(), "夜班", (NIGHT,) * 7, "", ())
    known = clocks(night)
    default = known.calendar(None)
    assert default is not None
    assert default.name == "六天工作制"
    assert known.calendar(night.id) is night
    assert known.week(night.id) == (NIGHT,) * 7


def test_a_day_is_what_the_calendar_works_or_the_clock_goes_round() -> None:
    short = CalendarView(new_id(), "半天", (*(SHORT,) * 5, (), ()), "", ())
    known = clocks(short)
    assert known.float_day(None) == DAY
    assert known.float_day(short.id) == 300
    assert known.day(task("土方").values) == DAY
    assert known.day(task("养护", elapsed_duration=True).values) == 1440
    assert (known.week_days(None), known.week_days(short.id)) == (6, 5)
    assert (known.usual_start(None), known.usual_finish(None)) == (time(8), time(17))
    assert (known.usual_start(short.id), known.usual_finish(short.id)) == (time(7), time(12))


def test_the_usual_day_is_not_the_odd_one() -> None:
    odd = CalendarView(new_id(), "周一半天", (SHORT, *SIX_DAYS[1:]), "", ())
    assert clocks(odd).usual_start(odd.id) == time(8)


def test_work_between_leaves_out_days_off() -> None:
    known, values = clocks(), task("土方").values
    assert known.work_between(values, FRIDAY, SATURDAY) == 2 * DAY
    assert known.work_between(values, FRIDAY, MONDAY) == 2 * DAY
    assert known.work_between(values, MONDAY, FRIDAY) == 0
    around = task("养护", elapsed_duration=True).values
    assert known.work_between(around, FRIDAY, MONDAY) == 3 * 1440
    held = clocks(days=(day_off(date(2026, 3, 7)),))
    assert held.work_between(values, FRIDAY, SATURDAY) == DAY


def test_work_begins_on_the_next_working_day() -> None:
    known = clocks(days=(day_off(date(2026, 3, 9)),))
    assert known.next_start(None, SATURDAY) == datetime(2026, 3, 10, 8)  # noqa: DTZ001
    assert known.next_start(None, FRIDAY) == FRIDAY


def test_a_calendar_without_any_work_counts_round_the_clock() -> None:
    never = CalendarView(new_id(), "停工", ((),) * 7, "", ())
    known = clocks(never)
    values = task("养护", calendar_id=never.id).values
    assert known.work_between(values, FRIDAY, MONDAY) == 3 * 1440
    assert known.week_days(never.id) == 1
    assert (known.usual_start(never.id), known.usual_finish(never.id)) == (time(8), time(17))


def test_times_beyond_what_can_be_counted_are_no_fault() -> None:
    known, far = clocks(), datetime(9999, 12, 31, 23)  # noqa: DTZ001
    assert known.work_between(task("土方").values, FRIDAY, far) >= 0
    assert known.next_start(None, far) == far
