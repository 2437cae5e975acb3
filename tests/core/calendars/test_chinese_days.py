from datetime import date, timedelta

import chinese_calendar
import pytest

from app.core.calendars.chinese_days import (
    DayKind,
    DayStatus,
    announced_days,
    is_workday,
    with_announced_days,
)
from app.core.errors import InputRejected
from app.core.schedule.clock import WorkClock, datetime_of, minute_of
from app.core.schedule.work_calendar import DAY_SHIFTS, WorkCalendar, standard_calendar
from app.ports.schedule_files.holidays import chinese_days

ROW = {
    "date": "2026-02-14",
    "kind": "workday",
    "name_zh": "春节",
    "name_en": "Spring Festival",
    "status": "official",
    "source": "notice",
}


def test_every_official_day_agrees_with_the_published_calendar_package() -> None:
    days = chinese_days()
    day = date(2020, 1, 1)
    differing = []
    while day <= date(2026, 12, 31):
        if is_workday(day, days) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_ten_workdays_over_the_spring_festival_of_2026_end_on_the_27th() -> None:
    calendar = with_announced_days(standard_calendar("c", "Standard"), chinese_days())
    clock = WorkClock(calendar, minute_of(datetime_of(0)))
    start = (date(2026, 2, 9) - date(1970, 1, 1)).days * 1440 + 480
    finish = datetime_of(clock.finish_after(start, 10 * 480))
    assert (finish.date(), finish.hour) == (date(2026, 2, 27), 17)


def test_2027_holds_only_provisional_statutory_holidays() -> None:
    rows = [row for day, row in chinese_days().items() if day.year == 2027]
    assert len(rows) == 13
    assert {row.status for row in rows} == {DayStatus.PROVISIONAL}
    assert {row.kind for row in rows} == {DayKind.HOLIDAY}


def test_every_row_names_its_notice() -> None:
    assert all(row.source and row.name_zh and row.name_en for row in chinese_days().values())


def test_own_exceptions_of_a_calendar_have_precedence() -> None:
    shift = ((540, 600),)
    own = WorkCalendar("c", "c", (DAY_SHIFTS,) * 7, ((date(2026, 2, 17), shift),))
    merged = dict(with_announced_days(own, chinese_days()).exceptions)
    assert merged[date(2026, 2, 17)] == shift
    assert merged[date(2026, 2, 18)] == ()


def test_all_faulty_rows_are_found_at_once() -> None:
    rows = [ROW, ROW, {**ROW, "kind": "feast"}, {**ROW, "date": "2026-02-30"}, {"date": "x"}]
    with pytest.raises(InputRejected) as refusal:
        announced_days(rows)
    found = [(f.where, f.reason.text_id) for f in refusal.value.findings]
    assert found == [
        ("#2", "schedule_files.repeated_day"),
        ("#3", "schedule_files.bad_day_row"),
        ("#4", "schedule_files.bad_day_row"),
        ("#5", "schedule_files.bad_day_row"),
    ]
