"""A plan that comes into view: all columns, open work near the top, the data date in sight."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.core.schedule.network import ActivityKind, ConstraintKind
from app.services.schedule.views import TaskView
from app.texts import Language
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.view import GanttView
from app.ui.pages.schedule.opening import LEAST_CHART_SHARE, share_width, show_work, switch_language
from app.ui.pages.schedule.picture import Picture
from tests.ui.pages.schedule.plans import START, picture, task

LINE = datetime(2026, 3, 20, 17)  # noqa: DTZ001 - site time
DONE, ALL = 60, 120
Open = Callable[..., GanttView]


def done_task(number: int, ended: datetime) -> TaskView:
    """A task that was done between the plan's start and a moment."""
    return task(
        f"第 {number} 段",
        5,
        percent_complete=Decimal(1),
        actual_start=START,
        actual_finish=ended,
    )


def long_plan(done: int = DONE, line: datetime | None = LINE) -> Picture:
    """Many tasks, some done before the data date; the last runs into the next year."""
    ended = datetime(2026, 3, 6, 17)  # noqa: DTZ001
    finished = [done_task(number, ended) for number in range(done)]
    return picture(
        [
            *finished,
            *(task(f"第 {number} 段") for number in range(done, ALL - 1)),
            task("养护", 300),
        ],
        data_date=line,
    )


@pytest.fixture
def open_view(qtbot: QtBot) -> Open:
    """Shows a view with rows."""

    def open_on(
        shown: Picture, size: tuple[int, int] = (1182, 660), language: Language = "zh_CN"
    ) -> GanttView:
        view = GanttView(language)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.set_calendar(shown.calendar)
        view.set_rows(shown.rows)
        view.set_marks(shown.marks)
        return view

    return open_on


def line_at(view: GanttView, moment: datetime) -> float:
    """How far into the chart a moment stands, from 0 to 1."""
    return view.chart.time_scale.x(day_of(moment)) / view.chart.viewport().width()


def test_the_first_open_task_stands_a_quarter_down_at_the_data_date(open_view: Open) -> None:
    shown = long_plan()
    view = open_view(shown)
    show_work(view, shown.plan)
    assert view.selected_ids() == (shown.plan.tasks[DONE].id,)
    table = view.table
    down = table.visualRect(table.currentIndex()).top() / table.viewport().height()
    assert down == pytest.approx(0.25, abs=0.02)
    assert table.verticalScrollBar().value() == view.chart.verticalScrollBar().value()
    assert line_at(view, LINE) == pytest.approx(0.25, abs=0.02)


def test_open_work_at_the_end_of_a_plan_is_as_high_as_it_can_be(open_view: Open) -> None:
    shown = long_plan(ALL - 1)
    view = open_view(shown)
    show_work(view, shown.plan)
    assert view.selected_ids() == (shown.plan.tasks[-1].id,)
    assert view.chart.verticalScrollBar().value() == view.chart.verticalScrollBar().maximum()


def bar_of_selected(view: GanttView) -> tuple[float, float]:
    """Where the selected row's bar begins and ends in the chart, from 0 to 1."""
    rows, scale = view.outline.rows, view.chart.time_scale
    row = rows.index_of(view.selected_ids()[0])
    assert row is not None
    width = view.chart.viewport().width()
    return scale.x(float(rows.start[row])) / width, scale.x(float(rows.finish[row])) / width


def test_what_is_under_way_comes_before_what_is_only_open(open_view: Open) -> None:
    under_way = task(
        "砌筑",
        20,
        percent_complete=Decimal("0.5"),
        actual_start=datetime.fromisoformat("2026-03-16 08:00"),
    )
    loe = task(
        "管理",
        20,
        percent_complete=Decimal("0.1"),
        actual_start=START,
        kind=ActivityKind.LEVEL_OF_EFFORT,
    )
    shown = picture([task("未开始", 9), loe, under_way], data_date=LINE)
    view = open_view(shown)
    show_work(view, shown.plan)
    assert view.selected_ids() == (under_way.id,)


def test_a_finished_plan_shows_its_end(open_view: Open) -> None:
    late = datetime.fromisoformat("2029-03-20 17:00")
    done = [done_task(number, datetime.fromisoformat("2026-03-06 17:00")) for number in range(ALL)]
    shown = picture(done, data_date=late)
    view = open_view(shown)
    show_work(view, shown.plan)
    assert view.selected_ids() == (shown.plan.tasks[-1].id,)
    assert 0 < bar_of_selected(view)[1] < 1


def test_work_far_from_the_data_date_is_in_sight(open_view: Open) -> None:
    pinned = datetime.fromisoformat("2028-03-20 08:00")
    far = task("远期", 5, constraint_kind=ConstraintKind.START_NO_EARLIER, constraint_at=pinned)
    shown = picture([done_task(1, datetime.fromisoformat("2026-03-06 17:00")), far], data_date=LINE)
    view = open_view(shown)
    show_work(view, shown.plan)
    assert view.selected_ids() == (far.id,)
    assert 0 < bar_of_selected(view)[0] < 1


def test_a_plan_without_data_date_is_shown_from_its_beginning(open_view: Open) -> None:
    shown = long_plan(0, None)
    view = open_view(shown)
    view.chart.verticalScrollBar().setValue(500)
    view.chart.horizontalScrollBar().setValue(view.chart.horizontalScrollBar().maximum())
    show_work(view, shown.plan)
    assert not view.selected_ids()
    assert view.chart.verticalScrollBar().value() == 0
    assert 0 < line_at(view, START) < 1


# What a window of 1366x768, 1600x1000 or 1920x1080 leaves beside its navigation.
SIZES = [(1182, 660), (1416, 890), (1736, 970)]


def is_whole(view: GanttView, column: Column) -> bool:
    table, at = view.table, int(column)
    return table.columnViewportPosition(at) + table.columnWidth(at) <= min(
        table.width(), table.viewport().width()
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_columns_are_whole_and_the_chart_keeps_its_share(
    open_view: Open, size: tuple[int, int], language: Language
) -> None:
    view = open_view(long_plan(), size, language)
    share_width(view, size[0])
    table = view.table
    assert table.model().data(table.model().index(0, int(Column.START))) == "2026-03-02"
    assert is_whole(view, Column.PERCENT)
    assert view.chart.width() >= size[0] * LEAST_CHART_SHARE - 1


@pytest.mark.parametrize("size", SIZES)
def test_columns_stay_whole_in_another_language(open_view: Open, size: tuple[int, int]) -> None:
    view = open_view(long_plan(), size, "zh_CN")
    share_width(view, size[0])
    switch_language(view, "en")
    view.set_rows(view.outline.rows)
    assert is_whole(view, Column.PERCENT)
    assert view.chart.width() >= size[0] * LEAST_CHART_SHARE - 1
    width = view.table.width()
    switch_language(view, "zh_CN")
    assert view.table.width() == width


def test_a_table_that_a_person_made_narrow_stays_narrow(open_view: Open) -> None:
    view = open_view(long_plan())
    view.setSizes([300, 882])
    switch_language(view, "en")
    assert view.table.width() == 300


def test_columns_made_too_wide_do_not_push_the_chart_out(open_view: Open) -> None:
    view = open_view(long_plan())
    view.table.setColumnWidth(int(Column.NAME), 900)
    share_width(view, 1182)
    assert view.chart.width() == pytest.approx(1182 * LEAST_CHART_SHARE, abs=2)
