"""A table model over rows held in memory: for lists of up to some thousands."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject

from app.ui.kit.columns import Column, sort_key
from app.ui.kit.desk import Reader
from app.ui.kit.table_model import Index, Order, TableModel, matches

T = TypeVar("T")


class RowsModel(TableModel[T]):
    """Shows `set_rows(rows)`, sorted and filtered here."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        row_id: Callable[[T], Hashable],
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, row_id, today, parent)
        self._all: tuple[T, ...] = ()
        self._shown: list[T] = []

    def set_rows(self, rows: Iterable[T]) -> None:
        """Shows other rows. The same ids in the same order keep selection and editing."""
        self._all = tuple(rows)
        self.is_loaded = True
        self._forget_pending()
        self._show(self._arranged())
        self.loaded.emit()

    @property
    def rows(self) -> tuple[T, ...]:
        """The rows seen, in the order seen."""
        return tuple(self._shown)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def row_at(self, place: int) -> T | None:
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: Hashable, near: int = 0) -> int:  # noqa: ARG002 - rows are few
        found = (place for place, row in enumerate(self._shown) if self._row_id(row) == row_id)
        return next(found, -1)

    def arrange(self, order: Order | None, filters: Mapping[str, str]) -> None:
        self.order = order
        self.filters = {key: wanted for key, wanted in filters.items() if wanted.strip()}
        self._show(self._arranged())

    def every_row(self) -> Callable[[Reader], Iterable[T]]:
        rows = self.rows
        return lambda _reader: rows

    def _arranged(self) -> list[T]:
        rows = [row for row in self._all if self._passes(row)]
        column = next((c for c in self.columns if self.order and c.key == self.order.key), None)
        if column is not None and self.order is not None:
            value = column.value
            rows.sort(key=lambda row: sort_key(value(row)), reverse=self.order.descending)
        return rows

    def _passes(self, row: T) -> bool:
        for key, wanted in self.filters.items():
            cells = (column.say(row) for column in self.columns if key in ("", column.key))
            if not matches(cells, wanted):
                return False
        return True

    def _show(self, rows: list[T]) -> None:
        same = [self._row_id(row) for row in rows] == [self._row_id(row) for row in self._shown]
        if same:
            self._shown = rows
            self._repaint()
            return
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()
