"""A table that feels like a spreadsheet: arrows, F2, Enter, Ctrl+C, Ctrl+V, Ctrl+D, Delete."""

from collections.abc import Hashable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from app.ui.kit.columns import Column
from app.ui.kit.delegates import CellDelegate
from app.ui.kit.measures import ROW_COMPACT
from app.ui.kit.scroll import calm
from app.ui.kit.table_block import clear_block, copy_block, fill_down, paste_block
from app.ui.kit.table_columns import TableColumns
from app.ui.kit.table_model import Index, TableModel
from app.ui.kit.theme import colors_of, theme

T = TypeVar("T")
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class TableView(QTableView, Generic[T]):
    """`opened(row)` by Enter or double click on a cell that takes no typing."""

    opened = Signal(object)
    selected = Signal()
    delete_asked = Signal()
    column_menu_asked = Signal(int, QPoint)

    def __init__(
        self, model: TableModel[T], *, row_height: int = ROW_COMPACT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._current: tuple[Hashable, int, int] | None = None
        self._delegate = CellDelegate(self, self._column_of)
        self.columns = TableColumns(self, model)
        self.setModel(model)
        self._set_up(row_height)
        self.columns.lay_out()
        self._connect(model)

    def _set_up(self, row_height: int) -> None:
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        calm(self)
        self.setWordWrap(False)
        self.setMouseTracking(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            max(row_height, self.fontMetrics().height() + 6)
        )
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        unit = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(unit.SelectItems if self._can_edit_any() else unit.SelectRows)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed | trigger.DoubleClicked)

    def _connect(self, model: TableModel[T]) -> None:
        self.columns.header.menu_asked.connect(self.column_menu_asked)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        theme().changed.connect(self._delegate.refresh_fonts)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        right = self.columns.header.length() - self.columns.header.offset()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0 or right >= self.viewport().width():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(colors_of(self).grid))
        for place in range(first, (last if last >= 0 else self.rows_model.rowCount() - 1) + 1):
            foot = self.rowViewportPosition(place) + self.rowHeight(place) - 1
            painter.drawLine(right, foot, self.viewport().width(), foot)

    # -- rows

    def current_row(self) -> T | None:
        """The row with the cell that has the keys."""
        index = self.currentIndex()
        return self.rows_model.row_at(index.row()) if index.isValid() else None

    def selected_rows(self) -> list[T]:
        """Rows with a selected cell, in order."""
        chosen = self.selectionModel().selection()
        spans = (chosen.at(number) for number in range(chosen.count()))
        places = sorted({place for span in spans for place in range(span.top(), span.bottom() + 1)})
        rows = (self.rows_model.row_at(place) for place in places)
        return [row for row in rows if row is not None]

    def select_id(self, row_id: Hashable) -> bool:
        """Puts the keys on a row; False when it is not in the table."""
        place = self.rows_model.place_of(row_id, max(self.currentIndex().row(), 0))
        if place < 0:
            return False
        column = max(self.currentIndex().column(), self.columns.first())
        self.setCurrentIndex(self.rows_model.index(place, column))
        return True

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            first = self.rows_model.index(0, self.columns.first())
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model, columns = self.rows_model, self.columns.visible()
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_block(self, columns)
        elif event.matches(QKeySequence.StandardKey.Paste):
            paste_block(self, model, columns)
        elif event.key() == Qt.Key.Key_D and event.modifiers() == _CONTROL:
            fill_down(self, model)
        elif event.key() in _ENTERS:
            self._enter(-1 if event.modifiers() & _SHIFT else 1)
        elif event.key() == Qt.Key.Key_Delete:
            if not clear_block(self, model):
                self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._ask_menu()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.rows_model.row_at(index.row()) if index.isValid() else None
        if row is not None and not self._can_edit(index):
            self.opened.emit(row)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step(1)

    def _enter(self, step: int) -> None:
        index = self.currentIndex()
        row = self.current_row()
        if row is not None and not self._can_edit(index):
            self.opened.emit(row)
        else:
            self._step(step)

    def _step(self, step: int) -> None:
        index = self.currentIndex()
        place = min(max(index.row() + step, 0), self.rows_model.rowCount() - 1)
        if index.isValid():
            self.setCurrentIndex(self.rows_model.index(place, index.column()))

    def _can_edit(self, index: Index) -> bool:
        return bool(self.rows_model.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _can_edit_any(self) -> bool:
        return any(column.editable for column in self.rows_model.columns)

    def _column_of(self, index: Index) -> Column[Any]:
        return self.rows_model.columns[index.column()]

    def _ask_menu(self) -> None:
        section = self.currentIndex().column()
        if section >= 0:
            header = self.columns.header
            left = header.sectionViewportPosition(section)
            self.column_menu_asked.emit(section, header.mapToGlobal(QPoint(left, header.height())))

    def _remember(self) -> None:
        index = self.currentIndex()
        row_id = self.rows_model.id_at(index.row()) if index.isValid() else None
        self._current = (row_id, index.row(), index.column()) if row_id is not None else None

    def _recall(self) -> None:
        if self._current is None:
            return
        row_id, near, column = self._current
        place = self.rows_model.place_of(row_id, near)
        if place >= 0:
            self.setCurrentIndex(self.rows_model.index(place, column))
