"""Choice, order and height of the columns."""

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.table import GanttTable
from tests.ui.kit.gantt.sample_plan import sample_rows


@pytest.fixture
def table(qtbot: QtBot) -> GanttTable:
    table = GanttTable("zh_CN")
    qtbot.addWidget(table)
    table.resize(640, 300)
    table.set_outline(Outline.of(sample_rows()))
    table.show()
    return table


def test_the_menu_hides_and_shows_but_never_the_name(table: GanttTable) -> None:
    told: list[int] = []
    table.header.columns_changed.connect(lambda: told.append(1))
    menu = table.header.column_menu()
    actions: list[QAction] = menu.actions()
    assert [action.isEnabled() for action in actions] == [at is not Column.NAME for at in Column]
    actions[Column.FLOAT].trigger()
    assert table.isColumnHidden(Column.FLOAT)
    assert told
    table.header.set_column_shown(Column.NAME, False)
    assert not table.isColumnHidden(Column.NAME)
    menu.deleteLater()


def test_moved_columns_are_seen_in_their_new_order(table: GanttTable) -> None:
    table.header.moveSection(Column.PERCENT, 0)
    columns = [column for column, *_ in table.header.visible_columns()]
    assert columns[0] is Column.PERCENT
    lefts = [left for _, left, _ in table.header.visible_columns()]
    assert lefts == sorted(lefts)


def test_headings_are_as_high_as_the_charts(table: GanttTable) -> None:
    assert table.header.height() == HEADER
