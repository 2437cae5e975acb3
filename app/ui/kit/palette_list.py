"""The list of hits below the search field, grouped, painted."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import key_cap_width, paint_key_cap
from app.ui.kit.finding import Hit
from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import GAP_M, GAP_S, ICON, RADIUS_SMALL, ROW_NORMAL, TYPE_CELL, TYPE_SMALL
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_of, font

HEADING: Final = 24
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)
_CENTER: Final = int(Qt.AlignmentFlag.AlignCenter)


class HitList(QWidget):
    """`chosen(Hit)` by mouse; the keys are moved from outside with `move_by`."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[str, tuple[Hit, ...]]] = []
        self._hits: list[Hit] = []
        self._current = 0
        self._asked = False
        self.setMouseTracking(True)

    @property
    def current(self) -> Hit | None:
        """The hit that Enter opens."""
        return self._hits[self._current] if self._hits else None

    @property
    def titles(self) -> list[str]:
        """Titles of all hits, from the top."""
        return [hit.title for hit in self._hits]

    def show_groups(self, groups: Sequence[tuple[str, tuple[Hit, ...]]]) -> None:
        """Shows hits under headings (text ids); the first is current."""
        self._groups = list(groups)
        self._hits = [hit for _, hits in groups for hit in hits]
        self._current = 0
        self._asked = True
        self._name()
        self.updateGeometry()
        self.update()

    def move_by(self, step: int) -> None:
        """Makes another hit current; stops at the ends, wraps for single steps."""
        if not self._hits:
            return
        place = self._current + step
        if abs(step) == 1:
            place %= len(self._hits)
        self._current = min(max(place, 0), len(self._hits) - 1)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        if not self._hits:
            return QSize(0, 2 * ROW_NORMAL)
        return QSize(0, HEADING * len(self._groups) + ROW_NORMAL * len(self._hits))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place is not None and place != self._current:
            self._current = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place is not None:
            self.chosen.emit(self._hits[place])

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TYPE_SMALL))
        if not self._hits:
            painter.setPen(QColor(colors.text_2))
            words = tr("kit.palette_nothing") if self._asked else ""
            painter.drawText(self.rect(), _CENTER, words)
            return
        top, place = 0.0, 0
        for title_id, hits in self._groups:
            painter.setFont(font(TYPE_SMALL))
            painter.setPen(QColor(colors.text_3))
            painter.drawText(QRectF(GAP_S, top, self.width(), HEADING), _MIDDLE, tr(title_id))
            top += HEADING
            for hit in hits:
                row = QRectF(0, top, self.width(), ROW_NORMAL)
                self._paint_hit(painter, row, hit, current=place == self._current)
                top, place = top + ROW_NORMAL, place + 1

    def _paint_hit(self, painter: QPainter, row: QRectF, hit: Hit, *, current: bool) -> None:
        colors = colors_of(self)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection))
            painter.drawRoundedRect(row, RADIUS_SMALL, RADIUS_SMALL)
        mark = QRectF(row.x() + GAP_S, row.y() + (row.height() - ICON) / 2, ICON, ICON)
        paint_icon(painter, hit.icon, mark, colors.link if current else colors.text_2)
        right = row.right() - GAP_S
        if hit.key:
            right -= key_cap_width(hit.key)
            paint_key_cap(painter, right, row.center().y(), hit.key, colors)
            right -= GAP_S
        left = mark.right() + GAP_S
        painter.setFont(font(TYPE_CELL))
        painter.setPen(QColor(colors.text))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, row.y(), right - left, row.height()), _MIDDLE, title)
        left += metrics.horizontalAdvance(title) + GAP_M
        if hit.detail and right > left:
            painter.setFont(font(TYPE_SMALL))
            painter.setPen(QColor(colors.text_2))
            detail = painter.fontMetrics().elidedText(
                hit.detail, Qt.TextElideMode.ElideRight, int(right - left)
            )
            painter.drawText(QRectF(left, row.y(), right - left, row.height()), _MIDDLE, detail)

    def _at(self, y: float) -> int | None:
        top, place = 0.0, 0
        for _, hits in self._groups:
            top += HEADING
            for _hit in hits:
                if top <= y < top + ROW_NORMAL:
                    return place
                top, place = top + ROW_NORMAL, place + 1
        return None

    def _name(self) -> None:
        current = self.current
        self.setAccessibleName(f"{current.title} {current.detail}".strip() if current else "")
