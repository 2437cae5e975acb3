"""The visible rows as a Qt table model: reads the columns, and turns edits into requests."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.texts import Language, text
from app.ui.kit.gantt.columns import LOOKS, Column, cell_text, edit_text, editable, long_dates
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import StatusMark
from app.ui.kit.gantt.wording import MARK_TEXTS, row_spoken

Index = QModelIndex | QPersistentModelIndex

# Enum look-ups cost microseconds each in `data`, which Qt calls for every cell.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_DESCRIBED = Qt.ItemDataRole.AccessibleDescriptionRole
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _ENABLED | Qt.ItemFlag.ItemIsEditable
_NO_INDEX = QModelIndex()


class GanttTableModel(QAbstractTableModel):
    """Rows are visible positions. `edit_requested(id, Column, text)`; the model itself stays."""

    edit_requested = Signal(object, object, str)

    def __init__(self, outline: Outline, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outline = outline
        self._language: Language = language
        self._read_only = False
        self.with_year = long_dates(outline.rows)

    @property
    def outline(self) -> Outline:
        """What is shown."""
        return self._outline

    @property
    def language(self) -> Language:
        """Language of headings."""
        return self._language

    def set_outline(self, outline: Outline) -> None:
        """Show another outline; selections are the view's to restore."""
        self.beginResetModel()
        if outline.rows is not self._outline.rows:
            self.with_year = long_dates(outline.rows)
        self._outline = outline
        self.endResetModel()

    def set_language(self, language: Language) -> None:
        """Language of headings and spoken words."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def set_read_only(self, read_only: bool) -> None:
        """Whether cells take text."""
        self._read_only = read_only

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Visible rows."""
        return 0 if parent.isValid() else len(self._outline)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """All columns, hidden ones too."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Words of a cell for display, editing, tips and screen readers."""
        if role not in (_DISPLAY, _EDIT, _TIP, _SPOKEN, _DESCRIBED) or not index.isValid():
            return None
        rows, row = self._outline.rows, int(self._outline.shown[index.row()])
        column = Column(index.column())
        if role == _EDIT:
            return edit_text(rows, row, column)
        if column is Column.STATUS:
            mark = MARK_TEXTS.get(StatusMark(int(rows.mark[row])))
            return text(self._language, mark) if mark and role != _DISPLAY else None
        if role == _DESCRIBED:
            return row_spoken(self._language, rows, row)
        if role == _TIP:
            return rows.names[row] if column is Column.NAME else None
        return cell_text(rows, row, column, self.with_year)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Headings; rows have none."""
        if orientation is Qt.Orientation.Horizontal and role in (_DISPLAY, _SPOKEN):
            return text(self._language, LOOKS[Column(section)].text_id)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells take text."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = int(self._outline.shown[index.row()])
        takes = not self._read_only and editable(self._outline.rows, row, Column(index.column()))
        return _EDITABLE if takes else _ENABLED

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Ask for the edit; always False, for nothing here changes until new rows come."""
        if role == _EDIT and index.isValid():
            row, column = int(self._outline.shown[index.row()]), Column(index.column())
            if str(value) != edit_text(self._outline.rows, row, column):
                self.edit_requested.emit(self._outline.rows.ids[row], column, str(value))
        return False
