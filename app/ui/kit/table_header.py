"""The head of a table: calm cells with a sort arrow and a funnel where a filter is set."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import GAP_S, ROW_NORMAL, TYPE_SMALL
from app.ui.kit.theme import colors_of, font

MARK: Final = 12
NARROWEST: Final = 36


class TableHeader(QHeaderView):
    """`menu_asked(section, where)` on a right click."""

    menu_asked = Signal(int, QPoint)

    def __init__(self, is_filtered: Callable[[int], bool], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_filtered = is_filtered
        self.setFont(font(TYPE_SMALL))
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST)
        self.setFixedHeight(max(ROW_NORMAL, self.fontMetrics().height() + GAP_S))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.logicalIndexAt(event.pos()), event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rest = self.viewport().rect().adjusted(self.length() - self.offset(), 0, 0, 0)
        painter = QPainter(self.viewport())
        painter.fillRect(rest, QColor(colors_of(self).surface))
        painter.fillRect(rest.adjusted(0, rest.height() - 1, 0, 0), QColor(colors_of(self).border))

    def paintSection(self, painter: QPainter, place: QRect, section: int) -> None:
        colors = colors_of(self)
        painter.save()
        painter.fillRect(place, QColor(colors.surface))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, QColor(colors.border))
        painter.fillRect(
            place.right(), place.top() + GAP_S, 1, place.height() - 2 * GAP_S, QColor(colors.border)
        )
        room = place.adjusted(GAP_S, 0, -GAP_S, -1)
        alignment = int(
            self.model().headerData(
                section, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.TextAlignmentRole)
            )
        )
        for mark in self._marks(section):
            box = QRectF(room.right() - MARK + 1, room.y() + (room.height() - MARK) / 2, MARK, MARK)
            paint_icon(painter, mark, box, colors.link)
            room.setRight(room.right() - MARK - 2)
        painter.setFont(self.font())
        painter.setPen(QColor(colors.text_2))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, alignment, shown)
        painter.restore()

    def _marks(self, section: int) -> list[str]:
        marks = []
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            falling = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            marks.append("down" if falling else "up")
        if self._is_filtered(section):
            marks.append("filter")
        return marks
