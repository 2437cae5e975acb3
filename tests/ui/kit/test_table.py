"""A table with its tool row, empty state, memory and export."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.errors import EnvironmentFault
from app.ui.kit.empty import EmptyState
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.runner import Runner
from app.ui.kit.table import TablePanel
from app.ui.kit.text import texts
from tests.ui.kit.rows import Contract, model
from tests.ui.typing import type_words

pressed: list[bool] = []


def make(
    qtbot: QtBot, rows: RowsModel[Contract], runner: Runner, layouts: MemoryLayouts
) -> TablePanel[Contract]:
    empty = EmptyState(
        "contracts", "kit.filter", "kit.filter", "kit.undo", lambda: pressed.append(True)
    )
    made = TablePanel(rows, "contracts", "kit.export", runner, layouts, empty=empty)
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def rows(qtbot: QtBot) -> RowsModel[Contract]:
    return model()


@pytest.fixture
def panel(
    qtbot: QtBot, rows: RowsModel[Contract], runner: Runner, layouts: MemoryLayouts
) -> TablePanel[Contract]:
    return make(qtbot, rows, runner, layouts)


def states(panel: TablePanel[Contract]) -> list[bool]:
    return [state.isVisible() for state in panel.view.viewport().findChildren(EmptyState)]


def test_typing_filters_and_the_count_says_so(
    qtbot: QtBot, panel: TablePanel[Contract], rows: RowsModel[Contract]
) -> None:
    type_words(panel.search, "钢筋")
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    qtbot.keyClick(panel.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(panel.search, "zzz")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert rows.rowCount() == 0
    assert states(panel) == [False, True]
    panel.search.clear()
    qtbot.waitUntil(lambda: rows.rowCount() == 5)
    assert states(panel) == [False, False]


def test_an_empty_table_says_what_to_do_first(
    qtbot: QtBot, panel: TablePanel[Contract], rows: RowsModel[Contract]
) -> None:
    rows.set_rows([])
    assert states(panel) == [True, False]
    shown = panel.view.viewport().findChildren(EmptyState)[0]
    assert shown.action is not None
    pressed.clear()
    shown.action.setFocus()
    qtbot.keyClick(shown.action, Qt.Key.Key_Space)
    assert pressed == [True]


def test_a_table_not_yet_read_is_not_empty(
    qtbot: QtBot, runner: Runner, layouts: MemoryLayouts
) -> None:
    unread = RowsModel(model().columns, lambda row: row.id)
    panel = make(qtbot, unread, runner, layouts)
    assert states(panel) == [False, False]


def test_the_layout_is_remembered(
    qtbot: QtBot, panel: TablePanel[Contract], runner: Runner, layouts: MemoryLayouts
) -> None:
    panel.view.columns.show_column(3, shown=False)
    panel.view.setColumnWidth(1, 321)
    type_words(panel.search, "工程")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    panel.close()
    again = make(qtbot, model(), runner, layouts)
    assert again.view.isColumnHidden(3)
    assert again.view.columnWidth(1) == 321
    assert again.search.text() == "工程"
    assert again.model.rowCount() == 1


def test_an_export_holds_what_is_seen(
    qtbot: QtBot, panel: TablePanel[Contract], tmp_path: Path
) -> None:
    panel.view.columns.show_column(0, shown=False)
    with qtbot.waitSignal(panel.exported) as told:
        panel.export_to(tmp_path / "a.xlsx")
    assert told.args == [tmp_path / "a.xlsx", 5]
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.cell(1, 1).value == "显示哪些列"
    assert sheet.cell(2, 1).value == "钢筋采购"


def test_an_export_that_fails_is_told(
    qtbot: QtBot, panel: TablePanel[Contract], runner: Runner, tmp_path: Path
) -> None:
    with qtbot.waitSignal(runner.refused) as told:
        panel.export_to(tmp_path / "none" / "a.xlsx")
    assert told.args is not None
    assert isinstance(told.args[0], EnvironmentFault)


def test_words_follow_the_language(panel: TablePanel[Contract]) -> None:
    texts().set_language("en")
    assert panel.search.placeholderText() == "Filter this table"
    assert panel.view.accessibleName() == "Export to Excel"
