"""The product's mark, drawn from resources/icons/gantry.svg."""

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)


@cache
def _drawing() -> bytes:
    return files("resources").joinpath("icons", "gantry.svg").read_bytes()


def paint_brand(painter: QPainter, place: QRectF) -> None:
    """Paints the mark into a square."""
    QSvgRenderer(QByteArray(_drawing())).render(painter, place)


def brand_icon() -> QIcon:
    """The mark as a window icon."""
    made = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_brand(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
