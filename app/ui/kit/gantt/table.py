"""The task table beside the chart: tree, inline edit and spreadsheet manners."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from app.texts import Language
from app.ui.kit.clipboard_block import block_text
from app.ui.kit.gantt import cell_block
from app.ui.kit.gantt.cell_block import CellEdit
from app.ui.kit.gantt.cell_editor import CellEditor
from app.ui.kit.gantt.columns import Column, cell_text, edit_text
from app.ui.kit.gantt.grid import TaskGrid
from app.ui.kit.gantt.paint_table import CHEVRON, name_indent
from app.ui.kit.gantt.structure_keys import structure_action


class GanttTable(TaskGrid):
    """Signals: `edit_requested(id, Column, text)`, `paste_requested(tuple of CellEdit)`,
    `paste_refused(Reason)`, `selection_moved()`, `expansion_requested(row number, bool)`,
    `row_activated(id)`. Nothing is changed by the table itself.
    """

    edit_requested = Signal(object, object, str)
    paste_requested = Signal(object)
    paste_refused = Signal(object)
    expansion_requested = Signal(int, bool)
    row_activated = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(language, parent)
        self.setItemDelegate(CellEditor(self))
        self._rows.edit_requested.connect(self.edit_requested)

    def set_editable(self, editable: bool) -> None:
        """Whether cells take text, paste and fill."""
        self._read_only = not editable
        self._rows.set_read_only(not editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, fill down, Enter; keys for the plan's shape go to the parent."""
        if structure_action(event) is not None:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif (
            event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.fill_down()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A line edit lets Enter through to its view; `closeEditor` then goes down.
            if self.state() != QAbstractItemView.State.EditingState:
                self._step_down()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an arrow opens or closes the branch."""
        row = self._arrow_at(event.position().toPoint().x(), event.position().toPoint().y())
        if row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.expansion_requested.emit(row, not bool(self._rows.outline.expanded[row]))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self._arrow_at(place.x(), place.y()) < 0:
            outline = self._rows.outline
            self.row_activated.emit(outline.rows.ids[int(outline.shown[index.row()])])

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the row below, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step_down()

    def copy(self) -> None:
        """The selected block to the clipboard, for a spreadsheet."""
        block = self._selected_block()
        if block:
            QGuiApplication.clipboard().setText(block_text(block))

    def paste(self) -> None:
        """Ask for the clipboard's block at the current cell."""
        index = self.currentIndex()
        if self._read_only or not (index.isValid() or not len(self._rows.outline)):
            return
        block = cell_block.read(QGuiApplication.clipboard().text())
        if not isinstance(block, tuple):
            self.paste_refused.emit(block)
            return
        outline = self._rows.outline
        targets = [outline.rows.ids[row] for row in outline.shown[max(index.row(), 0) :].tolist()]
        edits = cell_block.edits(block, self._columns_from(index), targets)
        if edits:
            self.paste_requested.emit(edits)

    def fill_down(self) -> None:
        """Ask for the topmost selected cell's text in the selected cells below it."""
        outline, column = self._rows.outline, Column(max(self.currentIndex().column(), 0))
        rows = [int(outline.position[row]) for row in self.selected_rows()]
        if self._read_only or len(rows) < 2 or column in (Column.STATUS, Column.FLOAT):
            return
        first, *below = [int(outline.shown[at]) for at in sorted(rows)]
        words = edit_text(outline.rows, first, column)
        ids = outline.rows.ids
        self.paste_requested.emit(tuple(CellEdit(ids[row], column, words) for row in below))

    def _selected_block(self) -> list[list[str]]:
        """Words of the selected cells: of the columns touched anywhere, row by row."""
        touched = {at for part in self._parts() for at in range(part.left(), part.right() + 1)}
        columns = [column for column, *_ in self._header.visible_columns() if column in touched]
        outline, rows = self._rows.outline, sorted(self.selected_rows())
        return [
            [cell_text(outline.rows, row, column, with_year=True) for column in columns]
            for row in rows
        ]

    def _columns_from(self, index: QModelIndex) -> list[Column]:
        columns = [column for column, *_ in self._header.visible_columns()]
        current = Column(index.column()) if index.isValid() else Column.NAME
        return columns[columns.index(current) :] if current in columns else columns

    def _arrow_at(self, x: int, y: int) -> int:
        """Row whose expand arrow is at a point, -1 for none."""
        outline, position = self._rows.outline, self.rowAt(y)
        if position < 0 or self.columnAt(x) != Column.NAME:
            return -1
        row = int(outline.shown[position])
        indent = name_indent(
            int(outline.rows.level[row]), self._deepest, self.columnWidth(Column.NAME)
        )
        left = self.columnViewportPosition(Column.NAME) + indent
        return row if outline.parents[row] and left - 2 <= x <= left + CHEVRON else -1

    def _step_down(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.row() + 1 < self._rows.rowCount():
            self.setCurrentIndex(index.siblingAtRow(index.row() + 1))
