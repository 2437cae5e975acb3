"""Small painted marks with words: counts and status pills."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.colors import Colors
from app.ui.kit.measures import GAP_S, GRID, RADIUS_SMALL, TYPE_SMALL
from app.ui.kit.status import MARK, Status, paint_mark
from app.ui.kit.text import texts
from app.ui.kit.theme import colors_of, font

MOST = 99
COUNT_SIDE = 18
PILL = 22
_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def count_text(count: int) -> str:
    """The count, or 99+."""
    return f"{MOST}+" if count > MOST else str(count)


def paint_count(
    painter: QPainter, right: float, middle: float, count: int, colors: Colors
) -> float:
    """Paints a count in a pill ending at `right`; returns its width."""
    face = font(TYPE_SMALL - 1, bold=True)
    width = max(QFontMetrics(face).horizontalAdvance(count_text(count)) + GAP_S, COUNT_SIDE)
    place = QRectF(right - width, middle - COUNT_SIDE / 2, width, COUNT_SIDE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.count))
    painter.drawRoundedRect(place, COUNT_SIDE / 2, COUNT_SIDE / 2)
    painter.setPen(QColor(colors.on_count))
    painter.setFont(face)
    painter.drawText(place, _CENTER, count_text(count))
    painter.restore()
    return float(width)


class StatusPill(QWidget):
    """A status as mark and word on its tint; another word may stand for the status's own."""

    def __init__(self, status: Status, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self._word = word
        self.setFont(font(TYPE_SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.word)
        texts().language_changed.connect(self._retranslate)

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word or self._status.word

    def set_status(self, status: Status, word: str = "") -> None:
        """Shows another status."""
        self._status = status
        self._word = word
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.word)
        return QSize(round(width + MARK + 3 * GAP_S), max(PILL, self.fontMetrics().height() + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._status.tint(colors)))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_SMALL, RADIUS_SMALL)
        color = self._status.color(colors)
        middle = self.height() / 2
        paint_mark(painter, QPointF(GAP_S + MARK / 2, middle), self._status.shape, color)
        painter.setPen(QColor(color))
        painter.setFont(self.font())
        left = GAP_S + MARK + GRID + 2
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), int(_LEFT), self.word)
