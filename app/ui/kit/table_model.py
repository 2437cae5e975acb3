"""What all table models share: columns, words, and typing not yet stored."""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.ui.kit.columns import Column
from app.ui.kit.desk import Reader
from app.ui.kit.status import Status
from app.ui.kit.text import texts, tr

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
EDIT: Final = int(Qt.ItemDataRole.EditRole)
TOOL_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
VALUE: Final = int(Qt.ItemDataRole.UserRole) + 1
KIND: Final = VALUE + 1
TONE: Final = VALUE + 2
BOLD: Final = VALUE + 3
FAULT: Final = VALUE + 4
PENDING: Final = VALUE + 5

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_HORIZONTAL: Final = Qt.Orientation.Horizontal
_READABLE: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITABLE: Final = _READABLE | Qt.ItemFlag.ItemIsEditable
NOT_LOADED: Final = "…"


@dataclass(frozen=True, slots=True)
class Order:
    """Sorting by one column."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Edit(Generic[T]):
    """A person typed a value into a cell; the page makes a command of it."""

    row: T
    row_id: Hashable
    key: str
    value: object
    typed: str


@dataclass(frozen=True, slots=True)
class _Typed:
    words: str
    fault: str = ""


class TableModel(QAbstractTableModel, Generic[T]):
    """Rows of T under columns. `edited(list[Edit])` carries a paste or fill as a whole."""

    edited = Signal(object)
    loaded = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        row_id: Callable[[T], Hashable],
        today: Callable[[], date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[T], ...] = tuple(columns)
        self.order: Order | None = None
        self.filters: Mapping[str, str] = {}
        self.is_loaded = False
        self._row_id = row_id
        self._today = today
        self._typed: dict[tuple[Hashable, str], _Typed] = {}
        texts().language_changed.connect(self._retranslate)

    @abstractmethod
    def row_at(self, place: int) -> T | None:
        """The row at a place, None while it is being read."""

    @abstractmethod
    def place_of(self, row_id: Hashable, near: int = 0) -> int:
        """Place of a row, -1 when it is not in the table; looked for round `near` first."""

    @abstractmethod
    def arrange(self, order: Order | None, filters: Mapping[str, str]) -> None:
        """Sorts and filters. The key "" filters over all columns."""

    @abstractmethod
    def every_row(self) -> Callable[[Reader], Iterable[T]]:
        """A function that gives all rows in order, to be run by the runner (for exports)."""

    def id_at(self, place: int) -> Hashable:
        """Id of the row at a place, None while it is being read."""
        row = self.row_at(place)
        return None if row is None else self._row_id(row)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != _HORIZONTAL:
            return section + 1 if role == DISPLAY else None
        if role == DISPLAY:
            return tr(self.columns[section].title_id)
        if role == ALIGNMENT:
            return _RIGHT if self.columns[section].is_right else _LEFT
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        column = self.columns[index.column()]
        if role == ALIGNMENT:
            return _RIGHT if column.is_right else _LEFT
        if role == KIND:
            return column.kind
        row = self.row_at(index.row())
        if row is None:
            return NOT_LOADED if role == DISPLAY else None
        typed = self._typed.get((self._row_id(row), column.key)) if self._typed else None
        if role == DISPLAY:
            return typed.words if typed else column.say(row)
        return self._rarer_data(column, row, role, typed)

    def _rarer_data(self, column: Column[T], row: T, role: int, typed: _Typed | None) -> Any:
        if role == VALUE:
            return None if typed else column.value(row)
        if role == EDIT:
            return typed.words if typed else column.say_for_edit(row)
        if role == TONE:
            return column.tone(row) if column.tone else ""
        if role == BOLD:
            return bool(column.bold and column.bold(row))
        if role in (FAULT, TOOL_TIP):
            return typed.fault if typed and typed.fault else None
        if role == PENDING:
            return typed is not None and not typed.fault
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.row_at(index.row())
        editable = row is not None and self.columns[index.column()].can_edit(row)
        return _WRITABLE if editable else _READABLE

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        if role != EDIT:
            return False
        return bool(self.type_in([(index.row(), index.column(), str(value))]))

    def type_in(self, cells: Sequence[tuple[int, int, str]]) -> int:
        """Takes (row, column, typed) of several cells as one edit; returns how many it took.

        What is not understood stays in its cell, marked with why; read-only cells stay.
        """
        edits: list[Edit[T]] = []
        for place, number, typed in cells:
            edit = self._read_cell(place, number, typed)
            if edit is not None:
                edits.append(edit)
                self._typed[edit.row_id, edit.key] = _Typed(typed.strip())
        self._repaint()
        if edits:
            self.edited.emit(edits)
        return len(edits)

    def _read_cell(self, place: int, number: int, typed: str) -> Edit[T] | None:
        row = self.row_at(place)
        column = self.columns[number]
        if row is None or not column.can_edit(row):
            return None
        row_id = self._row_id(row)
        if typed.strip() == column.say_for_edit(row):
            self._typed.pop((row_id, column.key), None)
            return None
        try:
            value = column.read(row, typed, self._today())
        except ValueError as error:
            self._typed[row_id, column.key] = _Typed(typed, str(error))
            return None
        return Edit(row, row_id, column.key, value, typed)

    def refuse(self, edits: Iterable[Edit[T]], why: str) -> None:
        """Keeps what was typed in its cells and marks them with why it was refused."""
        for edit in edits:
            self._typed[edit.row_id, edit.key] = _Typed(edit.typed, why)
        self._repaint()

    def settle(self, edits: Iterable[Edit[T]]) -> None:
        """Forgets typing that is stored; the rows say it themselves once they are read again."""
        for edit in edits:
            self._typed.pop((edit.row_id, edit.key), None)
        self._repaint()

    def faults(self) -> int:
        """How many cells hold typing that was not taken."""
        return sum(bool(typed.fault) for typed in self._typed.values())

    def _forget_pending(self) -> None:
        self._typed = {cell: typed for cell, typed in self._typed.items() if typed.fault}

    def _repaint(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _retranslate(self) -> None:
        self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)
        self._repaint()


def matches(words: Iterable[str], wanted: str) -> bool:
    """Whether every word looked for is in one of the cells, without regard to case."""
    cells = [cell.casefold() for cell in words]
    return all(any(part in cell for cell in cells) for part in wanted.casefold().split())


def is_status(value: object) -> bool:
    """Whether a cell's value is painted as a status mark."""
    return isinstance(value, Status)
