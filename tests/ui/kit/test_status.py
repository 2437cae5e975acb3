"""Status marks differ in shape, not only in colour."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.kit.colors import LIGHT
from app.ui.kit.status import Status, paint_mark, paint_progress

SHAPES = ("disc", "ring", "triangle", "diamond", "hollow_diamond", "check", "cross", "arrow_up")


def painted(shape: str) -> bytes:
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_mark(painter, QPointF(12, 12), shape, "#000000", 14)
    painter.end()
    return bytes(image.constBits())


def test_every_shape_looks_different(qapp: QApplication) -> None:
    assert len({painted(shape) for shape in SHAPES}) == len(SHAPES)


def test_each_status_has_colour_shape_and_word() -> None:
    assert len({status.shape for status in Status}) == len(Status)
    assert len({status.word for status in Status}) == len(Status)
    assert Status.OVERDUE.color(LIGHT) == "#B42318"
    assert Status.OVERDUE.tint(LIGHT) == LIGHT.overdue_tint
    assert Status.RUNNING.word == "执行中"


@pytest.mark.parametrize(
    ("share", "filled"), [(-1.0, 0), (0.0, 0), (0.5, 50), (1.0, 100), (7.0, 100)]
)
def test_progress_fills_its_share(qapp: QApplication, share: float, filled: int) -> None:
    image = QImage(100, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_progress(painter, QRectF(0, 0, 100, 4), share, LIGHT)
    painter.end()
    row = [image.pixelColor(x, 2).name().upper() for x in range(100)]
    coloured = sum(color in (LIGHT.bar, LIGHT.bar_full) for color in row)
    assert abs(coloured - filled) <= 3
