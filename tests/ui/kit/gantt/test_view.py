"""Table and chart in step; the keys of Microsoft Project."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.colours import DARK
from app.ui.kit.gantt.structure_keys import StructureAction
from app.ui.kit.gantt.view import GanttView
from tests.ui.kit.gantt.sample_plan import (
    DATA_DATE,
    TODAY,
    many_rows,
    sample_calendar,
    sample_rows,
)

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = [
    (Qt.Key.Key_Right, ALT_SHIFT, StructureAction.INDENT),
    (Qt.Key.Key_Left, ALT_SHIFT, StructureAction.OUTDENT),
    (Qt.Key.Key_F2, CONTROL, StructureAction.LINK),
    (Qt.Key.Key_F2, CONTROL_SHIFT, StructureAction.UNLINK),
    (Qt.Key.Key_Insert, NONE, StructureAction.INSERT),
    (Qt.Key.Key_Delete, NONE, StructureAction.DELETE),
]


@pytest.fixture
def view(qtbot: QtBot) -> GanttView:
    view = GanttView("zh_CN")
    qtbot.addWidget(view)
    view.resize(1400, 700)
    view.set_calendar(sample_calendar())
    view.set_marks(ChartMarks.of(DATA_DATE, TODAY))
    view.set_rows(sample_rows())
    view.show()
    return view


def side(view: GanttView, name: str) -> QWidget:
    return view.table if name == "table" else view.chart


@pytest.mark.parametrize("where", ["table", "chart"])
@pytest.mark.parametrize(("key", "modifier", "action"), KEYS)
def test_keys_for_the_plans_shape_ask_on_both_sides(
    view: GanttView,
    qtbot: QtBot,
    where: str,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    action: StructureAction,
) -> None:
    heard: list[object] = []
    view.action_requested.connect(lambda *what: heard.append(what))
    view.select(("1.2.1", "1.2.2"))
    QTest.keyClick(side(view, where), key, modifier)
    assert heard == [(action, ("1.2.1", "1.2.2"))]
    view.set_editable(False)
    QTest.keyClick(side(view, where), key, modifier)
    assert len(heard) == 1


def test_expand_and_collapse_by_keys(view: GanttView, qtbot: QtBot) -> None:
    told: list[object] = []
    view.expansion_changed.connect(lambda *what: told.append(what))
    view.select(("1.1",))
    QTest.keyClick(view.table, Qt.Key.Key_Minus, ALT_SHIFT)
    assert len(view.outline) == 34
    assert told == [("1.1", False)]
    view.expand_all(False)
    assert len(view.outline) == 1
    QTest.keyClick(view.chart, Qt.Key.Key_Asterisk, ALT_SHIFT)
    assert len(view.outline) == 40
    assert view.table.model().rowCount() == 40


def test_selection_goes_both_ways(view: GanttView, qtbot: QtBot) -> None:
    told: list[object] = []
    view.selection_changed.connect(told.append)
    view.chart.setFocus()
    QTest.keyClick(view.chart, Qt.Key.Key_End)
    assert view.table.selected_rows() == {39}
    assert view.table.current_row() == 39
    QTest.keyClick(view.table, Qt.Key.Key_Up)
    assert view.chart.selected_ids() == ("1.7.3",)
    assert told == [("1.7.4",), ("1.7.3",)]


def test_rows_scroll_together(view: GanttView) -> None:
    table, chart = view.table.verticalScrollBar(), view.chart.verticalScrollBar()
    assert table.maximum() == chart.maximum() > 0
    chart.setValue(111)
    assert table.value() == 111
    table.setValue(37)
    assert chart.value() == 37


def test_new_rows_keep_expansion_selection_and_place(view: GanttView) -> None:
    view.set_expanded("1.1", False)
    view.select(("1.4.2",))
    view.chart.verticalScrollBar().setValue(90)
    view.set_rows(sample_rows("en"))
    assert len(view.outline) == 34
    assert view.selected_ids() == ("1.4.2",)
    assert view.table.selected_rows() == view.chart.chosen()[0]
    assert view.chart.verticalScrollBar().value() == 90
    assert view.table.verticalScrollBar().value() == 90


def test_keys_go_on_from_the_nearest_row_when_the_current_one_goes(view: GanttView) -> None:
    view.set_rows(many_rows(60))
    ids = view.outline.rows.ids
    view.select((ids[58],))
    view.set_rows(many_rows(40))
    assert view.selected_ids() == (ids[39],)
    view.table.setFocus()
    assert view.table.currentIndex().row() == 39
    view.set_rows(sample_rows())
    assert view.selected_ids() == ()


def test_selecting_opens_the_branch_and_scrolls_there(view: GanttView) -> None:
    view.expand_all(False)
    view.select(("1.7.2", "nobody"))
    position = int(view.outline.position[view.chart.chosen()[1]])
    assert position >= 0
    assert view.chart.row_rect(position).bottom() <= view.chart.viewport().height()
    view.select(())
    assert view.selected_ids() == ()


def test_colours_language_and_columns_reach_both_sides(view: GanttView) -> None:
    view.set_colours(DARK)
    view.set_language("en")
    assert view.table.model().headerData(2, Qt.Orientation.Horizontal) == "Name"
    assert view.accessibleName() == "Schedule"
    state = view.column_state()
    view.table.setColumnWidth(2, 333)
    assert view.restore_column_state(state)
    assert view.table.columnWidth(2) != 333


def test_a_large_plan_opens_and_collapses(view: GanttView) -> None:
    view.set_rows(many_rows(10_000))
    assert len(view.outline) == 10_000
    view.expand_all(False)
    assert len(view.outline) == 1_000
    view.chart.verticalScrollBar().setValue(view.chart.verticalScrollBar().maximum())
    assert view.table.verticalScrollBar().value() == view.chart.verticalScrollBar().value()
    assert not view.grab().isNull()
