"""Copy, paste, fill down and clear of a block of cells, as in a spreadsheet."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from app.ui.kit.clipboard_block import block_from, block_text
from app.ui.kit.table_model import DISPLAY, TableModel

MOST_COPIED: Final = 200_000


def copy_block(view: QTableView, columns: list[int]) -> None:
    """Puts the selected block on the clipboard as seen; `columns` from left to right."""
    order = {column: place for place, column in enumerate(columns)}
    chosen = [index for index in _chosen(view) if index.column() in order][:MOST_COPIED]
    places = sorted({index.row() for index in chosen})
    seen = sorted({index.column() for index in chosen}, key=order.__getitem__)
    words = {(index.row(), index.column()): str(index.data(DISPLAY)) for index in chosen}
    block = [[words.get((place, column), "") for column in seen] for place in places]
    QGuiApplication.clipboard().setText(block_text(block))


def paste_block(view: QTableView, model: TableModel[Any], columns: list[int]) -> None:
    """Types the clipboard's block from the current cell on; one value fills the whole selection."""
    block = block_from(QGuiApplication.clipboard().text())
    start = view.currentIndex()
    if not block or not start.isValid():
        return
    chosen = _chosen(view)
    if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
        model.type_in([(index.row(), index.column(), block[0][0]) for index in chosen])
        return
    first = columns.index(start.column())
    model.type_in(
        [
            (start.row() + down, column, typed)
            for down, line in enumerate(block)
            if start.row() + down < model.rowCount()
            for column, typed in zip(columns[first:], line, strict=False)
        ]
    )


def fill_down(view: QTableView, model: TableModel[Any]) -> None:
    """Types the topmost selected cell of each column into those below."""
    cells: list[tuple[int, int, str]] = []
    chosen = _chosen(view)
    for column in {index.column() for index in chosen}:
        places = sorted(index.row() for index in chosen if index.column() == column)
        row = model.row_at(places[0])
        if row is not None:
            typed = model.columns[column].say_for_edit(row)
            cells += [(place, column, typed) for place in places[1:]]
    model.type_in(sorted(cells))


def clear_block(view: QTableView, model: TableModel[Any]) -> bool:
    """Empties the selected cells that take typing; False when there are none."""
    editable = Qt.ItemFlag.ItemIsEditable
    cells = [(i.row(), i.column(), "") for i in _chosen(view) if model.flags(i) & editable]
    if cells:
        model.type_in(cells)
    return bool(cells)


def _chosen(view: QTableView) -> list[QModelIndex]:
    return view.selectionModel().selectedIndexes()
