"""A table by keyboard, as in a spreadsheet."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.kit.rows_model import RowsModel
from app.ui.kit.table_model import FAULT, Edit
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import Contract, model
from tests.ui.typing import only

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME, AMOUNT, DUE = 1, 2, 5


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TableView[Contract]]:
    made: TableView[Contract] = TableView(model())
    qtbot.addWidget(made)
    made.resize(900, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    yield made
    QGuiApplication.clipboard().clear()


@pytest.fixture
def edits(view: TableView[Contract]) -> list[Edit[Contract]]:
    found: list[Edit[Contract]] = []
    view.rows_model.edited.connect(found.extend)
    return found


def go(view: TableView[Contract], row: int, column: int) -> None:
    view.setCurrentIndex(view.rows_model.index(row, column))


def select(view: TableView[Contract], top: int, left: int, bottom: int, right: int) -> None:
    rows = view.rows_model
    go(view, top, left)
    block = QItemSelection(rows.index(top, left), rows.index(bottom, right))
    view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def place(view: TableView[Contract]) -> tuple[int, int]:
    return view.currentIndex().row(), view.currentIndex().column()


def told(edits: list[Edit[Contract]]) -> list[tuple[object, str, str]]:
    return [(edit.row_id, edit.key, edit.typed) for edit in edits]


def test_arrows_and_enter_move(qtbot: QtBot, view: TableView[Contract]) -> None:
    go(view, 0, NAME)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert place(view) == (1, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert place(view) == (2, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_Return, SHIFT)
    assert place(view) == (1, AMOUNT)


def test_f2_edits_and_enter_goes_down(
    qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]
) -> None:
    go(view, 0, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = only(view, QLineEdit)
    assert editor.text() == "100"
    qtbot.keyClicks(editor, "250")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place(view) == (1, AMOUNT))
    assert told(edits) == [(1, "amount", "250")]


def test_typing_starts_an_edit_and_escape_leaves_it(
    qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]
) -> None:
    go(view, 0, NAME)
    qtbot.keyClicks(view, "x")
    editor = only(view, QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert edits == []
    assert place(view) == (0, NAME)


def test_enter_and_double_click_open_what_takes_no_typing(
    qtbot: QtBot, view: TableView[Contract]
) -> None:
    go(view, 1, 0)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].id == 2
    middle = view.visualRect(view.rows_model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args is not None
    assert opened.args[0].id == 3


def test_copy_as_excel_takes_it(qtbot: QtBot, view: TableView[Contract]) -> None:
    select(view, 0, NAME, 1, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "钢筋采购\t100.00\r\n商品混凝土\t200.00\r\n"


def test_a_block_is_pasted_from_the_current_cell(
    qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]
) -> None:
    QGuiApplication.clipboard().setText("甲\t1,000\r\n乙\tabc\r\n丙\t3\r\n丁\t4\r\n")
    go(view, 2, NAME)
    qtbot.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert told(edits) == [
        (3, "name", "甲"),
        (3, "amount", "1,000"),
        (4, "name", "乙"),
        (5, "name", "丙"),
        (5, "amount", "3"),
    ]
    assert view.rows_model.index(3, AMOUNT).data(FAULT)


def test_one_value_fills_the_selection(
    qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]
) -> None:
    QGuiApplication.clipboard().setText("9\n")
    select(view, 0, AMOUNT, 2, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert told(edits) == [(1, "amount", "9"), (2, "amount", "9"), (3, "amount", "9")]


def test_fill_down(qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]) -> None:
    select(view, 0, NAME, 2, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_D, CONTROL)
    assert told(edits) == [
        (2, "name", "钢筋采购"),
        (2, "amount", "100"),
        (3, "name", "钢筋采购"),
        (3, "amount", "100"),
    ]


def test_delete_empties_cells_or_asks(
    qtbot: QtBot, view: TableView[Contract], edits: list[Edit[Contract]]
) -> None:
    go(view, 0, AMOUNT)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert told(edits) == [(1, "amount", "")]
    go(view, 0, 0)
    with qtbot.waitSignal(view.delete_asked):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_the_first_focus_gives_a_current_cell(qtbot: QtBot) -> None:
    view: TableView[Contract] = TableView(model())
    qtbot.addWidget(view)
    view.show()
    view.setFocus()
    qtbot.waitUntil(lambda: place(view) == (0, 0))


def test_the_current_row_is_kept_over_a_reset(view: TableView[Contract]) -> None:
    rows = view.rows_model
    assert isinstance(rows, RowsModel)
    go(view, 2, AMOUNT)
    rows.set_rows([row for row in rows.rows if row.id != 1])
    assert place(view) == (1, AMOUNT)
    assert [row.id for row in view.selected_rows()] == [3]
    assert view.select_id(5)
    assert not view.select_id(1)
    current = view.current_row()
    assert current is not None
    assert current.id == 5
