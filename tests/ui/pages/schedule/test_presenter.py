"""What comes into view, never under a cell that is typed into."""

from PySide6.QtCore import Qt

from app.ui.kit.gantt.columns import Column
from tests.services.schedule.site import DAY
from tests.ui.pages.schedule.conftest import Hands


def test_what_cannot_be_meant_is_said_and_kept_in_the_cell(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.open_editor()
    hands.write("bald")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    toasts = hands.page.context.toasts
    hands.bot.waitUntil(lambda: toasts.message is not None)
    assert toasts.message is not None
    assert "bald" in toasts.message.words
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    assert hands.editor().text() == "bald"
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Escape)
    hands.settle()
    assert hands.values("1.3.1").duration_minutes == 15 * DAY


def test_a_colleagues_change_comes_in_and_selection_and_scroll_stay(hands: Hands) -> None:
    hands.select("1.5.3")
    view = hands.page.view
    view.chart.verticalScrollBar().setValue(30)
    across = view.chart.horizontalScrollBar().value()
    hands.someone_edits("1.3.1", duration_minutes=3 * DAY)
    hands.settle()
    assert hands.words("1.3.1", Column.DURATION) == "3"
    assert view.selected_ids() == (hands.ids["1.5.3"],)
    assert view.chart.verticalScrollBar().value() == 30
    assert view.chart.horizontalScrollBar().value() == across


def test_an_open_editor_outlives_a_colleagues_change(hands: Hands) -> None:
    hands.cell("1.3.2", Column.NAME)
    hands.open_editor()
    hands.write("四至")
    hands.someone_edits("1.3.1", duration_minutes=3 * DAY)
    hands.settle()
    assert hands.editor().text() == "四至"
    hands.write("七层")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert hands.values("1.3.2").name == "四至七层"
    assert hands.words("1.3.1", Column.DURATION) == "3"


def test_the_time_scale_is_chosen(hands: Hands) -> None:
    chart = hands.page.view.chart
    week = chart.time_scale.px_per_day
    hands.page.toolbar.scale.choose("day")
    assert chart.time_scale.px_per_day > week
    hands.page.toolbar.scale.choose("month")
    assert chart.time_scale.px_per_day < week


def test_columns_stay_as_a_person_set_them(hands: Hands) -> None:
    header = hands.page.view.table.header
    header.set_column_shown(Column.FLOAT, False)
    layouts = hands.page.context.layouts
    hands.bot.waitUntil(lambda: layouts.load("schedule.columns") is not None)
