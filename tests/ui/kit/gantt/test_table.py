"""Edit, copy, paste and fill in the task table, with real keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.ui.kit.gantt.cell_block import CellEdit
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.table import GanttTable
from tests.ui.kit.gantt.sample_plan import sample_rows

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qtbot: QtBot) -> GanttTable:
    table = GanttTable("zh_CN")
    qtbot.addWidget(table)
    table.resize(640, 700)
    table.set_outline(Outline.of(sample_rows()))
    table.show()
    return table


def go_to(table: GanttTable, position: int, column: Column) -> None:
    table.setCurrentIndex(table.model().index(position, column))


def editor_of(table: GanttTable) -> QLineEdit:
    found = table.viewport().findChildren(QLineEdit)
    assert len(found) == 1
    return found[0]


def test_f2_edits_in_place_and_asks(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[object] = []
    table.edit_requested.connect(lambda *what: asked.append(what))
    go_to(table, 13, Column.DURATION)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    assert editor.text() == "15"
    editor.selectAll()
    QTest.keyClicks(editor, "18")
    with qtbot.waitSignal(table.edit_requested):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert asked == [("1.3.1", Column.DURATION, "18")]
    assert table.currentIndex().row() == 14
    assert table.model().index(13, Column.DURATION).data() == "15"


def test_typing_edits_and_escape_keeps_the_old(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[object] = []
    table.edit_requested.connect(lambda *what: asked.append(what))
    go_to(table, 13, Column.NAME)
    QTest.keyClick(table, Qt.Key.Key_A)
    QTest.keyClick(editor_of(table), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.state() == GanttTable.State.NoState)
    assert asked == []


@pytest.mark.parametrize(
    ("position", "column"), [(13, Column.FLOAT), (12, Column.START), (16, Column.DURATION)]
)
def test_results_take_no_text(
    table: GanttTable, qtbot: QtBot, position: int, column: Column
) -> None:
    go_to(table, position, column)
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert not table.viewport().findChildren(QLineEdit)


def test_arrows_go_from_cell_to_cell(table: GanttTable, qtbot: QtBot) -> None:
    go_to(table, 2, Column.NAME)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, Column.START)


def test_copy_puts_the_block_on_the_clipboard(table: GanttTable, qtbot: QtBot) -> None:
    go_to(table, 2, Column.NAME)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "土方开挖至坑底\t8",
        "桩头处理及检测\t4",
    ]


def test_paste_asks_for_the_whole_block_at_once(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[tuple[CellEdit, ...]] = []
    table.paste_requested.connect(asked.append)
    QGuiApplication.clipboard().setText("资料移交\t4\r\n竣工清理\t2\r\n")
    go_to(table, 39, Column.NAME)
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert asked == [
        (
            CellEdit("1.7.4", Column.NAME, "资料移交"),
            CellEdit("1.7.4", Column.DURATION, "4"),
            CellEdit(None, Column.NAME, "竣工清理", 0),
            CellEdit(None, Column.DURATION, "2", 0),
        )
    ]


def test_a_monstrous_paste_is_refused_with_words(table: GanttTable, qtbot: QtBot) -> None:
    refused: list[Reason] = []
    table.paste_refused.connect(refused.append)
    QGuiApplication.clipboard().setText("a\n" * 6_000)
    go_to(table, 0, Column.NAME)
    QTest.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert [reason.text_id for reason in refused] == ["gantt.paste.too_large"]


def test_fill_down_takes_the_topmost_cell(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[tuple[CellEdit, ...]] = []
    table.paste_requested.connect(asked.append)
    go_to(table, 2, Column.DURATION)
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    expected = tuple(CellEdit(row_id, Column.DURATION, "8") for row_id in ("1.1.2", "1.1.3"))
    assert asked == [expected]


def test_a_read_only_table_takes_nothing(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[object] = []
    table.paste_requested.connect(asked.append)
    table.set_editable(False)
    QGuiApplication.clipboard().setText("x")
    go_to(table, 2, Column.NAME)
    for key, keys in (
        (Qt.Key.Key_V, CONTROL),
        (Qt.Key.Key_D, CONTROL),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(table, key, keys)
    assert asked == []
    assert not table.viewport().findChildren(QLineEdit)


def test_the_arrow_of_a_branch_asks_to_close_it(table: GanttTable, qtbot: QtBot) -> None:
    asked: list[object] = []
    opened: list[object] = []
    table.expansion_requested.connect(lambda *what: asked.append(what))
    table.row_activated.connect(opened.append)
    place = QPoint(table.columnViewportPosition(Column.NAME) + 4 + 14 + 7, 28 + 14)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [(1, False)]
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(80, 0))
    assert opened == ["1.1"]
    QApplication.clipboard().clear()
