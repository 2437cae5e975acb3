"""The painted grid: selection by rows, tint, empty state."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.table import GanttTable
from tests.ui.kit.gantt.sample_plan import many_rows, sample_rows


@pytest.fixture
def table(qtbot: QtBot) -> GanttTable:
    table = GanttTable("zh_CN")
    qtbot.addWidget(table)
    table.resize(640, 700)
    table.set_outline(Outline.of(sample_rows()))
    table.show()
    return table


def pixel(table: GanttTable, x: int, y: int) -> str:
    return QColor(table.viewport().grab().toImage().pixelColor(x, y)).name().upper()


def test_rows_are_selected_silently_and_tinted_with_an_edge(table: GanttTable) -> None:
    told: list[int] = []
    table.selection_moved.connect(lambda: told.append(1))
    table.set_selection(frozenset({3, 4, 8}), 4)
    assert table.selected_rows() == {3, 4, 8}
    assert table.current_row() == 4
    assert told == []
    assert pixel(table, 1, 3 * 28 + 14) == LIGHT.accent
    assert pixel(table, 12, 3 * 28 + 4) == LIGHT.selection
    assert pixel(table, 12, 5 * 28 + 4) == LIGHT.surface


def test_long_codes_get_room_unless_a_width_was_chosen(table: GanttTable) -> None:
    usual = table.columnWidth(Column.CODE)
    rows = sample_rows()
    long = replace(rows, codes=("P1EWCC-AWP01-5800", *rows.codes[1:]))
    table.set_outline(Outline.of(long))
    assert table.columnWidth(Column.CODE) > table.fontMetrics().horizontalAdvance(long.codes[0])
    table.set_outline(Outline.of(rows))
    assert table.columnWidth(Column.CODE) == usual
    table.setColumnWidth(Column.CODE, usual + 9)
    table.set_outline(Outline.of(long))
    assert table.columnWidth(Column.CODE) == usual + 9


def test_headings_stay_whole_in_another_language(table: GanttTable) -> None:
    table.set_language("en")
    heading = str(table.model().headerData(Column.DURATION, Qt.Orientation.Horizontal))
    needed = table.header.fontMetrics().horizontalAdvance(heading)
    assert table.columnWidth(Column.DURATION) >= needed + 16


def test_hidden_rows_are_not_selected(table: GanttTable) -> None:
    table.set_outline(Outline.of(sample_rows()).with_expanded(1, False))
    table.set_selection(frozenset({2, 8}), 2)
    assert table.selected_rows() == {8}
    assert table.current_row() == -1


def test_an_empty_table_says_what_to_do_first(table: GanttTable) -> None:
    table.set_outline(Outline.of(many_rows(0)))
    empty = table.viewport().grab().toImage()
    table.set_editable(False)
    assert table.viewport().grab().toImage() != empty


def test_dates_widen_for_plans_over_years_and_the_hint_fits_all(table: GanttTable) -> None:
    narrow = table.columnWidth(Column.START)
    table.set_outline(Outline.of(many_rows(100)))
    assert table.columnWidth(Column.START) > narrow
    assert table.sizeHint().width() >= table.header.length()
