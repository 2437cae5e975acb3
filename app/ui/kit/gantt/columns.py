"""Columns of the task table: their words, widths and what each shows of a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil

from app.texts import Language, text
from app.ui.kit.gantt.rows import MILESTONES, GanttRows, RowKind, finish_date, start_date
from app.ui.kit.gantt.wording import row_date, short_date


class Column(IntEnum):
    """Columns in their usual order."""

    STATUS = 0
    CODE = 1
    NAME = 2
    DURATION = 3
    START = 4
    FINISH = 5
    FLOAT = 6
    PERCENT = 7


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """Text id of the heading, first width in px, "left", "right" or "centre"."""

    text_id: str
    width: int
    align: str


LOOKS: dict[Column, ColumnLook] = {
    Column.STATUS: ColumnLook("gantt.column.status", 40, "centre"),
    Column.CODE: ColumnLook("gantt.column.code", 56, "left"),
    Column.NAME: ColumnLook("gantt.column.name", 178, "left"),
    Column.DURATION: ColumnLook("gantt.column.duration", 48, "right"),
    Column.START: ColumnLook("gantt.column.start", 56, "centre"),
    Column.FINISH: ColumnLook("gantt.column.finish", 56, "centre"),
    Column.FLOAT: ColumnLook("gantt.column.float", 56, "right"),
    Column.PERCENT: ColumnLook("gantt.column.percent", 92, "right"),
}
LONG_DATE_WIDTH = 84
WIDEST_CODE = 148
_LATIN_NAME_WIDTH = 236
_USUAL_DEPTH, _DEPTH_WIDTH, _MOST_DEPTH_WIDTH = 3, 18, 126
_PAD, _STATUS_PAD = 8, 4
_CODE, _NAME, _DURATION = Column.CODE, Column.NAME, Column.DURATION
_START, _FINISH, _FLOAT, _PERCENT = Column.START, Column.FINISH, Column.FLOAT, Column.PERCENT
_DERIVED = frozenset({Column.DURATION, Column.START, Column.FINISH, Column.FLOAT, Column.PERCENT})


def first_widths(
    language: Language, measure: Callable[[str], float], with_year: bool
) -> dict[Column, int]:
    """Widths to begin with: the usual ones, wider where a heading or long dates need it.

    `measure` gives the advance of words in pixels.
    """
    widths = {}
    for column, look in LOOKS.items():
        pad = _STATUS_PAD if column is Column.STATUS else _PAD
        need = ceil(measure(text(language, look.text_id))) + 2 * pad
        widths[column] = max(look.width, need)
    if with_year:
        widths[_START] = widths[_FINISH] = max(widths[_START], LONG_DATE_WIDTH)
    widths[_NAME] = max(widths[_NAME], name_width(language, 0))
    return widths


def name_width(language: Language, deepest: int) -> int:
    """Width of the names to begin with, in px: the deeper the tree, the more, within reason."""
    usual = _LATIN_NAME_WIDTH if language == "en" else LOOKS[_NAME].width
    return usual + min(max(deepest - _USUAL_DEPTH, 0) * _DEPTH_WIDTH, _MOST_DEPTH_WIDTH)


def code_width(codes: Sequence[str], measure: Callable[[str], float]) -> int:
    """Width at which the longest code is whole, within reason; `measure` as above."""
    longest = max(codes, key=len, default="")
    return min(max(LOOKS[_CODE].width, ceil(measure(longest)) + 2 * _PAD), WIDEST_CODE)


def long_dates(rows: GanttRows) -> bool:
    """Whether dates need their year: the plan runs over more than one."""
    extent = rows.extent()
    return extent is not None and start_date(extent[0]).year != finish_date(extent[1]).year


def cell_text(rows: GanttRows, row: int, column: Column, with_year: bool) -> str:
    """What a cell shows; "" for the status, which is painted and said elsewhere."""
    if column is _START or column is _FINISH:
        day = row_date(rows, row, column is _FINISH)
        return day.isoformat() if with_year else short_date(day)
    if column is _CODE:
        return rows.codes[row]
    if column is _NAME:
        return rows.names[row]
    if column is _DURATION:
        return rows.durations[row]
    if column is _FLOAT:
        return rows.floats[row]
    if column is _PERCENT:
        return f"{round(float(rows.percent[row]))}%"
    return ""


def edit_text(rows: GanttRows, row: int, column: Column) -> str:
    """What an editor begins with: dates with their year, the percentage as a bare number."""
    if column is Column.PERCENT:
        return f"{float(rows.percent[row]):g}"
    return cell_text(rows, row, column, with_year=True)


def editable(rows: GanttRows, row: int, column: Column) -> bool:
    """Whether a cell takes text: status and float are results, and so is most of a summary."""
    if column in (Column.STATUS, Column.FLOAT):
        return False
    kind = rows.kind[row]
    if kind == RowKind.SUMMARY:
        return column not in _DERIVED
    return not (column is Column.DURATION and kind in MILESTONES)
