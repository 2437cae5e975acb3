"""Durations as planners write them: "15", "3d", "12h", "1.5天", "90min"; minutes inside."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from app.core.schedule.work_calendar import MINUTES_PER_DAY, Shifts

HOUR: Final = 60
USUAL_DAY: Final = 8 * HOUR
LONGEST_TEXT: Final = 40
MOST_MINUTES: Final = 10**8
_UNITS: Final = {
    "": "day",
    "d": "day",
    "day": "day",
    "days": "day",
    "天": "day",
    "日": "day",
    "工日": "day",
    "w": "week",
    "wk": "week",
    "week": "week",
    "weeks": "week",
    "周": "week",
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "hours": "hour",
    "时": "hour",
    "小时": "hour",
    "m": "minute",
    "min": "minute",
    "mins": "minute",
    "分": "minute",
    "分钟": "minute",
}
_PART: Final = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([a-z]+|[天日工周小时分钟]+|)\s*")


def day_minutes(week: Sequence[Shifts]) -> int:
    """Working minutes of the most usual working day of a week; 480 for a week without work."""
    lengths = Counter(sum(end - begin for begin, end in shifts) for shifts in week if shifts)
    return max(lengths, key=lambda length: (lengths[length], length)) if lengths else USUAL_DAY


def say_duration(minutes: int, day: int) -> str:
    """Days with up to two places where they are exact, else "12h" or "100min"."""
    if minutes * 100 % day == 0:
        return _plain(Decimal(minutes) / day)
    if minutes * 100 % HOUR == 0:
        return f"{_plain(Decimal(minutes) / HOUR)}h"
    return f"{minutes}min"


def say_days(minutes: int, day: int) -> str:
    """Days with at most one place, for floats; the sign is kept."""
    return _plain(round(Decimal(minutes) / day, 1))


def read_duration(typed: str, day: int, week_days: int = 6) -> int:
    """Minutes of what was typed; a bare number counts days of `day` minutes, a week `week_days`.

    ValueError when it cannot be meant.
    """
    written = unicodedata.normalize("NFKC", typed).strip().lower()
    if not written or len(written) > LONGEST_TEXT:
        raise ValueError(typed)
    sizes = {"day": day, "week": day * week_days, "hour": HOUR, "minute": 1}
    total, at = Decimal(0), 0
    while at < len(written):
        part = _PART.match(written, at)
        if part is None or part.group(2) not in _UNITS:
            raise ValueError(typed)
        total += Decimal(part.group(1)) * sizes[_UNITS[part.group(2)]]
        at = part.end()
    minutes = int(total.to_integral_value())
    if minutes > MOST_MINUTES:
        raise ValueError(typed)
    return minutes


def read_lag(typed: str, day: int, week_days: int = 6) -> int:
    """Like `read_duration`, with a sign; nothing typed is no lag."""
    written = unicodedata.normalize("NFKC", typed).strip()
    if not written:
        return 0
    if written[0] in "+-−":
        sign = 1 if written[0] == "+" else -1
        return sign * read_duration(written[1:], day, week_days)
    return read_duration(written, day, week_days)


def say_lag(minutes: int, day: int) -> str:
    """ "+2", "-1.5", "" for none."""
    if not minutes:
        return ""
    return ("+" if minutes > 0 else "-") + say_duration(abs(minutes), day)


def day_length(week: Sequence[Shifts], *, elapsed: bool) -> int:
    """Minutes that one day of a duration stands for."""
    return MINUTES_PER_DAY if elapsed else day_minutes(week)


def _plain(number: Decimal) -> str:
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
