"""Marks differ in shape, not only in colour."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from app.ui.kit.gantt.colours import LIGHT, Inks
from app.ui.kit.gantt.marks import paint_status_mark
from app.ui.kit.gantt.rows import StatusMark
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of

pytestmark = pytest.mark.usefixtures("qapp")


def painted(mark: StatusMark) -> QImage:
    inks = Inks.of(LIGHT)
    return picture_of(lambda p: paint_status_mark(p, QPointF(14, 14), mark, inks), 28, 28)


def shape(mark: StatusMark) -> frozenset[tuple[int, int]]:
    picture = painted(mark)
    return frozenset(
        (x, y) for x in range(28) for y in range(28) if colour_at(picture, x, y) != "#FFFFFF"
    )


def test_every_mark_has_a_shape_of_its_own() -> None:
    shapes = {mark: shape(mark) for mark in StatusMark if mark is not StatusMark.NONE}
    assert len(set(shapes.values())) == len(shapes)
    assert all(shapes.values())
    assert blank(painted(StatusMark.NONE))
