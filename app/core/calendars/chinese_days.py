"""Chinese holidays and make-up workdays as dated rows, and workday arithmetic over them.

The State Council announces each year's breaks and the weekend days that are worked in exchange. A
row stands for one announced day; all other days follow the week: Monday to Friday are workdays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Finding, InputRejected, Reason
from app.core.schedule.work_calendar import Shifts, WorkCalendar

_FIRST_WEEKEND_DAY = 5


class DayKind(StrEnum):
    """Whether an announced day is free or worked."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


class DayStatus(StrEnum):
    """Official: announced by the State Council. Provisional: statutory days not yet arranged."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class AnnouncedDay:
    """One announced day; `source` is the notice it stands in."""

    day: date
    kind: DayKind
    name_zh: str
    name_en: str
    status: DayStatus
    source: str


def announced_days(rows: Iterable[Mapping[str, str]]) -> dict[date, AnnouncedDay]:
    """Rows with the columns date, kind, name_zh, name_en, status, source, by date.

    Raises InputRejected with every faulty or repeated row, counted from 1.
    """
    days: dict[date, AnnouncedDay] = {}
    findings: list[Finding] = []
    for number, row in enumerate(rows, start=1):
        try:
            announced = _announced(row)
        except (KeyError, ValueError):
            findings.append(_finding("bad_day_row", number))
            continue
        if announced.day in days:
            findings.append(_finding("repeated_day", number, day=announced.day.isoformat()))
        days[announced.day] = announced
    if findings:
        raise InputRejected(tuple(findings))
    return days


def _finding(name: str, number: int, **parameters: str) -> Finding:
    return Finding(Reason(f"schedule_files.{name}", parameters), f"#{number}")


def _announced(row: Mapping[str, str]) -> AnnouncedDay:
    return AnnouncedDay(
        day=date.fromisoformat(row["date"]),
        kind=DayKind(row["kind"]),
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        status=DayStatus(row["status"]),
        source=row["source"],
    )


def is_workday(day: date, announced: Mapping[date, AnnouncedDay]) -> bool:
    """Whether offices work on `day`."""
    row = announced.get(day)
    if row is not None:
        return row.kind is DayKind.WORKDAY
    return day.weekday() < _FIRST_WEEKEND_DAY


def with_announced_days(
    calendar: WorkCalendar, announced: Mapping[date, AnnouncedDay]
) -> WorkCalendar:
    """The calendar with holidays off and make-up days worked; its own exceptions have precedence.

    A make-up day that the week leaves free has the shifts of the week's first working day.
    """
    usual: Shifts = next((shifts for shifts in calendar.week if shifts), ())
    exceptions: dict[date, Shifts] = {
        day: () if row.kind is DayKind.HOLIDAY else calendar.week[day.weekday()] or usual
        for day, row in announced.items()
    }
    exceptions.update(calendar.exceptions)
    return WorkCalendar(
        calendar.id, calendar.name, calendar.week, tuple(sorted(exceptions.items()))
    )
