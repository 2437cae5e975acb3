"""How a plan comes into view first: columns whole, work under way near the top, bar in sight."""

from collections.abc import Sequence
from typing import Final

from app.core.schedule.network import ActivityKind
from app.services.schedule.views import Plan, TaskView
from app.texts import Language
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.view import GanttView

LEAST_CHART_SHARE: Final = 0.36
FROM_THE_EDGE: Final = 0.25
AT_THE_EDGE: Final = 24


def share_width(view: GanttView, width: int) -> None:
    """Gives the table room for all its columns, as long as the chart keeps its least share."""
    table = min(view.table.sizeHint().width(), round(width * (1 - LEAST_CHART_SHARE)))
    view.setSizes([table, width - table])


def switch_language(view: GanttView, language: Language) -> None:
    """Switches the words. Where all columns were whole they stay so, as headings grow."""
    before, needed = view.table.width(), view.table.sizeHint().width()
    view.set_language(language)
    if needed <= before < view.table.sizeHint().width():
        share_width(view, view.width())


def show_work(view: GanttView, plan: Plan) -> None:
    """Selects the first task under way (else the first open one, else the last), a quarter down,
    with its bar in sight: at the data date, a quarter into the chart, where they stand together.

    A plan without a data date is shown from its beginning, nothing selected.
    """
    down, line = view.chart.verticalScrollBar(), plan.settings.data_date
    rows = view.outline.rows
    if line is None or not plan.tasks:
        down.setValue(0)
        view.chart.show_day(float(rows.start[0]) if len(rows) else day_of(plan.settings.start_at))
        return
    first = _first_of_interest(plan.tasks)
    view.select((first.id,))
    body = view.table.viewport().height()
    top = view.table.visualRect(view.table.currentIndex()).top()
    down.setValue(down.value() + top - round(body * FROM_THE_EDGE))
    place = rows.index_of(first.id)
    _put_at(view, day_of(line), FROM_THE_EDGE)
    if place is not None and not _is_in_sight(view, place):
        if first.is_open_work:
            _put_at(view, float(rows.start[place]), FROM_THE_EDGE)
        else:
            _put_at(view, float(rows.finish[place]), 1 - FROM_THE_EDGE)


def _first_of_interest(tasks: Sequence[TaskView]) -> TaskView:
    work = [task for task in tasks if task.values.kind is not ActivityKind.SUMMARY] or tasks
    under_way = (task for task in work if task.is_open_work and _is_begun(task))
    open_work = (task for task in work if task.is_open_work)
    return next(under_way, None) or next(open_work, None) or work[-1]


def _is_begun(task: TaskView) -> bool:
    values = task.values
    follows_others = values.kind is ActivityKind.LEVEL_OF_EFFORT
    return values.actual_start is not None and not follows_others


def _is_in_sight(view: GanttView, row: int) -> bool:
    scale, rows = view.chart.time_scale, view.outline.rows
    left, right = scale.x(float(rows.start[row])), scale.x(float(rows.finish[row]))
    return right > AT_THE_EDGE and left < view.chart.viewport().width() - AT_THE_EDGE


def _put_at(view: GanttView, day: float, share: float) -> None:
    """Scrolls a day to a share of the chart's width."""
    chart = view.chart
    across = chart.horizontalScrollBar()
    at = round(chart.viewport().width() * share)
    across.setValue(across.value() + round(chart.time_scale.x(day)) - at)
