"""What a Gantt chart draws: plain immutable rows and links, no Qt, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from math import ceil, floor
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from app.ui.kit.gantt.links import GanttLink, LinkTable

RowId = UUID | str
Days = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - site-local wall time, as the screen shows it
_INSTANT = 1 / 86_400


class RowKind(IntEnum):
    """What a row stands for."""

    TASK = 0
    SUMMARY = 1
    START_MILESTONE = 2
    FINISH_MILESTONE = 3
    LEVEL_OF_EFFORT = 4


class StatusMark(IntEnum):
    """The mark in the status column; each has its own shape, colour and words."""

    NONE = 0
    DONE = 1
    RUNNING = 2
    LATE = 3
    PENDING = 4
    NOTE = 5
    DRAFT = 6


MILESTONES = (RowKind.START_MILESTONE, RowKind.FINISH_MILESTONE)


def day_of(moment: datetime | date) -> float:
    """Days since 1970-01-01 00:00 of a site-local (naive) moment; a date is its first instant."""
    if not isinstance(moment, datetime):
        return float(moment.toordinal() - _EPOCH.toordinal())
    return (moment.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)


def moment_of(day: float) -> datetime:
    """The site-local (naive) moment of a day number, to the second."""
    return _EPOCH + timedelta(seconds=round(day * 86_400))


def start_number(day: float) -> int:
    """The day number that a start falls on."""
    return floor(day + _INSTANT)


def finish_number(day: float) -> int:
    """The last day number before a finish: a finish is exclusive, midnight ends the day before."""
    return ceil(day - _INSTANT) - 1


def start_date(day: float) -> date:
    """`start_number` as a date."""
    return _date(start_number(day))


def finish_date(day: float) -> date:
    """`finish_number` as a date."""
    return _date(finish_number(day))


@lru_cache(maxsize=8_192)
def _date(number: int) -> date:
    return date.fromordinal(_EPOCH.toordinal() + number)


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One row as a page builds it, in tree order (parents before children).

    `finish` is exclusive: work on 03-11 and 03-12 has finish 03-13 00:00, or 03-12 17:00.
    `late_finish` is the end of the float tail. `duration` and `total_float` are finished words
    such as "8" or "8d".
    """

    row_id: RowId
    code: str
    name: str
    level: int
    start: datetime | date
    finish: datetime | date
    kind: RowKind = RowKind.TASK
    percent: float = 0.0
    critical: bool = False
    late_finish: datetime | date | None = None
    baseline_start: datetime | date | None = None
    baseline_finish: datetime | date | None = None
    mark: StatusMark = StatusMark.NONE
    duration: str = ""
    total_float: str = ""
    expanded: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class GanttRows:
    """Rows (n) and links (m) as columns. Days are float64 since 1970-01-01, NaN where absent.

    `percent` is 0..100. `subtree_end[i]` is one past the last descendant of row i;
    `places` gives the row number of an id.
    """

    ids: tuple[RowId, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    durations: tuple[str, ...]
    floats: tuple[str, ...]
    level: NDArray[np.int16]
    kind: NDArray[np.uint8]
    mark: NDArray[np.uint8]
    critical: Flags
    expanded: Flags
    percent: NDArray[np.float32]
    start: Days
    finish: Days
    late_finish: Days
    baseline_start: Days
    baseline_finish: Days
    subtree_end: NDArray[np.int32]
    links: LinkTable
    places: Mapping[RowId, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_children(self) -> Flags:
        """Which rows have rows below them in the tree."""
        return self.subtree_end > np.arange(1, len(self) + 1)

    def extent(self) -> tuple[float, float] | None:
        """First start and last finish, baselines and float tails included; None without rows."""
        if not len(self):
            return None
        first = np.nanmin([np.nanmin(self.start), _least(self.baseline_start)])
        ends = (self.finish, self.late_finish, self.baseline_finish)
        return float(first), float(max(-_least(-end) for end in ends))

    def index_of(self, row_id: RowId) -> int | None:
        """Row number of an id, None when it is not here."""
        return self.places.get(row_id)

    def front(self, data_date: float, picked: NDArray[np.int32]) -> Days:
        """Where the progress line (前锋线) touches the `picked` rows, NaN where it runs straight.

        A task under way is touched at its done share; one that should have begun (by plan or
        baseline) at that start; one finished ahead of the data date at its finish. Summaries,
        milestones and level of effort are never touched.
        """
        start, finish = self.start[picked], self.finish[picked]
        percent = self.percent[picked].astype(np.float64)
        drawn = self.kind[picked] == RowKind.TASK
        due = np.fmin(start, self.baseline_start[picked])
        under_way = (percent > 0) & (percent < 100)
        overdue = (percent <= 0) & (due < data_date)
        ahead = (percent >= 100) & (finish > data_date + _INSTANT)
        where = np.full(len(picked), np.nan)
        where[under_way] = (start + (finish - start) * percent / 100)[under_way]
        where[overdue] = due[overdue]
        where[ahead] = finish[ahead]
        where[~drawn] = np.nan
        return where


def build_rows(rows: Sequence[GanttRow], links: Sequence[GanttLink] = ()) -> GanttRows:
    """Columns of `rows`; links name row ids. ValueError for repeated ids, unknown link ends."""
    level = np.fromiter((row.level for row in rows), np.int16, len(rows))
    place = {row.row_id: index for index, row in enumerate(rows)}
    if len(place) != len(rows):
        raise ValueError("repeated row id")
    return GanttRows(
        ids=tuple(row.row_id for row in rows),
        codes=tuple(row.code for row in rows),
        names=tuple(row.name for row in rows),
        durations=tuple(row.duration for row in rows),
        floats=tuple(row.total_float for row in rows),
        level=level,
        kind=_column(rows, "kind", np.uint8),
        mark=_column(rows, "mark", np.uint8),
        critical=_column(rows, "critical", np.bool_),
        expanded=_column(rows, "expanded", np.bool_),
        percent=_column(rows, "percent", np.float32),
        start=_days(rows, "start"),
        finish=_days(rows, "finish"),
        late_finish=_days(rows, "late_finish"),
        baseline_start=_days(rows, "baseline_start"),
        baseline_finish=_days(rows, "baseline_finish"),
        subtree_end=subtree_ends(level),
        links=LinkTable.of(links, place),
        places=place,
    )


def subtree_ends(level: NDArray[np.int16]) -> NDArray[np.int32]:
    """For rows in tree order, one past the last descendant of each, from levels alone."""
    ends = np.full(len(level), len(level), np.int32)
    for depth in np.unique(level):
        closing = np.flatnonzero(level <= depth)
        mine = np.flatnonzero(level == depth)
        after = np.searchsorted(closing, mine, side="right")
        inside = after < len(closing)
        ends[mine[inside]] = closing[after[inside]]
    return ends


def _column(rows: Sequence[GanttRow], name: str, kind: type[np.generic]) -> NDArray[Any]:
    return np.fromiter((getattr(row, name) for row in rows), kind, len(rows))


def _days(rows: Sequence[GanttRow], name: str) -> Days:
    moments = (getattr(row, name) for row in rows)
    days = (np.nan if moment is None else day_of(moment) for moment in moments)
    return np.fromiter(days, np.float64, len(rows))


def _least(days: Days) -> float:
    present = days[~np.isnan(days)]
    return float(present.min()) if len(present) else float("inf")
