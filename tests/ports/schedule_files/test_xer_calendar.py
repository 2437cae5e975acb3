from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.work_calendar import WorkCalendar
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.xer_calendar import read_clndr_data
from tests.ports.schedule_files.findings import found_in
from tests.ports.schedule_files.samples import CALENDAR_640

DAY = ((480, 720), (780, 1020))


def read(text: str, base: WorkCalendar | None = None) -> WorkCalendar:
    faults = Faults()
    calendar = read_clndr_data(text, "1", "name", base, "L1", faults)
    faults.raise_if_any()
    assert calendar is not None
    return calendar


def test_week_and_exceptions() -> None:
    calendar = read(CALENDAR_640)
    assert calendar.week == (DAY,) * 5 + ((), ())
    assert calendar.exceptions == ((date(2026, 1, 1), ()),)


def test_shifts_in_either_order_and_until_midnight() -> None:
    text = (
        "(0||CalendarData()((0||DaysOfWeek()("
        "(0||1()((0||0(f|16:00|s|08:00)())))"
        "(0||2()((0||0(s|00:00|f|00:00)())))"
        "(0||3()((0||0(s|20:00|f|24:00)())(0||1(s|00:00|f|04:00)())))"
        "))(0||Exceptions()((0||0(d|46024)((0||0(s|07:30|f|15:30)())))))))"
    )
    week = read(text).week
    assert week[6] == ((480, 960),)
    assert week[0] == ((0, 1440),)
    assert week[1] == ((0, 240), (1200, 1440))
    assert read(text).exceptions == ((date(2026, 1, 2), ((450, 930),)),)


def test_what_is_left_out_comes_from_the_base() -> None:
    base = read(CALENDAR_640)
    text = "(0||CalendarData()((0||DaysOfWeek()((0||7()((0||0(s|08:00|f|12:00)())))))))"
    own = read(text, base)
    assert own.week == (DAY,) * 5 + (((480, 720),), ())
    assert own.exceptions == base.exceptions
    assert read("", base).week == base.week


@pytest.mark.parametrize(
    "text",
    [
        "(0||CalendarData()(",
        "(0||CalendarData()())x",
        "nonsense",
        "(" * 500,
        "(0||D()((0||DaysOfWeek()((0||8()())))))",
        "(0||D()((0||DaysOfWeek()((0||1()((0||0(s|09:00|f|08:00)())))))))",
        "(0||D()((0||DaysOfWeek()((0||1()((0||0(s|25:00|f|26:00)())))))))",
        "(0||D()((0||DaysOfWeek()((0||1()((0||0()())))))))",
        "(0||D()((0||Exceptions()((0||0(d|0)())))))",
        "(0||D()((0||Exceptions()((0||0(d|999999)())))))",
        "(0||D()((0||Exceptions()((0||0(d|)())))))",
        "(0||D()((0||Exceptions()((0||0()())))))",
    ],
)
def test_malformed_calendars_are_found(text: str) -> None:
    faults = Faults()
    assert read_clndr_data(text, "1", "name", None, "L1", faults) is None
    assert found_in(faults) == [("L1", "bad_calendar")]


@settings(deadline=None)
@given(st.text(alphabet="(0|s:f1d)89DaysOfWeek", max_size=80), st.integers(0, 400))
def test_no_text_breaks_the_parser(text: str, cut: int) -> None:
    read_clndr_data(text, "1", "name", None, "L1", Faults())
    read_clndr_data(CALENDAR_640[:cut] + text, "1", "name", None, "L1", Faults())
