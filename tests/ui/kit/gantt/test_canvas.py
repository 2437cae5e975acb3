"""The painted chart: seen colours where bars are, one header kept while rows scroll."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.colours import DARK, LIGHT
from app.ui.kit.gantt.rows import day_of
from tests.ui.kit.gantt.hands import sample_chart, span_of
from tests.ui.kit.gantt.sample_plan import DATA_DATE, TODAY


@pytest.fixture
def chart(qtbot: QtBot) -> GanttChart:
    return sample_chart(qtbot)


def picture(chart: GanttChart) -> QImage:
    return chart.viewport().grab().toImage()


def colour(chart: GanttChart, x: float, y: float) -> str:
    return QColor(picture(chart).pixelColor(int(x), int(y))).name().upper()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_bars_show_done_and_rest_in_their_colours(chart: GanttChart, colours: object) -> None:
    assert colours in (LIGHT, DARK)
    palette = LIGHT if colours is LIGHT else DARK
    chart.set_colours(palette)
    done, y = span_of(chart, "1.2.1")
    assert colour(chart, done.left + 8, y) == palette.critical
    normal, y = span_of(chart, "1.4.3")
    assert colour(chart, normal.left + 80, y) == palette.normal_rest
    finished, y = span_of(chart, "1.1.1")
    assert colour(chart, finished.left + 30, y) == palette.critical_done


def test_marks_stand_at_the_end_of_the_data_date_and_the_beginning_of_today() -> None:
    marks = ChartMarks.of(DATA_DATE, TODAY)
    assert marks == ChartMarks(day_of(DATA_DATE) + 1, day_of(TODAY))
    assert ChartMarks.of() == ChartMarks(None, None)


def test_header_and_ground_are_kept_while_rows_scroll(chart: GanttChart) -> None:
    chart.resize(700, 500)
    chart.grab()
    kept = chart._axis
    chart.verticalScrollBar().setValue(200)
    chart.grab()
    assert chart._axis is kept
    chart.horizontalScrollBar().setValue(chart.horizontalScrollBar().value() + 50)
    assert chart._axis is None


def test_an_empty_chart_paints(qtbot: QtBot) -> None:
    empty = GanttChart("en")
    qtbot.addWidget(empty)
    empty.resize(300, 200)
    assert not empty.grab().isNull()
    empty.fit()
    assert empty.selected_ids() == ()
