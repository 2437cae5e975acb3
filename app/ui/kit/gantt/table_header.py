"""Headings of the task table: as high as the chart's header; a menu chooses the columns."""

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from app.ui.kit.gantt.colours import LIGHT, GanttColours, Inks
from app.ui.kit.gantt.columns import LOOKS, Column
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.paint_table import paint_heading


class GanttTableHeader(QHeaderView):
    """Movable, resizable sections; `columns_changed` when one was moved, sized or hidden."""

    columns_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._inks = Inks.of(LIGHT)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(28)
        self.sectionMoved.connect(self.columns_changed)
        self.sectionResized.connect(self.columns_changed)

    def set_colours(self, colours: GanttColours) -> None:
        """Light or dark."""
        self._inks = Inks.of(colours)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """The chart's header height."""
        return QSize(super().sizeHint().width(), int(HEADER))

    def visible_columns(self) -> list[tuple[Column, float, float]]:
        """(column, left, width) of the shown sections, from left to right."""
        found = []
        for at in range(self.count()):
            section = self.logicalIndex(at)
            if not self.isSectionHidden(section):
                left = float(self.sectionViewportPosition(section))
                found.append((Column(section), left, float(self.sectionSize(section))))
        return found

    def set_column_shown(self, column: Column, shown: bool) -> None:
        """Show or hide a column; the name cannot be hidden."""
        if column is not Column.NAME:
            self.setSectionHidden(column, not shown)
            self.columns_changed.emit()

    def column_menu(self) -> QMenu:
        """The menu of columns, each with a tick."""
        menu = QMenu(self)
        for column in LOOKS:
            words = self.model().headerData(column, Qt.Orientation.Horizontal)
            action = menu.addAction(str(words))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(column))
            action.setEnabled(column is not Column.NAME)
            action.toggled.connect(
                lambda shown, column=column: self.set_column_shown(column, shown)
            )
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose columns."""
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, headings and the lines between them."""
        with QPainter(self.viewport()) as painter:
            self._paint(painter, self.viewport().rect())

    def _paint(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, self._inks["header"])
        painter.setFont(self.font())
        cache = WordCache(self.font())
        model = self.model()
        for column, left, width in self.visible_columns():
            words = str(model.headerData(column, Qt.Orientation.Horizontal))
            box = QRectF(left, 0, width, HEADER)
            paint_heading(painter, self._inks, cache, box, column, words)
            painter.setPen(QPen(self._inks["border"], 1))
            edge = left + width - 0.5
            painter.drawLine(QLineF(edge, HEADER / 2 - 8, edge, HEADER / 2 + 8))
        painter.setPen(QPen(self._inks["border"], 1))
        painter.drawLine(QLineF(0, HEADER - 0.5, area.width(), HEADER - 0.5))
