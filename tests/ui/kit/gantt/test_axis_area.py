"""Scrolling and zooming of the time axis."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.chart import GanttChart
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.timescale import USUAL_PX, ScaleUnit
from tests.ui.kit.gantt.hands import point, sample_chart, turn_wheel
from tests.ui.kit.gantt.sample_plan import DATA_DATE


@pytest.fixture
def chart(qtbot: QtBot) -> GanttChart:
    return sample_chart(qtbot)


def test_the_first_rows_place_the_axis_on_their_week(chart: GanttChart) -> None:
    assert chart.time_scale.origin == float(chart.outline.rows.start.min())


def test_control_wheel_zooms_around_the_pointer(chart: GanttChart) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    before = chart.time_scale
    turn_wheel(chart, point(700, 300), 120, control)
    assert chart.time_scale.px_per_day > before.px_per_day
    assert chart.time_scale.day(700) == pytest.approx(before.day(700), abs=0.01)
    turn_wheel(chart, point(700, 300), -120, control)
    assert chart.time_scale.px_per_day == pytest.approx(before.px_per_day)


def test_shift_wheel_goes_along_time_and_a_plain_one_down(chart: GanttChart) -> None:
    chart.resize(600, 400)
    before = chart.time_scale.origin
    turn_wheel(chart, point(300, 300), -120, Qt.KeyboardModifier.ShiftModifier)
    assert chart.time_scale.origin > before
    turn_wheel(chart, point(300, 300), -120, Qt.KeyboardModifier.NoModifier)
    assert chart.verticalScrollBar().value() > 0


def test_fit_shows_the_whole_plan(chart: GanttChart) -> None:
    chart.fit()
    extent = chart.outline.rows.extent()
    assert extent is not None
    assert chart.time_scale.x(extent[0]) >= 0
    assert chart.time_scale.x(extent[1]) <= chart.viewport().width()


@pytest.mark.parametrize("unit", list(ScaleUnit))
def test_units_set_their_usual_width_and_tell(chart: GanttChart, unit: ScaleUnit) -> None:
    told: list[float] = []
    chart.scale_changed.connect(lambda: told.append(chart.time_scale.px_per_day))
    chart.set_unit(unit)
    assert told == [pytest.approx(USUAL_PX[unit])]
    assert chart.time_scale.unit is unit


def test_showing_a_day_and_a_row_scrolls_only_when_needed(chart: GanttChart) -> None:
    chart.resize(600, 400)
    chart.show_day(day_of(DATA_DATE) + 80)
    assert 0 <= chart.time_scale.x(day_of(DATA_DATE) + 80) <= 600
    before = chart.time_scale
    chart.show_day(day_of(DATA_DATE) + 80)
    assert chart.time_scale == before
    chart.reveal(39)
    assert chart.verticalScrollBar().value() == chart.verticalScrollBar().maximum()
    chart.reveal(0)
    assert chart.verticalScrollBar().value() == 0
