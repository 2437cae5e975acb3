"""Links that are painted, and those that are not."""

import pytest
from PySide6.QtGui import QPen

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.paint_links import paint_links, paint_route, visible_routes
from app.ui.kit.gantt.routing import Route
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of, sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def test_links_near_the_body_have_a_way_and_others_none() -> None:
    assert len(visible_routes(sample_frame())) == 30
    top_rows = visible_routes(sample_frame(height=140.0))
    assert 4 <= len(top_rows) < 30
    away = sample_frame()
    assert visible_routes(sample_frame(scale=away.scale.moved(20_000))) == []


def test_links_of_a_dragged_bar_are_left_out() -> None:
    assert len(visible_routes(sample_frame(left_out=13))) == 27


def test_critical_links_are_red_and_all_can_be_hidden() -> None:
    frame = sample_frame()
    picture = picture_of(lambda painter: paint_links(painter, frame))
    way = dict(visible_routes(frame))[9]
    (x, y), (drop, _), _ = way.points
    assert colour_at(picture, (x + drop) / 2, y) == LIGHT.link_critical
    hidden = sample_frame(show_links=False)
    assert blank(picture_of(lambda painter: paint_links(painter, hidden)))


def test_a_single_way_is_painted_with_its_arrow() -> None:
    way = Route(((10.0, 10.0), (60.0, 10.0), (60.0, 80.0)), "down")
    pen = QPen(sample_frame().inks["focus"], 2)
    picture = picture_of(lambda painter: paint_route(painter, way, pen), 100, 100)
    assert colour_at(picture, 30, 10) == LIGHT.focus
    assert colour_at(picture, 60, 77) == LIGHT.focus
