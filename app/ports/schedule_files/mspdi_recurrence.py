"""Which days a recurring exception of an MS Project calendar names.

Field meanings: Microsoft, "Project XML data interchange schema", element Exception: Type 1 daily,
2 yearly by day of month, 3 yearly by position, 4 monthly by day, 5 monthly by position, 6 weekly,
7 daily by count, 9 every weekday.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from app.ports.schedule_files.xml_records import Element

_LAST_POSITION = 4


def recurring_days(element: Element, first: date, last: date) -> list[date] | None:
    """The days from first to last (inclusive); None for a recurrence that makes no sense."""
    kind = element.get("Type") or "1"
    period = _number(element, "Period", 1)
    if period is None or period < 1:
        return None
    if kind in ("1", "7"):
        return _daily(first, last, period)
    if kind in ("2", "3", "4", "5"):
        return _monthly(element, first, last, kind, period)
    if kind == "6":
        return _weekly(element, first, last, period)
    return None


def _number(element: Element, tag: str, default: int) -> int | None:
    text = element.get(tag)
    if not text:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _daily(first: date, last: date, period: int) -> list[date]:
    return [day for offset, day in enumerate(_days(first, last)) if offset % period == 0]


def _weekly(element: Element, first: date, last: date, period: int) -> list[date] | None:
    mask = _number(element, "DaysOfWeek", 0)  # bit 0 is Sunday
    if mask is None:
        return None
    week_begin = first - timedelta(days=(first.weekday() + 1) % 7)
    return [
        day
        for day in _days(first, last)
        if mask >> ((day.weekday() + 1) % 7) & 1 and (day - week_begin).days // 7 % period == 0
    ]


def _monthly(
    element: Element, first: date, last: date, kind: str, period: int
) -> list[date] | None:
    yearly = kind in ("2", "3")
    month = _number(element, "Month", 0)  # 0 is January
    day = _number(element, "MonthDay", 1)
    item = _number(element, "MonthItem", 0)
    position = _number(element, "MonthPosition", 0)
    if month is None or day is None or item is None or position is None or month > 11:
        return None
    found: list[date] = []
    count = 0
    for year, at in _months(first, last):
        if yearly and at != month + 1:
            continue
        if not yearly and count % period:
            count += 1
            continue
        count += 1
        named = (
            _by_day(year, at, day) if kind in ("2", "4") else _by_position(year, at, item, position)
        )
        if named is not None and first <= named <= last:
            found.append(named)
    return found


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _by_day(year: int, month: int, day: int) -> date | None:
    if day < 1:
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))


def _by_position(year: int, month: int, item: int, position: int) -> date | None:
    """Item 0 any day, 1 weekdays, 2 weekend days, 3..9 Sunday..Saturday; position 4 is the last."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    if item == 1:
        days = [day for day in days if day.weekday() < 5]
    elif item == 2:
        days = [day for day in days if day.weekday() >= 5]
    elif 3 <= item <= 9:
        days = [day for day in days if (day.weekday() + 1) % 7 == item - 3]
    if position >= _LAST_POSITION:
        return days[-1]
    return days[position] if position < len(days) else None
