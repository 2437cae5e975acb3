"""What comes into view, never under a cell that is typed into."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.view import GanttView
from app.ui.kit.layouts import MemoryLayouts
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.presenter import Presenter
from tests.services.schedule.site import DAY
from tests.ui.pages.schedule.conftest import Hands
from tests.ui.pages.schedule.plans import picture, task


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


@pytest.fixture
def view(qtbot: QtBot) -> GanttView:
    """An empty view in a window."""
    made = GanttView("zh_CN")
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def presenter(view: GanttView, layouts: MemoryLayouts) -> Presenter:
    return Presenter(view, layouts, view)


ROWS = [task(name, 2) for name in ("土方", "垫层", "筏板")]


def renamed(number: int, name: str) -> Picture:
    rows = [task(name if at == number else row.values.name) for at, row in enumerate(ROWS)]
    rows = [replace(one, id=row.id) for one, row in zip(rows, ROWS, strict=True)]
    return picture(rows)


def name_at(view: GanttView, row: int) -> str:
    model = view.table.model()
    return str(model.data(model.index(row, int(Column.NAME))))


def test_a_picture_is_held_while_a_cell_is_open(
    presenter: Presenter, view: GanttView, qtbot: QtBot
) -> None:
    presenter.show_picture(picture(ROWS))
    presenter.go_to(ROWS[1].id, Column.NAME, "垫层与防水")
    editor = presenter.editor()
    assert editor is not None
    assert editor.text() == "垫层与防水"
    presenter.show_picture(renamed(0, "石方"))
    assert presenter._held is not None
    assert name_at(view, 0) == "土方"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: presenter._held is None)
    assert name_at(view, 0) == "石方"
    assert view.selected_ids() == (ROWS[1].id,)


def test_a_row_that_is_not_there_yet_is_waited_for(presenter: Presenter, view: GanttView) -> None:
    presenter.show_picture(picture(ROWS[:1]))
    presenter.go_to(ROWS[2].id, Column.DURATION)
    assert presenter.editor() is None
    presenter.show_picture(picture(ROWS))
    assert view.selected_ids() == (ROWS[2].id,)
    assert presenter.editor() is not None
    assert view.table.currentIndex().column() == Column.DURATION
    view.table.setFocus()


def test_a_row_of_another_project_is_not_waited_for(presenter: Presenter, view: GanttView) -> None:
    presenter.go_to(ROWS[2].id)
    presenter.forget()
    presenter.show_picture(picture(ROWS))
    assert view.selected_ids() == ()
    assert presenter.seen() is presenter.picture


def test_the_current_cell_stays_in_its_column(presenter: Presenter, view: GanttView) -> None:
    presenter.show_picture(picture(ROWS))
    presenter.take_keys()
    assert view.table.currentIndex().column() == Column.NAME
    table = view.table
    table.setCurrentIndex(table.model().index(1, int(Column.FINISH)))
    presenter.show_picture(renamed(0, "石方"))
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, Column.FINISH)


def test_own_edits_are_seen_while_the_next_picture_is_held(presenter: Presenter) -> None:
    presenter.show_picture(picture(ROWS))
    presenter.note_edit(ROWS[0].id, {"name": "石方"})
    assert presenter.picture is not None
    assert presenter.picture.by_id[ROWS[0].id].values.name == "石方"
    assert presenter.picture.by_id[ROWS[1].id].values == ROWS[1].values
    presenter.clear()
    presenter.note_edit(ROWS[0].id, {"name": "土方"})
    assert presenter.picture is None


def test_columns_come_back_as_they_were_left(
    presenter: Presenter, view: GanttView, layouts: MemoryLayouts, qtbot: QtBot
) -> None:
    view.table.header.set_column_shown(Column.FLOAT, False)
    view.table.setColumnWidth(int(Column.NAME), 301)
    qtbot.waitUntil(lambda: layouts.load("schedule.columns") is not None)
    other = GanttView("zh_CN")
    qtbot.addWidget(other)
    Presenter(other, layouts, other)
    assert other.table.isColumnHidden(int(Column.FLOAT))
    assert other.table.columnWidth(int(Column.NAME)) == 301


@pytest.mark.parametrize("kept", ["", "no base64 ä", "AAAA"])
def test_a_layout_that_cannot_be_read_leaves_the_columns(
    view: GanttView, layouts: MemoryLayouts, kept: str
) -> None:
    layouts.save("schedule.columns", kept)
    Presenter(view, layouts, view)
    assert not any(view.table.isColumnHidden(int(column)) for column in Column)
