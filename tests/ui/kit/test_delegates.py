"""What cells look like and how they are edited."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.kit.colors import DARK, LIGHT
from app.ui.kit.columns import Column
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.table_view import TableView
from app.ui.kit.theme import theme
from tests.ui.kit.rows import Contract, contract, model
from tests.ui.typing import only

AMOUNT, STATUS, PROGRESS = 2, 3, 4


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Contract]:
    rows = model(0)
    rows.set_rows([contract(1, "钢筋", "-5"), contract(2, "一个很长很长的名字" * 9, "5")])
    made: TableView[Contract] = TableView(rows)
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show()
    return made


def colors_of_cell(view: TableView[Contract], row: int, column: int) -> set[str]:
    place = view.visualRect(view.rows_model.index(row, column))
    image: QImage = view.viewport().grab(place).toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_a_negative_amount_is_red(view: TableView[Contract]) -> None:
    assert LIGHT.overdue in colors_of_cell(view, 0, AMOUNT)
    assert LIGHT.overdue not in colors_of_cell(view, 1, AMOUNT)


def test_a_status_has_its_colour(view: TableView[Contract]) -> None:
    assert LIGHT.overdue in colors_of_cell(view, 0, STATUS)
    theme().set_mode("dark")
    assert DARK.overdue in colors_of_cell(view, 0, STATUS)


def test_progress_is_a_bar(view: TableView[Contract]) -> None:
    assert {LIGHT.bar, LIGHT.bar_rest} <= colors_of_cell(view, 0, PROGRESS)


def test_a_fault_is_marked(view: TableView[Contract]) -> None:
    view.rows_model.type_in([(1, AMOUNT, "abc")])
    assert {LIGHT.overdue_tint, LIGHT.overdue} <= colors_of_cell(view, 1, AMOUNT)


def test_the_current_cell_is_framed(qtbot: QtBot, view: TableView[Contract]) -> None:
    view.setFocus()
    view.setCurrentIndex(view.rows_model.index(1, AMOUNT))
    qtbot.waitUntil(lambda: LIGHT.focus in colors_of_cell(view, 1, AMOUNT))


def test_a_choice_is_edited_by_a_list(qtbot: QtBot) -> None:
    column: Column[Contract] = Column(
        "kind",
        "kit.undo",
        lambda row: row.id,
        editable=True,
        words=lambda row: {1: "采购", 2: "劳务"}[row.id],
        choices=lambda _row: ((1, "采购"), (2, "劳务")),
    )
    rows = RowsModel([column], lambda row: row.id)
    rows.set_rows([contract(1, "a")])
    view: TableView[Contract] = TableView(rows)
    qtbot.addWidget(view)
    view.show()
    view.setCurrentIndex(rows.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    box = only(view, QComboBox)
    assert box.currentText() == "采购"
    with qtbot.waitSignal(rows.edited) as told:
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0][0].value == 2


def test_an_editor_is_named_for_those_who_listen(qtbot: QtBot, view: TableView[Contract]) -> None:
    view.setCurrentIndex(view.rows_model.index(0, AMOUNT))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert only(view, QLineEdit).accessibleName() == "导出 Excel"
