"""Screen readers see the chart as a list of rows."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.accessible import install_accessibility
from app.ui.kit.gantt.outline import Outline
from tests.ui.kit.gantt.hands import sample_chart
from tests.ui.kit.gantt.sample_plan import sample_rows


def test_rows_have_name_role_value_state_and_place(qtbot: QtBot) -> None:
    install_accessibility()
    install_accessibility()
    chart = sample_chart(qtbot)
    seen = QAccessible.queryAccessibleInterface(chart)
    assert seen.role() == QAccessible.Role.List
    assert seen.text(QAccessible.Text.Name) == "甘特图"
    assert seen.childCount() == 40
    row = seen.child(9)
    assert row.role() == QAccessible.Role.ListItem
    assert row.text(QAccessible.Text.Name) == "1.2.1 地下室墙柱"
    assert row.text(QAccessible.Text.Value) == "75%"
    assert "2026-03-11 至 2026-03-20" in row.text(QAccessible.Text.Description)
    assert row.rect().height() == 28
    assert seen.indexOfChild(row) == 9
    place = chart.viewport().mapToGlobal(QPoint(50, chart.row_rect(9).center().y()))
    assert seen.childAt(place.x(), place.y()).text(QAccessible.Text.Name) == "1.2.1 地下室墙柱"
    chart.set_selection(frozenset({9}), 9)
    assert row.state().selected
    chart.set_outline(Outline.of(sample_rows()).with_all(False))
    assert not row.isValid()
    assert row.text(QAccessible.Text.Name) == ""
    assert seen.childCount() == 1
