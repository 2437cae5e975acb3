"""Shifts of a day as text: "08:00-12:00 13:00-17:00"."""

import re
import unicodedata
from typing import Final

from app.core.schedule.work_calendar import MINUTES_PER_DAY, Shifts, shifts_are_sound

LONGEST_TEXT: Final = 200
_SHIFT: Final = re.compile(r"(\d{1,2}):?(\d{2})?\s*[-~—–至]+\s*(\d{1,2}):?(\d{2})?")


def say_shifts(shifts: Shifts) -> str:
    """The shifts with blanks between; "" for a day off."""
    return " ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in shifts)


def read_shifts(typed: str) -> Shifts:
    """The shifts typed; () for nothing. ValueError where they overlap or leave the day."""
    written = unicodedata.normalize("NFKC", typed).strip()
    if len(written) > LONGEST_TEXT:
        raise ValueError(typed)
    found = list(_SHIFT.finditer(written))
    if re.sub(r"[\s,;、]+", "", _SHIFT.sub("", written)):
        raise ValueError(typed)
    shifts = tuple((_minute(*part.group(1, 2)), _minute(*part.group(3, 4))) for part in found)
    if not shifts_are_sound(shifts):
        raise ValueError(typed)
    return shifts


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minute(hour: str, minute: str | None) -> int:
    found = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or found > MINUTES_PER_DAY:
        raise ValueError(hour)
    return found
