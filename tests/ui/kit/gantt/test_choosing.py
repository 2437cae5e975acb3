"""Selection in the chart by mouse and keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.axis_area import ZOOM_STEP
from app.ui.kit.gantt.chart import GanttChart
from tests.ui.kit.gantt.hands import click, point, sample_chart, send, span_of
from tests.ui.kit.gantt.sample_plan import sample_rows


@pytest.fixture
def chart(qtbot: QtBot) -> GanttChart:
    return sample_chart(qtbot)


def test_clicks_select_toggle_and_extend(chart: GanttChart) -> None:
    heard: list[object] = []
    chart.selection_changed.connect(heard.append)
    keys = Qt.KeyboardModifier
    for row_id, modifier in (
        ("1.2.1", keys.NoModifier),
        ("1.2.3", keys.ControlModifier),
        ("1.3.1", keys.ShiftModifier),
    ):
        span, y = span_of(chart, row_id)
        click(chart, point(span.right + 40, y), modifier)
    assert heard == [("1.2.1",), ("1.2.1", "1.2.3"), ("1.2.3", "1.3", "1.3.1")]
    assert chart.selected_ids() == ("1.2.3", "1.3", "1.3.1")


def test_keys_move_zoom_and_open(chart: GanttChart, qtbot: QtBot) -> None:
    opened: list[object] = []
    chart.activated.connect(opened.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(chart, key)
    assert opened == ["1"]
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.selected_ids() == ("1.7.4",)
    assert chart.row_rect(39).bottom() <= chart.viewport().height()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.selected_ids() == ("1",)
    before = chart.time_scale
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.time_scale.px_per_day == pytest.approx(before.px_per_day * ZOOM_STEP)
    QTest.keyClick(chart, Qt.Key.Key_Minus)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.time_scale.origin > before.origin


def test_a_double_click_opens_and_a_menu_selects_first(chart: GanttChart) -> None:
    opened: list[object] = []
    menus: list[object] = []
    chart.activated.connect(opened.append)
    chart.menu_requested.connect(lambda row_id, _: menus.append(row_id))
    span, y = span_of(chart, "1.2.1")
    send(chart, QEvent.Type.MouseButtonDblClick, point(span.left + 5, y))
    place = QPoint(int(span.left) + 5, y)
    QApplication.sendEvent(
        chart.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
    )
    assert opened == ["1.2.1"]
    assert menus == ["1.2.1"]
    assert chart.selected_ids() == ("1.2.1",)


def test_the_selection_keeps_to_ids_when_rows_change(chart: GanttChart) -> None:
    chart.set_selection(frozenset({13}), 13)
    chart.set_rows(sample_rows("en"))
    assert chart.selected_ids() == ("1.3.1",)


def test_language_switches_the_accessible_name(chart: GanttChart) -> None:
    assert chart.accessibleName() == "甘特图"
    chart.set_language("en")
    assert chart.accessibleName() == "Gantt chart"
