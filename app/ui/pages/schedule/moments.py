"""Site times as people type and read them: the day alone where the hour is the usual one."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from app.core.schedule.work_calendar import Shifts
from app.ui.kit.parsing import parse_date

LONGEST_TEXT: Final = 30
DAY_START: Final = time(8)
DAY_END: Final = time(17)
_CLOCK: Final = re.compile(r"^(.*\d)[ T]+(\d{1,2}):(\d{2})(?::\d{2})?$")


def read_moment(typed: str, today: date, usual: time) -> datetime | None:
    """The site time typed, at `usual` when only a day was; None for nothing. ValueError else."""
    written = unicodedata.normalize("NFKC", typed).strip()
    if not written:
        return None
    if len(written) > LONGEST_TEXT:
        raise ValueError(typed)
    found = _CLOCK.match(written)
    if found is None:
        return datetime.combine(parse_date(written, today), usual)
    day = parse_date(found.group(1), today)
    hour, minute = int(found.group(2)), int(found.group(3))
    if (hour, minute) == (24, 0):
        return datetime.combine(day, time()) + timedelta(days=1)
    return datetime.combine(day, time(hour, minute))


def say_moment(moment: datetime | None, usual: time) -> str:
    """2026-03-20, with 13:30 behind it where that is not the usual hour; "" for none."""
    if moment is None:
        return ""
    if moment.time() == usual:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}"


def usual_start(shifts: Shifts) -> time:
    """When a working day with these shifts begins; 08:00 for a day off."""
    return clock_time(shifts[0][0]) if shifts else DAY_START


def usual_finish(shifts: Shifts) -> time:
    """When a working day with these shifts ends; 17:00 for a day off."""
    return clock_time(shifts[-1][1]) if shifts else DAY_END


def clock_time(minute: int) -> time:
    """The wall clock at a minute of the day; the end of the day is 23:59."""
    return time(23, 59) if minute >= 24 * 60 else time(minute // 60, minute % 60)
