"""Shading of days off."""

import pytest

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.paint_grid import paint_ground, paint_row_lines, paint_today, shaded_spans
from app.ui.kit.gantt.timescale import TimeScale
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of, sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def test_weekends_and_holidays_are_spans_of_whole_days() -> None:
    spans = shaded_spans(sample_frame())
    assert (5 * 7, 7 * 7, "weekend") in spans
    assert (20 * 7, 29 * 7, "holiday") in spans
    assert all(right > left for left, right, _ in spans)


def test_weekends_too_narrow_to_see_are_left_out() -> None:
    frame = sample_frame(scale=TimeScale(sample_frame().scale.origin, 1.0))
    assert {ink for *_, ink in shaded_spans(frame)} == {"holiday"}


def test_ground_lines_and_today_are_painted() -> None:
    frame = sample_frame(selected=frozenset({2}))
    ground = picture_of(lambda painter: paint_ground(painter, frame))
    assert colour_at(ground, 150, 50) == LIGHT.holiday
    lines = picture_of(lambda painter: paint_row_lines(painter, frame))
    assert colour_at(lines, 500, 27) == LIGHT.row_line
    today = frame.scale.x(float(frame.today or 0))
    column = picture_of(lambda painter: paint_today(painter, frame))
    assert LIGHT.today in {colour_at(column, today, y) for y in range(20)}
    assert blank(picture_of(lambda painter: paint_today(painter, sample_frame(today=None))))
