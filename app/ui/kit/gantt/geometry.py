"""Where bars lie and what a point hits, in logical pixels; pure functions without Qt."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import MILESTONES, Days, RowKind
from app.ui.kit.gantt.timescale import TimeScale

ROW = 28.0
HEADER_UPPER, HEADER_LOWER, HEADER_FLAGS = 20.0, 16.0, 20.0
HEADER = HEADER_UPPER + HEADER_LOWER + HEADER_FLAGS

BAR_TOP, BAR = 7.0, 12.0
GHOST_TOP, GHOST = 20.0, 4.0
SUMMARY_TOP, SUMMARY = 10.0, 5.0
EFFORT_TOP, EFFORT = 9.0, 8.0
MIDDLE = BAR_TOP + BAR / 2
DIAMOND = 13.0
LEAST_WIDTH = 3.0
DOT_DISTANCE, DOT_REACH, EDGE_REACH = 9.0, 5.0, 4.0
# Looking a member up on its Enum costs a microsecond, and this runs for every bar and link.
_MILESTONES = frozenset(int(kind) for kind in MILESTONES)
_START_MILESTONE = int(RowKind.START_MILESTONE)
_FINISH_MILESTONE = int(RowKind.FINISH_MILESTONE)


class Part(IntEnum):
    """What of a row the pointer is on."""

    NOTHING = 0
    BODY = 1
    RIGHT_EDGE = 2
    LEFT_DOT = 3
    RIGHT_DOT = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Horizontal reach of a bar, left <= right."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Hit:
    """The visible position under the pointer (-1 outside the rows) and the part of its bar."""

    position: int
    part: Part = Part.NOTHING


def bar_span(kind: int, start: float, finish: float, scale: TimeScale) -> Span:
    """Pixels that a row's bar covers; a milestone's diamond is centred on its instant."""
    origin, px = scale.origin, scale.px_per_day
    if kind in _MILESTONES:
        centre = ((start if kind == _START_MILESTONE else finish) - origin) * px
        return Span(centre - DIAMOND / 2, centre + DIAMOND / 2)
    left = (start - origin) * px
    return Span(left, max((finish - origin) * px, left + LEAST_WIDTH))


def bar_spans(
    kinds: NDArray[Any], starts: Days, finishes: Days, scale: TimeScale
) -> tuple[Days, Days]:
    """`bar_span` of many rows at once: the left and right ends; NaN where a date is absent."""
    left = (starts - scale.origin) * scale.px_per_day
    right = (finishes - scale.origin) * scale.px_per_day
    begins = kinds == _START_MILESTONE
    instant = begins | (kinds == _FINISH_MILESTONE)
    if not instant.any():
        return left, np.maximum(right, left + LEAST_WIDTH)
    centre = np.where(begins, left, right)
    return (
        np.where(instant, centre - DIAMOND / 2, left),
        np.where(instant, centre + DIAMOND / 2, np.maximum(right, left + LEAST_WIDTH)),
    )


def row_span(outline: Outline, position: int, scale: TimeScale) -> Span:
    """`bar_span` of the row at a visible position."""
    rows, row = outline.rows, outline.shown[position]
    return bar_span(int(rows.kind[row]), float(rows.start[row]), float(rows.finish[row]), scale)


def hit(outline: Outline, scale: TimeScale, x: float, y: float, dots: int = -1) -> Hit:
    """What lies at (x, y), y counted from the top of position 0.

    The link dots answer only on position `dots`, the one where they are drawn.
    """
    position = int(y // ROW)
    if not 0 <= position < len(outline):
        return Hit(-1)
    inside = y - position * ROW
    span = row_span(outline, position, scale)
    kind = outline.rows.kind[outline.shown[position]]
    if position == dots and abs(inside - MIDDLE) <= DOT_REACH + 1:
        if abs(x - (span.left - DOT_DISTANCE)) <= DOT_REACH:
            return Hit(position, Part.LEFT_DOT)
        if abs(x - (span.right + DOT_DISTANCE)) <= DOT_REACH:
            return Hit(position, Part.RIGHT_DOT)
    if abs(inside - MIDDLE) > BAR / 2 + 2:
        return Hit(position)
    reach = min(EDGE_REACH, (span.right - span.left) / 3)
    if kind == RowKind.TASK and span.right - reach <= x <= span.right + 2:
        return Hit(position, Part.RIGHT_EDGE)
    if span.left - 1 <= x <= span.right + 1:
        return Hit(position, Part.BODY)
    return Hit(position)


def link_kind(from_right: bool, to_left: bool) -> LinkKind:
    """The link that joins two ends of bars."""
    if from_right:
        return LinkKind.FS if to_left else LinkKind.FF
    return LinkKind.SS if to_left else LinkKind.SF


def nearer_left(span: Span, x: float) -> bool:
    """Whether x is nearer to the left end of a bar."""
    return x < (span.left + span.right) / 2


def visible_range(top: float, height: float, count: int) -> tuple[int, int]:
    """Positions [first, last) that show in a body `height` high scrolled down by `top`."""
    first = max(int(top // ROW), 0)
    return min(first, count), min(int((top + height) // ROW) + 1, count)
