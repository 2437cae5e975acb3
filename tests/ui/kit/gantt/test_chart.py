"""Hands on the chart: drags ask, Esc and small moves do not, nothing is changed by itself."""

from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.dragging import DragMode
from app.ui.kit.gantt.geometry import DOT_DISTANCE
from app.ui.kit.gantt.links import LinkKind
from tests.ui.kit.gantt.hands import (
    hover,
    point,
    press_and_drag,
    release,
    sample_chart,
    send,
    span_of,
)
from tests.ui.kit.gantt.sample_plan import sample_rows

Asked = list[tuple[object, ...]]


@pytest.fixture
def chart(qtbot: QtBot) -> GanttChart:
    return sample_chart(qtbot)


@pytest.fixture
def asked(chart: GanttChart) -> Asked:
    said: Asked = []
    chart.move_requested.connect(lambda *what: said.append(("move", *what)))
    chart.duration_requested.connect(lambda *what: said.append(("duration", *what)))
    chart.link_requested.connect(lambda *what: said.append(("link", *what)))
    return said


def is_dragging(chart: GanttChart) -> bool:
    return chart.drag is not None


def test_dragging_a_bar_asks_for_a_new_start(chart: GanttChart, asked: Asked) -> None:
    span, y = span_of(chart, "1.3.1")
    begin, end = point(span.left + 20, y), point(span.left + 20 + 7 * 7, y)
    rows = chart.outline.rows
    press_and_drag(chart, begin, end)
    assert is_dragging(chart)
    assert chart.drag_words() == "2026-04-09 至 2026-04-29"
    release(chart, end)
    assert asked == [("move", "1.3.1", datetime.fromisoformat("2026-04-09"))]
    assert chart.outline.rows is rows
    assert not is_dragging(chart)


def test_dragging_the_right_edge_asks_for_a_new_finish(chart: GanttChart, asked: Asked) -> None:
    span, y = span_of(chart, "1.3.1")
    begin, end = point(span.right - 1, y), point(span.right - 1 + 7 * 4, y)
    press_and_drag(chart, begin, end)
    release(chart, end)
    # 04-23 plus four days is Monday 04-27; the finish is exclusive.
    assert asked == [("duration", "1.3.1", datetime.fromisoformat("2026-04-28"))]


@pytest.mark.parametrize(
    ("from_right", "to_start", "kind"),
    [
        (True, True, LinkKind.FS),
        (True, False, LinkKind.FF),
        (False, True, LinkKind.SS),
        (False, False, LinkKind.SF),
    ],
)
def test_dragging_a_dot_to_an_end_asks_for_that_link(
    chart: GanttChart, asked: Asked, from_right: bool, to_start: bool, kind: LinkKind
) -> None:
    source, y = span_of(chart, "1.2.3")
    target, below = span_of(chart, "1.3.2")
    x = source.right + DOT_DISTANCE if from_right else source.left - DOT_DISTANCE
    begin = point(x, y)
    end = point(target.left + 4 if to_start else target.right - 4, below)
    hover(chart, begin)
    press_and_drag(chart, begin, end)
    assert "外墙防水及回填 → 四至六层结构" in chart.drag_words()
    release(chart, end)
    assert asked == [("link", "1.2.3", "1.3.2", kind)]


def test_a_link_dropped_beside_any_bar_asks_for_nothing(chart: GanttChart, asked: Asked) -> None:
    source, y = span_of(chart, "1.2.3")
    begin, end = point(source.right + DOT_DISTANCE, y), point(source.right + 300, y + 140)
    hover(chart, begin)
    press_and_drag(chart, begin, end)
    assert chart.drag_words() == ""
    release(chart, end)
    assert asked == []


def test_escape_cancels(chart: GanttChart, asked: Asked, qtbot: QtBot) -> None:
    span, y = span_of(chart, "1.3.1")
    begin, end = point(span.left + 20, y), point(span.left + 90, y)
    press_and_drag(chart, begin, end)
    assert is_dragging(chart)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert not is_dragging(chart)
    release(chart, end)
    assert asked == []


def test_a_second_button_or_new_rows_cancel(chart: GanttChart, asked: Asked) -> None:
    span, y = span_of(chart, "1.3.1")
    begin, end = point(span.left + 20, y), point(span.left + 90, y)
    press_and_drag(chart, begin, end)
    send(chart, QEvent.Type.MouseButtonPress, end, Qt.MouseButton.RightButton)
    assert not is_dragging(chart)
    press_and_drag(chart, begin, end)
    chart.set_rows(sample_rows())
    assert not is_dragging(chart)
    release(chart, end)
    assert asked == []


def test_a_tremble_and_a_summary_do_not_drag(chart: GanttChart, asked: Asked) -> None:
    span, y = span_of(chart, "1.3.1")
    press_and_drag(chart, point(span.left + 20, y), point(span.left + 22, y))
    assert not is_dragging(chart)
    release(chart, point(span.left + 22, y))
    summary, above = span_of(chart, "1.3")
    press_and_drag(chart, point(summary.left + 30, above), point(summary.left + 99, above))
    assert not is_dragging(chart)
    assert asked == []


def test_a_read_only_chart_does_not_drag(chart: GanttChart, asked: Asked) -> None:
    chart.set_editable(False)
    span, y = span_of(chart, "1.3.1")
    press_and_drag(chart, point(span.left + 20, y), point(span.left + 90, y))
    release(chart, point(span.left + 90, y))
    assert asked == []


def test_the_background_is_painted_once_for_a_drag(chart: GanttChart, qtbot: QtBot) -> None:
    span, y = span_of(chart, "1.3.1")
    press_and_drag(chart, point(span.left + 20, y), point(span.left + 48, y))
    chart.grab()
    kept = chart._background
    assert kept is not None
    send(chart, QEvent.Type.MouseMove, point(span.left + 76, y))
    chart.grab()
    assert chart._background is kept
    assert chart.drag is not None
    assert chart.drag.mode is DragMode.MOVE


def test_pointer_shapes_say_what_a_drag_would_do(chart: GanttChart) -> None:
    span, y = span_of(chart, "1.3.1")
    shapes = []
    for x in (span.left + 20, span.right - 1, span.right + DOT_DISTANCE, span.right + 80):
        hover(chart, point(x, y))
        shapes.append(chart.viewport().cursor().shape())
    assert shapes == [
        Qt.CursorShape.SizeAllCursor,
        Qt.CursorShape.SizeHorCursor,
        Qt.CursorShape.CrossCursor,
        Qt.CursorShape.ArrowCursor,
    ]
    QApplication.sendEvent(chart.viewport(), QEvent(QEvent.Type.Leave))


def test_the_middle_button_pans(chart: GanttChart) -> None:
    chart.resize(600, 400)
    middle = Qt.MouseButton.MiddleButton
    chart.horizontalScrollBar().setValue(300)
    send(chart, QEvent.Type.MouseButtonPress, point(300, 300), middle)
    send(chart, QEvent.Type.MouseMove, point(250, 200), middle)
    send(chart, QEvent.Type.MouseButtonRelease, point(250, 200), middle)
    assert chart.horizontalScrollBar().value() == 350
    assert chart.verticalScrollBar().value() == 100
