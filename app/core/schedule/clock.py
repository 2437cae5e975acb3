"""Fast arithmetic on working minutes: cumulative arrays over a calendar's working spans.

Instants are whole minutes since 1970-01-01 00:00 site-local time (naive). Work done up to an
instant is W(t), non-decreasing and piecewise linear; everything here is W or one of its two
inverses.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.errors import Finding, InputRejected, Reason
from app.core.schedule.work_calendar import MINUTES_PER_DAY, WorkCalendar

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - site-local by definition
FIRST_DAY = (date(1900, 1, 1) - EPOCH.date()).days
LAST_DAY = (date(2200, 1, 1) - EPOCH.date()).days
EARLIEST = FIRST_DAY * MINUTES_PER_DAY
LATEST = LAST_DAY * MINUTES_PER_DAY
_MARGIN_DAYS = 184
_SPAN_DAYS = 1461


def minute_of(instant: datetime) -> int:
    """Minutes since the epoch of a naive local datetime; seconds are cut off."""
    passed = instant - EPOCH
    return passed.days * MINUTES_PER_DAY + passed.seconds // 60


def datetime_of(minute: int) -> datetime:
    """The naive local datetime of an instant."""
    return EPOCH + timedelta(minutes=minute)


def out_of_range(calendar_name: str) -> InputRejected:
    """The refusal of a schedule whose dates leave 1900..2199."""
    reason = Reason("schedule_files.beyond_horizon", {"calendar": calendar_name})
    return InputRejected((Finding(reason),))


def datetimes_of(minutes: Sequence[int]) -> list[datetime]:
    """The naive local datetimes of many instants."""
    dates: list[datetime] = np.array(minutes, dtype="datetime64[m]").tolist()
    return dates


class Clock(Protocol):
    """Working time of one calendar. Instants outside 1900..2199 raise InputRejected."""

    def work_between(self, begin: int, end: int) -> int:
        """Working minutes from `begin` to `end`, negative when `end` is earlier."""

    def works_between(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """`work_between` of many pairs at once."""

    def next_start(self, instant: int) -> int:
        """The first instant not before `instant` at which work can start."""

    def previous_finish(self, instant: int) -> int:
        """The last instant not after `instant` at which work can end."""

    def finish_after(self, start: int, work: int) -> int:
        """The earliest end of `work` minutes begun at `start`; `start` itself for no work."""

    def start_before(self, finish: int, work: int) -> int:
        """The latest begin of `work` minutes that end at `finish`; `finish` itself for no work."""


class ElapsedClock:
    """Every minute is working time."""

    def work_between(self, begin: int, end: int) -> int:
        """Minutes from `begin` to `end`."""
        return end - begin

    def works_between(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """See Clock."""
        return ends - begins

    def next_start(self, instant: int) -> int:
        """`instant`."""
        return instant

    def previous_finish(self, instant: int) -> int:
        """`instant`."""
        return instant

    def finish_after(self, start: int, work: int) -> int:
        """`start + work`."""
        finish = start + work
        if not EARLIEST <= finish <= LATEST:
            raise out_of_range("24h")
        return finish

    def start_before(self, finish: int, work: int) -> int:
        """`finish - work`."""
        return self.finish_after(finish, -work)


ROUND_THE_CLOCK = ElapsedClock()


def _spans(calendar: WorkCalendar, first_day: int, last_day: int) -> NDArray[np.int64]:
    """Working spans (n, 2) of the days first_day..last_day-1, sorted, in epoch minutes."""
    days = np.arange(first_day, last_day, dtype=np.int64)
    replaced = {(day - EPOCH.date()).days: shifts for day, shifts in calendar.exceptions}
    if replaced:
        days = days[~np.isin(days, np.fromiter(replaced, dtype=np.int64))]
    weekdays = (days + 3) % 7  # 1970-01-01 was a Thursday
    pieces: list[NDArray[np.int64]] = []
    for weekday, shifts in enumerate(calendar.week):
        midnights = days[weekdays == weekday] * MINUTES_PER_DAY
        pieces += [np.stack((midnights + b, midnights + e), axis=1) for b, e in shifts]
    own = [
        (day * MINUTES_PER_DAY + begin, day * MINUTES_PER_DAY + end)
        for day, shifts in replaced.items()
        if first_day <= day < last_day
        for begin, end in shifts
    ]
    if own:
        pieces.append(np.array(own, dtype=np.int64))
    if not pieces:
        return np.empty((0, 2), dtype=np.int64)
    spans = np.concatenate(pieces)
    return spans[np.argsort(spans[:, 0], kind="stable")]


class WorkClock:
    """Working time of a `WorkCalendar`; the covered years grow when asked beyond them."""

    __slots__ = (
        "_begins",
        "_calendar",
        "_ends",
        "_first_day",
        "_high",
        "_last_day",
        "_low",
        "_through",
        "_until",
    )

    def __init__(self, calendar: WorkCalendar, around: int) -> None:
        """Covers some years about the instant `around` at first."""
        self._calendar = calendar
        day = min(max(around // MINUTES_PER_DAY, FIRST_DAY), LAST_DAY)
        self._first_day = max(day - _MARGIN_DAYS, FIRST_DAY)
        self._last_day = min(day + _SPAN_DAYS, LAST_DAY)
        self._build()

    def _build(self) -> None:
        self._low = self._first_day * MINUTES_PER_DAY
        self._high = self._last_day * MINUTES_PER_DAY
        spans = _spans(self._calendar, self._first_day, self._last_day)
        through = np.cumsum(spans[:, 1] - spans[:, 0])
        self._begins: list[int] = spans[:, 0].tolist()
        self._ends: list[int] = spans[:, 1].tolist()
        self._through: list[int] = through.tolist()
        self._until: list[int] = (through - (spans[:, 1] - spans[:, 0])).tolist()

    def _grow(self, *, forward: bool) -> None:
        """Covers twice as many days in the direction that was asked for."""
        covered = self._last_day - self._first_day
        if forward and self._last_day < LAST_DAY:
            self._last_day = min(self._last_day + covered, LAST_DAY)
        elif not forward and self._first_day > FIRST_DAY:
            self._first_day = max(self._first_day - covered, FIRST_DAY)
        else:
            raise out_of_range(self._calendar.name)
        self._build()

    def _cover(self, instant: int) -> None:
        while instant < self._low:
            self._grow(forward=False)
        while instant > self._high:
            self._grow(forward=True)

    def _work_until(self, instant: int) -> int:
        if not self._low <= instant <= self._high:
            self._cover(instant)
        at = bisect_right(self._begins, instant) - 1
        if at < 0:
            return 0
        past_end = instant - self._ends[at]
        return self._through[at] if past_end >= 0 else self._through[at] + past_end

    def work_between(self, begin: int, end: int) -> int:
        """See Clock."""
        if begin == end:
            return 0
        self._cover(begin)  # covering may move the origin of W: both ends before either is read
        self._cover(end)
        return self._work_until(end) - self._work_until(begin)

    def works_between(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """See Clock."""
        if len(begins) == 0:
            return ends - begins
        self._cover(int(min(begins.min(), ends.min())))
        self._cover(int(max(begins.max(), ends.max())))
        return self._works_until(ends) - self._works_until(begins)

    def _works_until(self, instants: NDArray[np.int64]) -> NDArray[np.int64]:
        if not self._begins:
            return np.zeros(len(instants), dtype=np.int64)
        span_begins = np.array(self._begins, dtype=np.int64)
        at = np.searchsorted(span_begins, instants, side="right") - 1
        inside = np.minimum(instants, np.array(self._ends, dtype=np.int64)[at]) - span_begins[at]
        through = np.array(self._until, dtype=np.int64)[at] + inside
        return np.where(at < 0, 0, through)

    def next_start(self, instant: int) -> int:
        """See Clock."""
        if not self._low <= instant <= self._high:
            self._cover(instant)
        at = bisect_right(self._ends, instant)
        while at >= len(self._ends):
            self._grow(forward=True)
            at = bisect_right(self._ends, instant)
        begin = self._begins[at]
        return begin if begin > instant else instant

    def previous_finish(self, instant: int) -> int:
        """See Clock."""
        if not self._low <= instant <= self._high:
            self._cover(instant)
        at = bisect_left(self._begins, instant) - 1
        while at < 0:
            self._grow(forward=False)
            at = bisect_left(self._begins, instant) - 1
        end = self._ends[at]
        return end if end < instant else instant

    def finish_after(self, start: int, work: int) -> int:
        """See Clock. Negative work goes back."""
        if work <= 0:
            return start if work == 0 else self.start_before(start, -work)
        wanted = self._work_until(start) + work
        at = bisect_left(self._through, wanted)
        while at >= len(self._through):
            self._grow(forward=True)
            at = bisect_left(self._through, wanted)
        return self._ends[at] - (self._through[at] - wanted)

    def start_before(self, finish: int, work: int) -> int:
        """See Clock. Negative work goes forward."""
        if work <= 0:
            return finish if work == 0 else self.finish_after(finish, -work)
        wanted = self._work_until(finish) - work
        while wanted < 0:
            self._grow(forward=False)
            wanted = self._work_until(finish) - work
        at = bisect_right(self._until, wanted) - 1
        return self._begins[at] + wanted - self._until[at]
