"""Check boxes and radio buttons that read well on light and dark alike."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from app.ui.kit.colors import Colors
from app.ui.kit.measures import GAP_S, GRID, ICON, RADIUS_SMALL, TYPE_CELL
from app.ui.kit.status import paint_mark
from app.ui.kit.theme import colors_of, font

TICK: Final = 8.0
DOT: Final = 3.5
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)


class CheckBox(QCheckBox):
    """A check box with its words."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(font(TYPE_CELL))

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return _size(self)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_of(self)
        box = _box(self)
        _set_shades(painter, self, colors)
        painter.drawRoundedRect(box, RADIUS_SMALL - 1, RADIUS_SMALL - 1)
        if self.isChecked():
            ink = colors.on_accent if self.isEnabled() else colors.text_3
            paint_mark(painter, box.center(), "check", ink, TICK)
        _paint_words(painter, self, colors)


class RadioButton(QRadioButton):
    """A radio button with its words."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(font(TYPE_CELL))

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return _size(self)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_of(self)
        box = _box(self)
        _set_shades(painter, self, colors)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.on_accent if self.isEnabled() else colors.text_3))
            painter.drawEllipse(QPointF(box.center()), DOT, DOT)
        _paint_words(painter, self, colors)


def _size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().horizontalAdvance(button.text())
    height = max(ICON, button.fontMetrics().height()) + GAP_S
    return QSize(ICON + (GAP_S + words + GRID if words else 0) + 2, height)


def _box(button: QAbstractButton) -> QRectF:
    return QRectF(1.5, (button.height() - ICON) / 2 + 0.5, ICON - 1, ICON - 1)


def _set_shades(painter: QPainter, button: QAbstractButton, colors: Colors) -> None:
    filled = button.isChecked() and button.isEnabled()
    edge = colors.accent if filled else colors.text_3
    ground = colors.accent if filled else colors.surface
    if not button.isEnabled():
        edge, ground = colors.border, colors.window
    painter.setPen(QPen(QColor(edge), 1.2))
    painter.setBrush(QColor(ground))


def _paint_words(painter: QPainter, button: QAbstractButton, colors: Colors) -> None:
    if button.hasFocus():
        painter.setPen(QPen(QColor(colors.focus), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = 0.75
        ring = QRectF(button.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ring, RADIUS_SMALL, RADIUS_SMALL)
    painter.setPen(QColor(colors.text if button.isEnabled() else colors.text_3))
    painter.setFont(button.font())
    left = ICON + GAP_S
    painter.drawText(
        QRectF(left, 0, button.width() - left, button.height()), _MIDDLE, button.text()
    )
