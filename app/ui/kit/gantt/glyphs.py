"""Words laid out once: shaping the same dates and codes for every frame is most of a repaint."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

_MOST_WORDS = 6_000
_RIGHT, _CENTRE = "right", "centre"
_ELIDE = Qt.TextElideMode.ElideRight


class WordCache:
    """Static texts of one font by their words; forgotten all at once when there are too many."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self.metrics = QFontMetricsF(self.font)
        self._texts: dict[str, tuple[QStaticText, float]] = {}
        self._cut: dict[tuple[str, int], str] = {}

    def draw(self, painter: QPainter, box: QRectF, words: str, align: str = "left") -> None:
        """Words centred in height, aligned as said; the painter has the cache's font."""
        if not words:
            return
        laid, width = self._laid(words)
        x = box.left()
        if align is _RIGHT or align == _RIGHT:
            x = box.right() - width
        elif align == _CENTRE:
            x += (box.width() - width) / 2
        y = box.top() + (box.height() - self.metrics.height()) / 2
        painter.drawStaticText(QPointF(round(x), round(y)), laid)

    def width(self, words: str) -> float:
        """Advance of words in pixels."""
        return self._laid(words)[1]

    def cut(self, words: str, room: float) -> str:
        """Words ended by "…" when they do not fit `room` pixels."""
        if self.width(words) <= room:
            return words
        key = (words, int(room))
        if key not in self._cut:
            if len(self._cut) > _MOST_WORDS:
                self._cut.clear()
            self._cut[key] = self.metrics.elidedText(words, _ELIDE, room)
        return self._cut[key]

    def _laid(self, words: str) -> tuple[QStaticText, float]:
        found = self._texts.get(words)
        if found is None:
            if len(self._texts) > _MOST_WORDS:
                self._texts.clear()
            laid = QStaticText(words)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            laid.prepare(QTransform(), self.font)
            found = self._texts[words] = (laid, self.metrics.horizontalAdvance(words))
        return found
