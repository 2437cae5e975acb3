"""Bars in pixels and what a point hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.geometry import (
    DIAMOND,
    DOT_DISTANCE,
    LEAST_WIDTH,
    MIDDLE,
    ROW,
    Hit,
    Part,
    Span,
    bar_span,
    hit,
    link_kind,
    nearer_left,
    row_span,
    visible_range,
)
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import RowKind
from app.ui.kit.gantt.timescale import TimeScale
from tests.ui.kit.gantt.sample_plan import sample_rows

OUTLINE = Outline.of(sample_rows())
SCALE = TimeScale(float(OUTLINE.rows.start.min()), 7.0)
POSITIONS = st.integers(0, len(OUTLINE) - 1)


@given(POSITIONS)
def test_the_middle_of_every_bar_hits_its_row(position: int) -> None:
    span = row_span(OUTLINE, position, SCALE)
    middle = (span.left + span.right) / 2
    found = hit(OUTLINE, SCALE, middle, position * ROW + MIDDLE)
    assert found == Hit(position, Part.BODY)


@given(POSITIONS, st.floats(-100, 2_000), st.floats(0, ROW - 0.001))
def test_a_hit_never_leaves_its_row_nor_its_bar(position: int, x: float, inside: float) -> None:
    found = hit(OUTLINE, SCALE, x, position * ROW + inside)
    assert found.position == position
    span = row_span(OUTLINE, position, SCALE)
    if found.part is not Part.NOTHING:
        assert span.left - 2 <= x <= span.right + 2


def test_only_tasks_have_a_right_edge() -> None:
    for position in range(len(OUTLINE)):
        span = row_span(OUTLINE, position, SCALE)
        found = hit(OUTLINE, SCALE, span.right, position * ROW + MIDDLE)
        is_task = OUTLINE.rows.kind[OUTLINE.shown[position]] == RowKind.TASK
        assert (found.part is Part.RIGHT_EDGE) == is_task


def test_dots_answer_only_where_they_are_drawn() -> None:
    span, y = row_span(OUTLINE, 2, SCALE), 2 * ROW + MIDDLE
    left, right = span.left - DOT_DISTANCE, span.right + DOT_DISTANCE
    assert hit(OUTLINE, SCALE, left, y, dots=2).part is Part.LEFT_DOT
    assert hit(OUTLINE, SCALE, right, y, dots=2).part is Part.RIGHT_DOT
    assert hit(OUTLINE, SCALE, right, y, dots=3).part is Part.NOTHING


def test_outside_the_rows_is_nothing() -> None:
    assert hit(OUTLINE, SCALE, 10, -1) == Hit(-1)
    assert hit(OUTLINE, SCALE, 10, len(OUTLINE) * ROW) == Hit(-1)


def test_short_bars_stay_visible_and_milestones_are_centred() -> None:
    assert bar_span(RowKind.TASK, 5, 5, TimeScale(0, 1)) == Span(5, 5 + LEAST_WIDTH)
    start = bar_span(RowKind.START_MILESTONE, 5, 9, TimeScale(0, 10))
    finish = bar_span(RowKind.FINISH_MILESTONE, 5, 9, TimeScale(0, 10))
    assert (start.left + start.right) / 2 == 50
    assert (finish.left + finish.right) / 2 == 90
    assert finish.right - finish.left == DIAMOND


@pytest.mark.parametrize(
    ("from_right", "to_left", "kind"),
    [
        (True, True, LinkKind.FS),
        (True, False, LinkKind.FF),
        (False, True, LinkKind.SS),
        (False, False, LinkKind.SF),
    ],
)
def test_ends_make_the_link(from_right: bool, to_left: bool, kind: LinkKind) -> None:
    assert link_kind(from_right, to_left) is kind
    assert nearer_left(Span(0, 10), 4.9)
    assert not nearer_left(Span(0, 10), 5.1)


@given(st.floats(0, 10_000), st.floats(1, 2_000), st.integers(0, 400))
def test_the_visible_range_holds_every_row_that_shows(
    top: float, height: float, count: int
) -> None:
    first, last = visible_range(top, height, count)
    for position in range(count):
        shows = position * ROW < top + height and (position + 1) * ROW > top
        assert not shows or first <= position < last
    assert first <= last or count < first or last == count
