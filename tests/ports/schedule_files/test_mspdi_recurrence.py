from datetime import date

import pytest

from app.ports.schedule_files.mspdi_recurrence import recurring_days
from app.ports.schedule_files.xml_records import Element


def exception(**fields: int) -> Element:
    return Element("Exception", 1, "", [Element(tag, 1, str(n)) for tag, n in fields.items()])


def days(element: Element, last: date = date(2027, 12, 31)) -> list[str]:
    found = recurring_days(element, date(2026, 1, 1), last)
    assert found is not None
    return [day.isoformat() for day in found]


def test_a_plain_exception_names_each_day_of_its_period() -> None:
    assert len(days(exception(Type=1), date(2026, 1, 3))) == 3
    assert days(exception(), date(2026, 1, 2)) == ["2026-01-01", "2026-01-02"]


def test_every_third_day() -> None:
    found = days(exception(Type=1, Period=3), date(2026, 1, 8))
    assert found == ["2026-01-01", "2026-01-04", "2026-01-07"]


def test_mondays_of_every_second_week() -> None:
    found = days(exception(Type=6, DaysOfWeek=2, Period=2), date(2026, 1, 31))
    assert found == ["2026-01-12", "2026-01-26"]


def test_first_of_may_every_year() -> None:
    assert days(exception(Type=2, Month=4, MonthDay=1)) == ["2026-05-01", "2027-05-01"]


def test_last_friday_of_november() -> None:
    element = exception(Type=3, Month=10, MonthItem=8, MonthPosition=4)
    assert days(element) == ["2026-11-27", "2027-11-26"]


def test_the_31st_of_short_months_is_their_last_day() -> None:
    found = days(exception(Type=4, MonthDay=31), date(2026, 4, 30))
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_first_weekday_and_second_weekend_day_of_each_month() -> None:
    first = days(exception(Type=5, MonthItem=1, MonthPosition=0), date(2026, 2, 28))
    assert first == ["2026-01-01", "2026-02-02"]
    second = days(exception(Type=5, MonthItem=2, MonthPosition=1), date(2026, 2, 28))
    assert second == ["2026-01-04", "2026-02-07"]


@pytest.mark.parametrize(
    "fields",
    [
        {"Type": 99},
        {"Type": 1, "Period": 0},
        {"Type": 1, "Period": -1},
        {"Type": 6, "DaysOfWeek": -1},
        {"Type": 2, "Month": 12},
        {"Type": 2, "Month": 0, "MonthDay": 10**9},
    ],
)
def test_senseless_recurrences_are_told(fields: dict[str, int]) -> None:
    assert recurring_days(exception(**fields), date(2026, 1, 1), date(2026, 12, 31)) is None
