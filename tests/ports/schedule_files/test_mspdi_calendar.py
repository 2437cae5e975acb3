from datetime import date
from pathlib import Path

import pytest

from app.core.schedule.work_calendar import DAY_SHIFTS, WorkCalendar
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.findings import refused_file
from tests.ports.schedule_files.samples import calendar_xml, mspdi_text, task_xml

PERIOD = (
    "<TimePeriod><FromDate>2026-05-01T00:00:00</FromDate>"
    "<ToDate>2026-05-02T23:59:00</ToDate></TimePeriod>"
)
NIGHT = (
    "<WorkingTimes><WorkingTime><FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime>"
    "</WorkingTime><WorkingTime/></WorkingTimes>"
)


def calendar(folder: Path, *elements: str, uid: str = "1") -> WorkCalendar:
    path = folder / "file.xml"
    task = task_xml(1, 8, f"<CalendarUID>{uid}</CalendarUID>")
    path.write_text(mspdi_text([task], elements), encoding="utf-8")
    return read_schedule(path).network.calendars[uid]


def test_week_days_are_counted_from_sunday(tmp_path: Path) -> None:
    assert calendar(tmp_path, calendar_xml()).week == (DAY_SHIFTS,) * 5 + ((), ())


def test_exceptions_replace_days_and_midnight_ends_them(tmp_path: Path) -> None:
    inside = (
        f"<Exceptions><Exception>{PERIOD}<Type>1</Type><DayWorking>1</DayWorking>{NIGHT}"
        "</Exception></Exceptions>"
    )
    found = dict(calendar(tmp_path, calendar_xml(inside=inside)).exceptions)
    assert found == {date(2026, 5, 1): ((1200, 1440),), date(2026, 5, 2): ((1200, 1440),)}


def test_day_type_zero_is_an_exception_of_older_files(tmp_path: Path) -> None:
    old = f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>{PERIOD}</WeekDay>"
    found = calendar(tmp_path, calendar_xml(week=old)).exceptions
    assert found == ((date(2026, 5, 1), ()), (date(2026, 5, 2), ()))


def test_a_work_week_holds_for_its_period(tmp_path: Path) -> None:
    inside = (
        f"<WorkWeeks><WorkWeek>{PERIOD}<WeekDays><WeekDay><DayType>7</DayType>"
        f"<DayWorking>1</DayWorking>{NIGHT}</WeekDay></WeekDays></WorkWeek></WorkWeeks>"
    )
    found = calendar(tmp_path, calendar_xml(inside=inside)).exceptions
    assert found == ((date(2026, 5, 2), ((1200, 1440),)),)


def test_a_calendar_stands_on_its_base(tmp_path: Path) -> None:
    saturday = f"<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking>{NIGHT}</WeekDay>"
    own = calendar_xml("2", base="1", week=saturday)
    found = calendar(tmp_path, calendar_xml(), own, uid="2")
    assert found.week == (DAY_SHIFTS,) * 5 + (((1200, 1440),), ())


def test_bases_in_a_circle_do_not_hang(tmp_path: Path) -> None:
    ring = [calendar_xml("1", base="2"), calendar_xml("2", base="1")]
    assert calendar(tmp_path, *ring).week[0] == DAY_SHIFTS


@pytest.mark.parametrize(
    ("broken", "finding"),
    [
        (calendar_xml(week="<WeekDay><DayType>9</DayType></WeekDay>"), "bad_calendar"),
        (
            calendar_xml(week=f"<WeekDay><DayType>2</DayType>{NIGHT}</WeekDay>").replace(
                "20:00:00", "25:00:00"
            ),
            "bad_shifts",
        ),
        (
            calendar_xml(week=f"<WeekDay><DayType>2</DayType>{NIGHT}</WeekDay>").replace(
                "00:00:00</ToTime>", "19:00:00</ToTime>"
            ),
            "bad_shifts",
        ),
        (
            calendar_xml(
                inside=f"<Exceptions><Exception>{PERIOD}</Exception></Exceptions>"
            ).replace("2026-05-02", "2026-04-02"),
            "bad_period",
        ),
        (
            calendar_xml(
                inside=f"<Exceptions><Exception>{PERIOD}<Type>77</Type></Exception></Exceptions>"
            ),
            "bad_recurrence",
        ),
        (calendar_xml() + calendar_xml(), "duplicate_key"),
        (calendar_xml().replace("<UID>1</UID>", ""), "missing_key"),
    ],
)
def test_faulty_calendars_are_found(tmp_path: Path, broken: str, finding: str) -> None:
    found = refused_file(tmp_path, mspdi_text(calendars=[broken]))
    assert finding in [name for _, name in found]
