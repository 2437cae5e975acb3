"""The task table beside the chart: tree, inline edit and spreadsheet manners."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QWidget

from app.texts import Language, text
from app.ui.kit.gantt import cell_block
from app.ui.kit.gantt.cell_block import CellEdit
from app.ui.kit.gantt.cell_editor import CellEditor
from app.ui.kit.gantt.colours import LIGHT, GanttColours, Inks
from app.ui.kit.gantt.columns import LONG_DATE_WIDTH, LOOKS, Column, cell_text, edit_text
from app.ui.kit.gantt.geometry import ROW, visible_range
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint_table import CHEVRON, PAD, TableLook, name_indent, paint_row
from app.ui.kit.gantt.rows import build_rows
from app.ui.kit.gantt.structure_keys import structure_action
from app.ui.kit.gantt.table_header import GanttTableHeader
from app.ui.kit.gantt.table_model import GanttTableModel

_EDGE = 3.0


class GanttTable(QTableView):
    """Signals: `edit_requested(id, Column, text)`, `paste_requested(tuple of CellEdit)`,
    `paste_refused(Reason)`, `selection_moved()`, `expansion_requested(row number, bool)`,
    `row_activated(id)`. Nothing is changed by the table itself.
    """

    edit_requested = Signal(object, object, str)
    paste_requested = Signal(object)
    paste_refused = Signal(object)
    selection_moved = Signal()
    expansion_requested = Signal(int, bool)
    row_activated = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks = Inks.of(LIGHT)
        self._rows = GanttTableModel(Outline.of(build_rows(())), language, self)
        self._header = GanttTableHeader(self)
        self._words: tuple[WordCache, WordCache] | None = None
        self._quiet = False
        self._read_only = False
        self._empty_words = text(language, "gantt.empty")
        self.setModel(self._rows)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(CellEditor(self))
        self._rows.edit_requested.connect(self.edit_requested)
        self.setAccessibleName(text(language, "gantt.accessible.table"))
        self._set_up_look()
        self._fit_columns()

    @property
    def header(self) -> GanttTableHeader:
        """The headings, with the choice of columns."""
        return self._header

    def set_outline(self, outline: Outline) -> None:
        """Show an outline. The caller restores the selection (`set_selection`)."""
        self._quiet = True
        self._rows.set_outline(outline)
        wide = LONG_DATE_WIDTH if self._rows.with_year else LOOKS[Column.START].width
        for column in (Column.START, Column.FINISH):
            if self.columnWidth(column) in (LONG_DATE_WIDTH, LOOKS[Column.START].width):
                self.setColumnWidth(column, wide)
        self._quiet = False

    def sizeHint(self) -> QSize:
        """As wide as its columns."""
        return QSize(self._header.length() + 2, super().sizeHint().height())

    def set_colours(self, colours: GanttColours) -> None:
        """Light or dark."""
        self._inks = Inks.of(colours)
        self._header.set_colours(colours)
        self.viewport().update()

    def set_language(self, language: Language) -> None:
        """Language of headings and spoken words."""
        self._rows.set_language(language)
        self._empty_words = text(language, "gantt.empty")
        self.viewport().update()
        self.setAccessibleName(text(language, "gantt.accessible.table"))

    def set_editable(self, editable: bool) -> None:
        """Whether cells take text, paste and fill."""
        self._read_only = not editable
        self._rows.set_read_only(not editable)

    def selected_rows(self) -> frozenset[int]:
        """Row numbers with at least one selected cell."""
        shown = self._rows.outline.shown
        return frozenset(
            int(row) for top, bottom in self._ranges() for row in shown[top : bottom + 1]
        )

    def current_row(self) -> int:
        """Row number of the current cell, -1 for none."""
        index = self.currentIndex()
        return int(self._rows.outline.shown[index.row()]) if index.isValid() else -1

    def set_selection(self, rows: frozenset[int], current: int) -> None:
        """Select whole rows by row number without telling anybody; the current column stays."""
        outline, last = self._rows.outline, len(Column) - 1
        picked = QItemSelection()
        places = sorted(int(outline.position[row]) for row in rows if outline.position[row] >= 0)
        for first, end in _runs(places):
            picked.select(self._rows.index(first, 0), self._rows.index(end, last))
        column = max(self.currentIndex().column(), 0) if self.currentIndex().isValid() else 2
        at = int(outline.position[current]) if current >= 0 else -1
        self._quiet = True
        model = self.selectionModel()
        model.select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        here = self._rows.index(at, column) if at >= 0 else QModelIndex()
        model.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._quiet = False
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Whole rows are tinted, so more than the changed cells is painted anew."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        if not self._quiet:
            self.selection_moved.emit()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The outlined cell moves."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._quiet:
            self.selection_moved.emit()

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
            QGuiApplication.clipboard().setText(cell_block.written(block))

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Visible rows in one go."""
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, area: QRect) -> None:
        inks, outline = self._inks, self._rows.outline
        painter.fillRect(area, inks["surface"])
        top = self.verticalScrollBar().value()
        first, last = visible_range(top + area.top(), area.height(), len(outline))
        columns = self._header.visible_columns()
        plain, heavy = self._caches()
        look = TableLook(outline, inks, plain, heavy, self._rows.with_year)
        selected, width = self.selected_rows(), self.viewport().width()
        tint, accent = inks["selection"], inks["accent"]
        lines = []
        for position in range(first, last):
            row, y = int(outline.shown[position]), position * ROW - top
            if row in selected:
                painter.fillRect(QRectF(0, y, width, ROW), tint)
                painter.fillRect(QRectF(0, y, _EDGE, ROW), accent)
            paint_row(painter, look, row, y, columns)
            lines.append(QLineF(0, y + ROW - 0.5, width, y + ROW - 0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(inks["row_line"], 1))
        painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_current(painter)
        if not len(outline) and not self._read_only:
            painter.setPen(inks["text_second"])
            box = QRectF(self.viewport().rect()).adjusted(24, 24, -24, -24)
            centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(box, centred | Qt.TextFlag.TextWordWrap, self._empty_words)

    def _caches(self) -> tuple[WordCache, WordCache]:
        if self._words is None or self._words[0].font != self.font():
            bold = QFont(self.font())
            bold.setBold(True)
            self._words = (WordCache(self.font()), WordCache(bold))
        return self._words

    def _paint_current(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if index.isValid():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._inks["focus"], 1.8 if self.hasFocus() else 1.2))
            box = QRectF(self.visualRect(index)).adjusted(1.5, 1.5, -2, -2)
            painter.drawRoundedRect(box, 3, 3)

    def _selected_block(self) -> list[list[str]]:
        """Words of the selected cells: of the columns touched anywhere, row by row."""
        ranges = self.selectionModel().selection()
        touched = {at for part in ranges for at in range(part.left(), part.right() + 1)}
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

    def _ranges(self) -> list[tuple[int, int]]:
        return [(part.top(), part.bottom()) for part in self.selectionModel().selection()]

    def _arrow_at(self, x: int, y: int) -> int:
        """Row whose expand arrow is at a point, -1 for none."""
        outline, position = self._rows.outline, self.rowAt(y)
        if position < 0 or self.columnAt(x) != Column.NAME:
            return -1
        row = int(outline.shown[position])
        left = self.columnViewportPosition(Column.NAME) + name_indent(int(outline.rows.level[row]))
        return row if outline.parents[row] and left - 2 <= x <= left + CHEVRON else -1

    def _step_down(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.row() + 1 < self._rows.rowCount():
            self.setCurrentIndex(index.siblingAtRow(index.row() + 1))

    def _fit_columns(self) -> None:
        """First widths: the usual ones, wider where a heading needs it."""
        metrics = self._header.fontMetrics()
        for column, look in LOOKS.items():
            words = str(self._rows.headerData(column, Qt.Orientation.Horizontal))
            need = metrics.horizontalAdvance(words) + (2 * PAD if column else 8)
            self.setColumnWidth(column, max(look.width, round(need)))

    def _set_up_look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(int(ROW))
        rows.setMinimumSectionSize(int(ROW))
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.hide()


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers joined: [1, 2, 3, 7] becomes [(1, 3), (7, 7)]."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] + 1 == place:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
