"""Order, width, choice, sorting and filters of a table's columns."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QTableView

from app.ui.kit.layouts import TableLayout
from app.ui.kit.table_header import TableHeader
from app.ui.kit.table_model import Order, TableModel


class TableColumns(QObject):
    """Arranges the columns of a view; `changed` whenever there is something to remember."""

    changed = Signal()

    def __init__(self, view: QTableView, model: TableModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._arranging = False
        self.header = TableHeader(self._is_filtered, view)
        view.setHorizontalHeader(self.header)
        self.header.sectionClicked.connect(self.sort_by)
        self.header.sectionMoved.connect(self._tell)
        self.header.sectionResized.connect(self._tell)
        self.header.setSortIndicatorShown(True)
        self.header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def layout_now(self) -> TableLayout:
        """Order, widths, hidden columns, sorting and filters as they are."""
        columns = self._model.columns
        order = self._model.order
        seen = sorted(range(len(columns)), key=self.header.visualIndex)
        return TableLayout(
            tuple(columns[number].key for number in seen),
            {
                columns[n].key: self._view.columnWidth(n)
                for n in seen
                if not self._view.isColumnHidden(n)
            },
            frozenset(columns[n].key for n in seen if self._view.isColumnHidden(n)),
            order.key if order else "",
            bool(order and order.descending),
            dict(self._model.filters),
        )

    def apply(self, layout: TableLayout) -> None:
        """Sets everything up as remembered; columns unknown to the layout keep their defaults."""
        keys = [column.key for column in self._model.columns]
        self._arranging = True
        known = [key for key in layout.columns if key in keys]
        for place, key in enumerate(known):
            self.header.moveSection(self.header.visualIndex(keys.index(key)), place)
            self._view.setColumnHidden(keys.index(key), key in layout.hidden)
            if key in layout.widths and key not in layout.hidden:
                self._view.setColumnWidth(keys.index(key), layout.widths[key])
        self._arranging = False
        filters = {key: wanted for key, wanted in layout.filters.items() if key in (*keys, "")}
        order = Order(layout.sorted_by, layout.descending) if layout.sorted_by in keys else None
        self.arrange(order, filters)

    def arrange(self, order: Order | None, filters: Mapping[str, str]) -> None:
        """Sorts and filters, and shows so in the head."""
        keys = [column.key for column in self._model.columns]
        down = (
            Qt.SortOrder.DescendingOrder
            if order and order.descending
            else Qt.SortOrder.AscendingOrder
        )
        self.header.setSortIndicator(keys.index(order.key) if order else -1, down)
        self._model.arrange(order, filters)
        self.header.viewport().update()
        self._tell()

    def show_column(self, number: int, shown: bool) -> None:
        """Shows or hides a column; the last one stays."""
        if shown or len(self.visible()) > 1:
            self._view.setColumnHidden(number, not shown)
            self._tell()

    def reset_columns(self) -> None:
        """Default order, widths and choice of columns."""
        self._arranging = True
        for number in range(len(self._model.columns)):
            self.header.moveSection(self.header.visualIndex(number), number)
        self.lay_out()
        self._arranging = False
        self._tell()

    def lay_out(self) -> None:
        """Widths and choice as the columns themselves say."""
        for number, column in enumerate(self._model.columns):
            self._view.setColumnHidden(number, not column.shown)
            if column.shown:
                self._view.setColumnWidth(number, column.width)
            if column.stretch:
                self.header.setSectionResizeMode(number, TableHeader.ResizeMode.Stretch)

    def visible(self) -> list[int]:
        """Numbers of the columns seen, from left to right."""
        seen = sorted(range(len(self._model.columns)), key=self.header.visualIndex)
        return [number for number in seen if not self._view.isColumnHidden(number)]

    def first(self) -> int:
        """Number of the leftmost column."""
        return next(iter(self.visible()), 0)

    def _is_filtered(self, section: int) -> bool:
        return self._model.columns[section].key in self._model.filters

    def sort_by(self, section: int) -> None:
        """Rising, then falling, then as it comes."""
        column = self._model.columns[section]
        if not column.sortable:
            return
        order = self._model.order
        if order is None or order.key != column.key:
            wanted: Order | None = Order(column.key)
        else:
            wanted = None if order.descending else Order(column.key, descending=True)
        self.arrange(wanted, dict(self._model.filters))

    def _tell(self) -> None:
        if not self._arranging:
            self.changed.emit()
