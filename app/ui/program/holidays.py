"""The official holidays as special days of a new calendar."""

from collections.abc import Callable
from uuid import UUID

from app.core.calendars.chinese_days import DayKind, DayStatus
from app.core.schedule.work_calendar import DAY_SHIFTS
from app.ports.schedule_files.holidays import chinese_days
from app.services.schedule.calendars import DayOf


def special_days(first: int, last: int, new_id: Callable[[], UUID]) -> tuple[DayOf, ...]:
    """Days off and make-up workdays from one year to another, as far as announced."""
    return tuple(
        DayOf(
            id=new_id(),
            day=day,
            shifts=() if announced.kind is DayKind.HOLIDAY else DAY_SHIFTS,
            name=announced.name_zh,
            provisional=announced.status is DayStatus.PROVISIONAL,
        )
        for day, announced in sorted(chinese_days().items())
        if first <= day.year <= last
    )
