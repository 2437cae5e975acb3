"""The task table's surface: painted rows, selection by cells and rows; no editing."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from app.texts import Language, text
from app.ui.kit.gantt.colours import LIGHT, GanttColours, Inks
from app.ui.kit.gantt.columns import (
    LONG_DATE_WIDTH,
    LOOKS,
    Column,
    code_width,
    first_widths,
    name_width,
)
from app.ui.kit.gantt.geometry import ROW, visible_range
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint_table import TableLook, paint_row
from app.ui.kit.gantt.rows import build_rows
from app.ui.kit.gantt.table_header import GanttTableHeader
from app.ui.kit.gantt.table_model import GanttTableModel

_EDGE = 3.0


class TaskGrid(QTableView):
    """Paints an outline's rows. `selection_moved` after any change of selection or current cell."""

    selection_moved = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks = Inks.of(LIGHT)
        self._rows = GanttTableModel(Outline.of(build_rows(())), language, self)
        self._header = GanttTableHeader(self)
        self._words: tuple[WordCache, WordCache] | None = None
        self._code_width = 0
        self._name_width = 0
        self._deepest = 0
        self._empty_words = text(language, "gantt.empty")
        self._quiet = False
        self._read_only = False
        self.setModel(self._rows)
        self.setHorizontalHeader(self._header)
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
        self._deepest = int(outline.rows.level.max(initial=0))
        self._fit_codes(outline)
        self._fit_names()
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
        self._widen_to_headings()

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
        look = TableLook(outline, inks, plain, heavy, self._rows.with_year, self._deepest)
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

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _ranges(self) -> list[tuple[int, int]]:
        return [(part.top(), part.bottom()) for part in self._parts()]

    def _fit_columns(self) -> None:
        measure = self._header.fontMetrics().horizontalAdvance
        widths = first_widths(self._rows.language, measure, with_year=False)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._code_width = widths[Column.CODE]
        self._name_width = widths[Column.NAME]

    def _widen_to_headings(self) -> None:
        measure = self._header.fontMetrics().horizontalAdvance
        needed = first_widths(self._rows.language, measure, with_year=False)
        for column, width in needed.items():
            if column not in (Column.NAME, Column.CODE) and self.columnWidth(column) < width:
                self.setColumnWidth(column, width)
        self._fit_names()

    def _fit_codes(self, outline: Outline) -> None:
        """Long codes get room, unless the person chose a width."""
        if self.columnWidth(Column.CODE) != self._code_width:
            return
        self._code_width = code_width(outline.rows.codes, self.fontMetrics().horizontalAdvance)
        self.setColumnWidth(Column.CODE, self._code_width)

    def _fit_names(self) -> None:
        """Names in a deep tree get room, unless the person chose a width."""
        if self.columnWidth(Column.NAME) == self._name_width:
            self._name_width = name_width(self._rows.language, self._deepest)
            self.setColumnWidth(Column.NAME, self._name_width)

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
