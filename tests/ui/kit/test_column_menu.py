"""The menu of a column."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.kit.column_menu import open_column_menu
from app.ui.kit.fields import TextField
from app.ui.kit.table_model import Order
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import Contract, model
from tests.ui.typing import only, type_words

AMOUNT = 2


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Contract]:
    made: TableView[Contract] = TableView(model())
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def action(menu: QMenu, words: str) -> QAction:
    return next(found for found in menu.actions() if found.text() == words)


def test_sorting(view: TableView[Contract]) -> None:
    menu = open_column_menu(view, AMOUNT, QPoint(0, 0))
    action(menu, "降序").trigger()
    assert view.rows_model.order == Order("amount", descending=True)
    menu.close()


def test_a_column_is_filtered_and_freed(qtbot: QtBot, view: TableView[Contract]) -> None:
    menu = open_column_menu(view, 1, QPoint(0, 0))
    field = only(menu, TextField)
    type_words(field, "塔吊")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.rows_model.filters == {"name": "塔吊"}
    assert view.rows_model.rowCount() == 1
    menu = open_column_menu(view, 1, QPoint(0, 0))
    action(menu, "取消此列筛选").trigger()
    assert view.rows_model.rowCount() == 5
    menu.close()


def test_columns_are_hidden_and_chosen(view: TableView[Contract]) -> None:
    menu = open_column_menu(view, AMOUNT, QPoint(0, 0))
    action(menu, "隐藏此列").trigger()
    assert view.isColumnHidden(AMOUNT)
    menu.close()
    menu = open_column_menu(view, -1, QPoint(0, 0))
    choice = only(menu, QMenu)
    assert isinstance(choice, QMenu)
    action(choice, "导出 Excel").trigger()
    assert not view.isColumnHidden(AMOUNT)
    action(menu, "恢复默认列").trigger()
    menu.close()


def test_alt_down_asks_for_the_menu(qtbot: QtBot, view: TableView[Contract]) -> None:
    view.setCurrentIndex(view.rows_model.index(0, AMOUNT))
    with qtbot.waitSignal(view.column_menu_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args is not None
    assert asked.args[0] == AMOUNT
