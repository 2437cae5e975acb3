"""A segmented control: one of a few, by mouse or arrow keys; or tabs with counts."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.measures import (
    BUTTON,
    GAP_L,
    GAP_M,
    GRID,
    PAGE_BAR,
    RADIUS,
    RADIUS_SMALL,
    TYPE_CELL,
)
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import colors_of, font

_CENTER = Qt.AlignmentFlag.AlignCenter
_KEY_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key, the text id of its words and, for tabs, a count."""

    key: str
    text_id: str
    count: int | None = None


class Segmented(QWidget):
    """`chosen(key)` when the person picks another segment."""

    chosen = Signal(str)

    def __init__(
        self, segments: tuple[Segment, ...], *, tabs: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._segments = segments
        self._tabs = tabs
        self._current = 0
        self._hovered = -1
        self.setFont(font(TYPE_CELL))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        texts().language_changed.connect(self._retranslate)

    @property
    def current(self) -> str:
        """Key of the chosen segment."""
        return self._segments[self._current].key

    def choose(self, key: str) -> None:
        """Chooses a segment and tells. ValueError for an unknown key."""
        place = [segment.key for segment in self._segments].index(key)
        if place != self._current:
            self._current = place
            self._name()
            self.update()
            self.chosen.emit(key)

    def set_count(self, key: str, count: int | None) -> None:
        """Shows another count behind a segment."""
        self._segments = tuple(
            Segment(known.key, known.text_id, count) if known.key == key else known
            for known in self._segments
        )
        self._retranslate()

    def sizeHint(self) -> QSize:
        height = PAGE_BAR if self._tabs else BUTTON
        return QSize(round(sum(self._widths())), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def place_of(self, key: str) -> QPoint:
        """Middle of a segment in the widget's coordinates."""
        widths = self._widths()
        place = [segment.key for segment in self._segments].index(key)
        return QPoint(round(sum(widths[:place]) + widths[place] / 2), self.height() // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEY_STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = min(max(self._current + step, 0), len(self._segments) - 1)
        self.choose(self._segments[place].key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().x())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._segments[place].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._tabs:
            painter.setPen(QPen(QColor(colors.border), 1))
            painter.setBrush(QColor(colors.window))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
            )
        x = 0.0
        for place, width in enumerate(self._widths()):
            self._paint_segment(painter, QRectF(x, 0, width, self.height()), place)
            x += width

    def _paint_segment(self, painter: QPainter, place: QRectF, number: int) -> None:
        colors = colors_of(self)
        chosen = number == self._current
        if chosen and self._tabs:
            painter.fillRect(
                QRectF(place.x() + GAP_M, place.bottom() - 2, place.width() - 2 * GAP_M, 2),
                QColor(colors.focus),
            )
        elif chosen:
            painter.setPen(
                QPen(QColor(colors.border_strong if not colors.dark else colors.border), 1)
            )
            painter.setBrush(QColor(colors.raised))
            painter.drawRoundedRect(
                place.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS_SMALL, RADIUS_SMALL
            )
        if chosen and self.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), RADIUS_SMALL, RADIUS_SMALL)
        strong = chosen or number == self._hovered
        self._paint_words(painter, place, self._segments[number], strong=strong, bold=chosen)

    def _paint_words(
        self, painter: QPainter, place: QRectF, segment: Segment, *, strong: bool, bold: bool
    ) -> None:
        colors = colors_of(self)
        painter.setFont(font(TYPE_CELL, bold=bold))
        painter.setPen(QColor(colors.text if strong else colors.text_2))
        if segment.count is None:
            painter.drawText(place, _CENTER, tr(segment.text_id))
            return
        words = tr(segment.text_id)
        width = painter.fontMetrics().horizontalAdvance(words)
        number = str(segment.count)
        gap = GRID + 2
        total = width + gap + painter.fontMetrics().horizontalAdvance(number)
        left = place.x() + (place.width() - total) / 2
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, 0, width + 1, place.height()), middle, words)
        painter.setPen(QColor(colors.link if bold else colors.text_3))
        painter.drawText(QRectF(left + width + gap, 0, total, place.height()), middle, number)

    def _widths(self) -> list[float]:
        metrics = QFontMetrics(font(TYPE_CELL, bold=True))
        margin = GAP_M if self._tabs else GAP_L - GRID

        def width(segment: Segment) -> float:
            count = "" if segment.count is None else f"  {segment.count}"
            return metrics.horizontalAdvance(tr(segment.text_id) + count) + 2.0 * margin

        return [width(segment) for segment in self._segments]

    def _at(self, x: float) -> int:
        right = 0.0
        for place, width in enumerate(self._widths()):
            right += width
            if x < right:
                return place
        return -1

    def _retranslate(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(tr(self._segments[self._current].text_id))
