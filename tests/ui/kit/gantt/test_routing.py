"""Links keep out of bars: level stretches run in gaps or in their own rows, away from the bar."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.ui.kit.gantt.geometry import BAR, BAR_TOP, MIDDLE, ROW, Span
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.routing import Route, route

KINDS = st.sampled_from(list(LinkKind))
SPANS = st.builds(
    lambda left, width: Span(left, left + width), st.floats(0, 1_000), st.floats(3, 400)
)
ROWS = st.integers(0, 30)


def made(kind: LinkKind, pred: Span, pred_row: int, succ: Span, succ_row: int) -> Route:
    return route(kind, pred, pred_row * ROW, succ, succ_row * ROW)


@given(KINDS, SPANS, ROWS, SPANS, ROWS)
def test_routes_are_orthogonal_and_join_the_right_ends(
    kind: LinkKind, pred: Span, pred_row: int, succ: Span, succ_row: int
) -> None:
    assume(pred_row != succ_row)
    way = made(kind, pred, pred_row, succ, succ_row)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(way.points))
    begin = pred.right if kind.from_finish else pred.left
    assert way.points[0] == (begin, pred_row * ROW + MIDDLE)
    end = way.points[-1]
    assert succ.left <= end[0] <= succ.right
    assert succ_row * ROW + BAR_TOP <= end[1] <= succ_row * ROW + BAR_TOP + BAR
    if way.arrow in ("left", "right"):
        assert end[0] == (succ.left if kind.to_start else succ.right)


@given(KINDS, SPANS, ROWS, SPANS, ROWS)
def test_level_stretches_stay_in_gaps_or_beside_their_own_bar(
    kind: LinkKind, pred: Span, pred_row: int, succ: Span, succ_row: int
) -> None:
    assume(pred_row != succ_row)
    way = made(kind, pred, pred_row, succ, succ_row)
    own = {pred_row * ROW + MIDDLE: pred, succ_row * ROW + MIDDLE: succ}
    for here, there in pairwise(way.points):
        if here[1] != there[1] or here[0] == there[0]:
            continue
        bar = own.get(here[1])
        if bar is None:
            assert here[1] % ROW == 0, "a level stretch between rows runs on their border"
        else:
            left, right = sorted((here[0], there[0]))
            assert right <= bar.left + 1e-9 or left >= bar.right - 1e-9


@pytest.mark.parametrize(("pred_row", "succ_row", "arrow"), [(0, 3, "down"), (3, 0, "up")])
def test_a_forward_link_falls_onto_its_successor(pred_row: int, succ_row: int, arrow: str) -> None:
    way = made(LinkKind.FS, Span(0, 50), pred_row, Span(60, 120), succ_row)
    assert way.arrow == arrow
    assert len(way.points) == 3


def test_a_link_back_in_time_goes_around_through_the_gap() -> None:
    way = made(LinkKind.FS, Span(100, 200), 0, Span(20, 60), 2)
    assert way.arrow == "right"
    heights = [MIDDLE, MIDDLE, 2 * ROW, 2 * ROW, 2 * ROW + MIDDLE, 2 * ROW + MIDDLE]
    assert [y for _, y in way.points] == heights
