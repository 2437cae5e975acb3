"""Blocks of cells on moved columns (the keys are tried in test_table_view)."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.table_block import clear_block, copy_block, fill_down, paste_block
from app.ui.kit.table_view import TableView
from tests.ui.kit.rows import Contract, model


def test_blocks_follow_the_order_on_screen(qtbot: QtBot) -> None:
    view: TableView[Contract] = TableView(model(2))
    qtbot.addWidget(view)
    view.columns.header.moveSection(2, 0)
    rows = view.rows_model
    view.selectAll()
    copy_block(view, view.columns.visible()[:3])
    assert QGuiApplication.clipboard().text() == "100.00\t1\t钢筋采购\r\n200.00\t2\t商品混凝土\r\n"
    view.clearSelection()
    view.setCurrentIndex(rows.index(0, 2))
    QGuiApplication.clipboard().setText("5\t-\t甲")
    with qtbot.waitSignal(rows.edited) as told:
        paste_block(view, rows, view.columns.visible())
    assert told.args is not None
    assert [(edit.key, edit.typed) for edit in told.args[0]] == [("amount", "5"), ("name", "甲")]


def test_nothing_to_do_is_no_trouble(qtbot: QtBot) -> None:
    view: TableView[Contract] = TableView(model(0))
    qtbot.addWidget(view)
    QGuiApplication.clipboard().setText("5")
    paste_block(view, view.rows_model, view.columns.visible())
    fill_down(view, view.rows_model)
    copy_block(view, view.columns.visible())
    assert not clear_block(view, view.rows_model)
