"""Task table and chart side by side on the same rows, kept in step."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.texts import Language, text
from app.ui.kit.gantt.accessible import install_accessibility
from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.colours import GanttColours
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import GanttRows, RowId, build_rows
from app.ui.kit.gantt.shading import ChartCalendar
from app.ui.kit.gantt.structure_keys import EDITING, StructureAction, structure_action
from app.ui.kit.gantt.table import GanttTable


class GanttView(QSplitter):
    """A plan to look at and to ask changes of; whoever listens changes it and sets new rows.

    Besides the signals of `chart` and `table`: `action_requested(StructureAction, tuple of ids)`
    for the keys of Microsoft Project, `selection_changed(tuple of ids)`, `activated(id)` and
    `expansion_changed(id, bool)`.
    """

    action_requested = Signal(object, object)
    selection_changed = Signal(object)
    activated = Signal(object)
    expansion_changed = Signal(object, bool)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._outline = Outline.of(build_rows(()))
        self._editable = True
        install_accessibility()
        self.table = GanttTable(language)
        self.chart = GanttChart(language)
        self.addWidget(self.table)
        self.addWidget(self.chart)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setAccessibleName(text(language, "gantt.accessible.view"))
        self.setTabOrder(self.table, self.chart)
        self._connect()

    @property
    def outline(self) -> Outline:
        """Rows with their expansion state."""
        return self._outline

    def set_rows(self, rows: GanttRows) -> None:
        """Show new rows; rows known by id keep their expansion, selection and place. For a
        current row that is gone the nearest one left is chosen, so that keys go on from there.
        """
        before, current = self._outline, self.chart.chosen()[1]
        self._put_rows(rows)
        if current >= 0 and rows.index_of(before.rows.ids[current]) is None:
            self._choose_heir(before, current)

    def _put_rows(self, rows: GanttRows) -> None:
        before = self._outline
        closed = (before.parents & ~before.expanded).nonzero()[0]
        opened = (before.parents & before.expanded & ~before.rows.expanded).nonzero()[0]
        if not len(closed) and not len(opened):
            self._show(Outline.of(rows))
            return
        place = {row_id: row for row, row_id in enumerate(rows.ids)}
        expanded = rows.expanded.copy()
        for numbers, state in ((closed, False), (opened, True)):
            for row in numbers.tolist():
                found = place.get(before.rows.ids[row])
                if found is not None:
                    expanded[found] = state
        self._show(Outline.of(rows, expanded))

    def _choose_heir(self, before: Outline, current: int) -> None:
        shown, at = before.shown.tolist(), int(before.position[current])
        for row in [*shown[at + 1 :], *reversed(shown[:at])]:
            found = self._outline.rows.index_of(before.rows.ids[row])
            if found is not None:
                self._apply_selection(frozenset((found,)), found)
                return

    def set_calendar(self, calendar: ChartCalendar) -> None:
        """Days off, holidays and make-up days."""
        self.chart.set_calendar(calendar)

    def set_marks(self, marks: ChartMarks) -> None:
        """Data date (progress line) and today."""
        self.chart.set_marks(marks)

    def set_colours(self, colours: GanttColours) -> None:
        """Light or dark."""
        self.table.set_colours(colours)
        self.chart.set_colours(colours)

    def set_language(self, language: Language) -> None:
        """Switch the words."""
        self.setAccessibleName(text(language, "gantt.accessible.view"))
        self.table.set_language(language)
        self.chart.set_language(language)

    def set_editable(self, editable: bool) -> None:
        """Whether drags, edits and keys ask for changes."""
        self._editable = editable
        self.table.set_editable(editable)
        self.chart.set_editable(editable)

    def selected_ids(self) -> tuple[RowId, ...]:
        """Ids of the selected rows in tree order."""
        return self.chart.selected_ids()

    def select(self, ids: tuple[RowId, ...]) -> None:
        """Select rows; the first is current and in view, its branch open. Unknown ids drop."""
        found = [row for row_id in ids if (row := self._outline.rows.index_of(row_id)) is not None]
        if not found:
            self._apply_selection(frozenset(), -1)
            return
        outline = self._outline.revealing(found[0])
        if outline is not self._outline:
            self._show(outline)
        self._apply_selection(frozenset(found), found[0])
        self.chart.reveal(int(outline.position[found[0]]))
        self.chart.show_day(float(outline.rows.start[found[0]]))

    def set_expanded(self, row_id: RowId, expanded: bool) -> None:
        """Open or close one branch."""
        row = self._outline.rows.index_of(row_id)
        if row is not None:
            self._expand(row, expanded)

    def expand_all(self, expanded: bool = True) -> None:
        """Open or close every branch."""
        self._show(self._outline.with_all(expanded))

    def column_state(self) -> QByteArray:
        """Order, widths and choice of columns, to be remembered for the user."""
        return self.table.header.saveState()

    def restore_column_state(self, state: QByteArray) -> bool:
        """Bring back `column_state()`; False when it does not fit."""
        return self.table.header.restoreState(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the plan's shape, whichever side has the focus."""
        action = structure_action(event)
        if action is None:
            super().keyPressEvent(event)
        elif action is StructureAction.EXPAND_ALL:
            self.expand_all()
        elif action in EDITING:
            if self._editable:
                self.action_requested.emit(action, self.selected_ids())
        else:
            for row_id in self.selected_ids():
                self.set_expanded(row_id, action is StructureAction.EXPAND)

    def _connect(self) -> None:
        chart, table = self.chart, self.table
        down, beside = chart.verticalScrollBar(), table.verticalScrollBar()
        down.valueChanged.connect(beside.setValue)
        beside.valueChanged.connect(down.setValue)
        chart.selection_changed.connect(self._chart_selected)
        table.selection_moved.connect(self._table_selected)
        table.expansion_requested.connect(self._expand)
        chart.activated.connect(self.activated)
        table.row_activated.connect(self.activated)

    def _show(self, outline: Outline) -> None:
        top = self.chart.verticalScrollBar().value()
        self._outline = outline
        self.chart.set_outline(outline)
        self.table.set_outline(outline)
        rows, current = self.chart.chosen()
        self.table.set_selection(rows, current)
        self.chart.verticalScrollBar().setValue(top)
        self.table.verticalScrollBar().setValue(self.chart.verticalScrollBar().value())

    def _expand(self, row: int, expanded: bool) -> None:
        if self._outline.parents[row] and bool(self._outline.expanded[row]) != expanded:
            self._show(self._outline.with_expanded(row, expanded))
            self.expansion_changed.emit(self._outline.rows.ids[row], expanded)

    def _apply_selection(self, rows: frozenset[int], current: int) -> None:
        self.chart.set_selection(rows, current)
        self.table.set_selection(rows, current)
        self.selection_changed.emit(self.selected_ids())

    def _chart_selected(self) -> None:
        rows, current = self.chart.chosen()
        self.table.set_selection(rows, current)
        self.selection_changed.emit(self.selected_ids())

    def _table_selected(self) -> None:
        rows, current = self.table.selected_rows(), self.table.current_row()
        if (rows, current) != self.chart.chosen():
            self.chart.set_selection(rows, current)
            self.selection_changed.emit(self.selected_ids())
