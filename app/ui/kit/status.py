"""Status as colour, shape and word together; the marks are painted, not font glyphs."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.kit.colors import Colors
from app.ui.kit.text import tr


class Status(Enum):
    """(name, shape, text id). The name is the colour's in `Colors` and of its tint."""

    RUNNING = ("running", "disc", "kit.status_running")
    OVERDUE = ("overdue", "triangle", "kit.status_overdue")
    WAITING = ("waiting", "diamond", "kit.status_waiting")
    DONE = ("done", "check", "kit.status_done")
    DRAFT = ("draft", "ring", "kit.status_draft")

    @property
    def shape(self) -> str:
        """Name of the painted shape."""
        return str(self.value[1])

    @property
    def text_id(self) -> str:
        """Text id of the word."""
        return str(self.value[2])

    @property
    def word(self) -> str:
        """The word in the language in force."""
        return tr(self.text_id)

    def color(self, colors: Colors) -> str:
        """Colour of the mark and the word."""
        return str(getattr(colors, self.value[0]))

    def tint(self, colors: Colors) -> str:
        """Pale ground that the word reads on."""
        return str(getattr(colors, f"{self.value[0]}_tint"))


MARK: Final = 8.0
STROKE: Final = 1.8


def paint_mark(
    painter: QPainter, center: QPointF, shape: str, color: str | QColor, size: float = MARK
) -> None:
    """Paints disc, ring, triangle, diamond, hollow_diamond, check, cross or arrow_up."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    half = size / 2
    if shape in ("disc", "ring", "hollow_diamond", "check", "cross", "arrow_up"):
        _paint_line_mark(painter, center, shape, QColor(color), half)
    else:
        painter.drawPolygon(_polygon(center, shape, half))
    painter.restore()


def _polygon(center: QPointF, shape: str, half: float) -> QPolygonF:
    x, y = center.x(), center.y()
    if shape == "triangle":
        return QPolygonF(
            [QPointF(x, y - half), QPointF(x + half, y + half), QPointF(x - half, y + half)]
        )
    return QPolygonF(
        [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
    )


def _paint_line_mark(
    painter: QPainter, center: QPointF, shape: str, color: QColor, half: float
) -> None:
    x, y = center.x(), center.y()
    if shape == "disc":
        painter.drawEllipse(center, half - 0.5, half - 0.5)
        return
    pen = QPen(color, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape == "ring":
        painter.drawEllipse(center, half - 1, half - 1)
    elif shape == "hollow_diamond":
        painter.drawPolygon(_polygon(center, "diamond", half))
    elif shape == "check":
        tick = [
            QPointF(x - half, y),
            QPointF(x - half * 0.25, y + half * 0.75),
            QPointF(x + half, y - half * 0.7),
        ]
        painter.drawPolyline(QPolygonF(tick))
    elif shape == "cross":
        reach = half * 0.75
        painter.drawLine(QPointF(x - reach, y - reach), QPointF(x + reach, y + reach))
        painter.drawLine(QPointF(x - reach, y + reach), QPointF(x + reach, y - reach))
    else:
        painter.drawLine(QPointF(x, y + half), QPointF(x, y - half))
        head = [
            QPointF(x - half * 0.7, y - half * 0.2),
            QPointF(x, y - half),
            QPointF(x + half * 0.7, y - half * 0.2),
        ]
        painter.drawPolyline(QPolygonF(head))


def paint_progress(painter: QPainter, place: QRectF, share: float, colors: Colors) -> None:
    """A thin rounded bar, filled to a share 0..1; green when full."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = place.height() / 2
    painter.setBrush(QColor(colors.bar_rest))
    painter.drawRoundedRect(place, radius, radius)
    share = min(max(share, 0.0), 1.0)
    if share > 0:
        filled = QRectF(place)
        filled.setWidth(max(place.width() * share, place.height()))
        painter.setBrush(QColor(colors.bar_full if share >= 1 else colors.bar))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()
