"""Single values of schedule files: dates, durations, numbers; strict and bounded."""

import re
from datetime import datetime

from app.ports.schedule_files.faults import Faults

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?)?Z?", re.A)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{0,15})?(?:[eE][+-]?\d{1,2})?", re.A)
_PERIOD = re.compile(
    r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?", re.A
)
_SHOWN = 40
_MAX_NUMBER = 1e12


def shown(text: str) -> str:
    """A faulty value as it may be quoted in a finding."""
    cut = "".join(c if c.isprintable() else "·" for c in text[:_SHOWN])
    return cut + ("…" if len(text) > _SHOWN else "")


def read_date(text: str, field: str, where: str, faults: Faults) -> datetime | None:
    """A naive local datetime at minute resolution. None for an empty or (noted) faulty text."""
    text = text.strip()
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        faults.add("bad_date", where, field=field, value=shown(text))
        return None
    year, month, day, hour, minute, _ = (int(part or 0) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        faults.add("date_out_of_range", where, value=shown(text))
        return None
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - site-local
    except ValueError:
        faults.add("bad_date", where, field=field, value=shown(text))
        return None


def read_number(text: str, field: str, where: str, faults: Faults) -> float | None:
    """A number with a decimal point or comma. None for an empty or (noted) faulty text."""
    text = text.strip()
    if not text:
        return None
    number = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    if number is None or abs(number) > _MAX_NUMBER:
        faults.add("bad_number", where, field=field, value=shown(text))
        return None
    return number


def read_hours(text: str, field: str, where: str, faults: Faults) -> int | None:
    """Minutes from a count of hours, rounded to the whole minute."""
    hours = read_number(text, field, where, faults)
    return None if hours is None else round(hours * 60)


def read_period(text: str, field: str, where: str, faults: Faults) -> int | None:
    """Minutes from an ISO 8601 period such as PT8H30M0S; half a minute and more counts as one."""
    text = text.strip()
    if not text:
        return None
    match = _PERIOD.fullmatch(text)
    if match is None or text.strip("-") in ("P", "PT"):
        faults.add("bad_duration_text", where, field=field, value=shown(text))
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    total = days * 1440 + hours * 60 + minutes + (1 if seconds % 60 >= 30 else 0) + seconds // 60
    return -total if match[1] else total
