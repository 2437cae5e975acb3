"""The line edit that opens inside a cell of the task table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

MOST_CHARACTERS = 500


class CellEditor(QStyledItemDelegate):
    """Makes editors only: the table paints its cells itself."""

    def createEditor(
        self,
        parent: QWidget,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A frameless line edit over the cell."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAutoFillBackground(True)
        editor.setMaxLength(MOST_CHARACTERS)
        return editor
