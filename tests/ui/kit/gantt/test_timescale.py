"""Time to x and back, zoom around a point, header divisions without gaps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.timescale import LEAST_PX, MOST_PX, USUAL_PX, ScaleUnit, TimeScale

SCALES = st.builds(TimeScale, st.floats(0, 40_000), st.floats(LEAST_PX, MOST_PX))


@given(SCALES, st.floats(0, 40_000))
def test_x_and_day_are_inverse(scale: TimeScale, day: float) -> None:
    assert scale.day(scale.x(day)) == pytest.approx(day, abs=1e-6)


@given(SCALES, st.floats(0.2, 5), st.floats(0, 2_000))
def test_zoom_keeps_the_day_under_the_pointer(scale: TimeScale, factor: float, x: float) -> None:
    zoomed = scale.zoomed(factor, x)
    assert zoomed.day(x) == pytest.approx(scale.day(x), abs=1e-6)
    assert LEAST_PX <= zoomed.px_per_day <= MOST_PX


@given(SCALES, st.floats(0, 900))
def test_divisions_cover_the_view_without_gaps(scale: TimeScale, days: float) -> None:
    first, last = scale.origin, scale.origin + days + 1
    for divisions in (scale.lower_divisions(first, last), scale.upper_divisions(first, last)):
        cells = list(divisions)
        assert cells[0].first <= first
        assert cells[-1].last >= last
        assert all(here.last == there.first for here, there in pairwise(cells))


def test_usual_widths_show_their_own_unit() -> None:
    assert {TimeScale(0, px).unit: unit for unit, px in USUAL_PX.items()} == {
        unit: unit for unit in ScaleUnit
    }
    assert TimeScale(0, 7).upper_unit == "month"
    assert TimeScale(0, 2).upper_unit == "year"


def test_weeks_begin_on_monday_and_quarters_in_january() -> None:
    weeks = list(TimeScale(20_000, 7).lower_divisions(20_000, 20_030))
    assert {week.begins.weekday() for week in weeks} == {0}
    quarters = list(TimeScale(20_000, 0.7).lower_divisions(20_000, 20_400))
    assert {quarter.begins.month for quarter in quarters} <= {1, 4, 7, 10}


def test_scrolling_moves_the_origin() -> None:
    assert TimeScale(100, 5).moved(50).origin == 110
