"""Order, width, choice, sorting and filters of columns."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.layouts import TableLayout
from app.ui.kit.table_model import Order
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import COLUMNS, Contract, model

KEYS = tuple(column.key for column in COLUMNS)


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Contract]:
    made: TableView[Contract] = TableView(model())
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_everything_is_set_up_as_remembered(view: TableView[Contract]) -> None:
    columns = view.columns
    columns.header.moveSection(0, 2)
    columns.show_column(3, shown=False)
    view.setColumnWidth(1, 333)
    columns.arrange(Order("amount", descending=True), {"": "程"})
    kept = columns.layout_now()
    columns.reset_columns()
    columns.arrange(None, {})
    assert columns.layout_now().columns == KEYS
    columns.apply(kept)
    assert columns.layout_now() == kept
    assert view.columnWidth(1) == 333
    assert view.isColumnHidden(3)
    assert view.rows_model.order == Order("amount", descending=True)
    assert columns.visible() == [1, 2, 0, 4, 5]


def test_unknown_columns_are_left_out(view: TableView[Contract]) -> None:
    strange = TableLayout(
        ("gone", "due"), {"gone": 5}, frozenset({"gone"}), "gone", filters={"gone": "x"}
    )
    view.columns.apply(strange)
    assert view.columns.layout_now().columns[0] == "due"
    assert view.rows_model.order is None
    assert view.rows_model.filters == {}


def test_a_click_sorts_rising_falling_and_not(qtbot: QtBot, view: TableView[Contract]) -> None:
    header = view.columns.header
    middle = header.viewport().rect().center()
    middle.setX(header.sectionViewportPosition(2) + 20)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        seen.append(view.rows_model.order)
    assert seen == [Order("amount"), Order("amount", descending=True), None]


def test_the_last_column_stays(view: TableView[Contract]) -> None:
    for number in range(len(COLUMNS)):
        view.columns.show_column(number, shown=False)
    assert view.columns.visible() == [5]
    assert view.columns.first() == 5


def test_a_change_is_told(qtbot: QtBot, view: TableView[Contract]) -> None:
    with qtbot.waitSignal(view.columns.changed):
        view.setColumnWidth(1, 250)
    with qtbot.waitSignal(view.columns.changed):
        view.columns.header.moveSection(0, 1)
