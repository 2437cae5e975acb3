"""The whole page with real keys and mouse: every edit reaches the rows and can be undone."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from app.ui.kit.gantt.columns import Column
from tests.services.schedule.site import CLERK, DAY
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for


def test_it_shows_the_plan_with_its_dates(hands: Hands) -> None:
    view = hands.page.view
    assert len(view.outline) == 25
    assert hands.words("1.1.1", Column.START) == "01-26"
    assert hands.words("1.3.1", Column.DURATION) == "15"
    assert hands.words("1.3.1", Column.FLOAT) == "0"
    assert hands.page.toolbar.data_date.text() == "数据日期 03-20"
    assert any(holiday.name == "春节" for holiday in hands.page.presenter.picture.calendar.holidays)  # type: ignore[union-attr]
    assert any("预排" in holiday.name for holiday in hands.page.presenter.picture.calendar.holidays)  # type: ignore[union-attr]


def test_a_typed_duration_is_stored_and_moves_what_follows(hands: Hands) -> None:
    minutes = 12 * DAY
    before = hands.words("1.3.2", Column.START)
    hands.type_into("1.3.1", Column.DURATION, "2w")
    assert hands.values("1.3.1").duration_minutes == minutes
    assert hands.words("1.3.2", Column.START) != before
    hands.press("undo")
    assert hands.values("1.3.1").duration_minutes == 15 * DAY
    assert hands.words("1.3.2", Column.START) == before
    hands.press("redo")
    assert hands.values("1.3.1").duration_minutes == minutes


def test_a_name_a_code_and_a_percentage_are_typed_in_place(hands: Hands) -> None:
    hands.type_into("1.3.2", Column.NAME, "四至七层结构")
    hands.type_into("1.3.2", Column.CODE, "A-17")
    hands.type_into("1.2.2", Column.PERCENT, "25%")
    assert hands.values("1.3.2").name == "四至七层结构"
    assert hands.values("1.3.2").code == "A-17"
    begun = hands.values("1.2.2")
    assert begun.percent_complete == Decimal("0.25")
    assert begun.actual_start is not None
    for _ in range(3):
        hands.press("undo")
    assert hands.values("1.3.2").name == "四至六层结构"
    assert hands.values("1.2.2").actual_start is None


def test_a_storekeeper_sees_but_does_not_edit(bench: Bench, hands: Hands) -> None:
    other = bench.open(hands.ids, tools=tools_for(hands.site, login=CLERK))
    assert not other.page.toolbar.buttons["add"].isEnabled()
    other.cell("1.3.1", Column.DURATION)
    other.key(Qt.Key.Key_F2)
    assert other.page.presenter.editor() is None
    other.key(Qt.Key.Key_Insert)
    other.settle()
    assert len(other.site.plan().tasks) == 25


def test_the_language_is_switched_without_restart(hands: Hands) -> None:
    hands.page.context.texts.set_language("en")
    hands.page.retranslate()
    hands.settle()
    assert hands.page.toolbar.data_date.text() == "Data date 03-20"
    hands.select("1.3.1")
    assert "driven by" in hands.page.status_hint()


def test_a_plan_that_came_while_another_page_was_in_view_is_placed_once(hands: Hands) -> None:
    project, view = hands.page.context.project, hands.page.view
    hands.page.hide()
    project.choose(None)
    project.choose(hands.site.project_id)
    hands.settle()
    hands.page.resize(1182, 420)
    hands.page.show()
    assert view.selected_ids() == (hands.ids["1.2.1"],)
    table = view.table
    down = table.visualRect(table.currentIndex()).top() / table.viewport().height()
    assert down == pytest.approx(0.25, abs=0.03)
    view.chart.verticalScrollBar().setValue(0)
    hands.page.hide()
    hands.page.show()
    hands.page.keeper.refresh()
    hands.settle()
    assert view.chart.verticalScrollBar().value() == 0


def test_the_time_scale_is_chosen(hands: Hands) -> None:
    chart = hands.page.view.chart
    week = chart.time_scale.px_per_day
    hands.page.toolbar.scale.choose("day")
    assert chart.time_scale.px_per_day > week
    hands.page.toolbar.scale.choose("month")
    assert chart.time_scale.px_per_day < week
