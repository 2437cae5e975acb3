"""Layers in their order."""

import pytest

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.paint import paint_axis, paint_body
from tests.ui.kit.gantt.pictures import colour_at, picture_of, sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_axis_is_header_and_ground_and_the_body_lies_over_it() -> None:
    frame = sample_frame()
    axis = picture_of(lambda painter: paint_axis(painter, frame), height=1200)
    assert colour_at(axis, 400, 2) == LIGHT.header
    assert colour_at(axis, 5 * 7 + 3, HEADER + 300) == LIGHT.weekend
    body = picture_of(lambda painter: paint_body(painter, frame))
    line = frame.scale.x(float(frame.data_date or 0))
    assert colour_at(body, line, 700) == LIGHT.front


def test_the_current_row_is_tinted() -> None:
    frame = sample_frame(selected=frozenset({13}), current=13)
    body = picture_of(lambda painter: paint_body(painter, frame))
    assert colour_at(body, 20, 13 * 28 + 4) != colour_at(body, 20, 14 * 28 + 4)
