"""Lags as people type and read them, by what they count: working time, the clock, per cent."""

import unicodedata

from app.core.schedule.network import LagKind
from app.core.schedule.work_calendar import MINUTES_PER_DAY
from app.services.schedule.views import TaskValues
from app.ui.pages.schedule.clocks import Clocks
from app.ui.pages.schedule.durations import read_lag, say_lag

MOST_PERCENT = 1000


def lag_words(lag: int, kind: LagKind, before: TaskValues, clocks: Clocks) -> str:
    """ "+2", "-50%", "" for none; days of the predecessor's calendar or of the clock."""
    if kind is LagKind.PERCENT:
        return f"{lag:+d}%" if lag else ""
    return say_lag(lag, _day(kind, before, clocks))


def lag_of(typed: str, kind: LagKind, before: TaskValues, clocks: Clocks) -> int:
    """Minutes, or per cent for a percent lag. ValueError when it cannot be meant."""
    if kind is not LagKind.PERCENT:
        days = 7 if kind is LagKind.ELAPSED else clocks.week_days(before.calendar_id)
        return read_lag(typed, _day(kind, before, clocks), days)
    written = unicodedata.normalize("NFKC", typed).strip().removesuffix("%").strip()
    percent = int(written) if written else 0
    if abs(percent) > MOST_PERCENT:
        raise ValueError(typed)
    return percent


def _day(kind: LagKind, before: TaskValues, clocks: Clocks) -> int:
    return MINUTES_PER_DAY if kind is LagKind.ELAPSED else clocks.float_day(before.calendar_id)
