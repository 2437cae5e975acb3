"""Calm scroll bars, and an area that scrolls what is too tall for a small screen."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from app.ui.kit.theme import colors_of

WIDTH: Final = 12
HANDLE: Final = 6
_VERTICAL: Final = Qt.Orientation.Vertical


class CalmScrollBar(QScrollBar):
    """A thin handle on the ground of what it scrolls; no arrows, no trough."""

    def __init__(self, orientation: Qt.Orientation, ground: str = "surface") -> None:
        super().__init__(orientation)
        self._ground = ground

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.orientation() == _VERTICAL:
            return QSize(WIDTH, hint.height())
        return QSize(hint.width(), WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(getattr(colors, self._ground)))
        if self.maximum() <= self.minimum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = QRectF(
            self.style().subControlRect(
                QStyle.ComplexControl.CC_ScrollBar,
                option,
                QStyle.SubControl.SC_ScrollBarSlider,
                self,
            )
        )
        inset = (WIDTH - HANDLE) / 2
        upright = self.orientation() == _VERTICAL
        handle.adjust(*(inset, 1, -inset, -1) if upright else (1, inset, -1, -inset))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        held = self.isSliderDown() or self.underMouse()
        painter.setBrush(QColor(colors.text_3 if held else colors.border_strong))
        painter.drawRoundedRect(handle, HANDLE / 2, HANDLE / 2)


def calm(area: QAbstractScrollArea, ground: str = "surface") -> None:
    """Gives a scroll area calm scroll bars; `ground` is a field of Colors."""
    area.setVerticalScrollBar(CalmScrollBar(_VERTICAL, ground))
    area.setHorizontalScrollBar(CalmScrollBar(Qt.Orientation.Horizontal, ground))


def scrolling(content: QWidget, ground: str = "surface") -> QScrollArea:
    """The content in an area that scrolls upright when the screen is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    calm(area, ground)
    area.setWidget(content)
    return area
