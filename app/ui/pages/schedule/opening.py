"""How a plan comes into view first: its columns whole, open work near the top, the data date."""

from typing import Final

from app.services.schedule.views import Plan
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.view import GanttView

LEAST_CHART_SHARE: Final = 0.36
FROM_THE_EDGE: Final = 0.25


def share_width(view: GanttView, width: int) -> None:
    """Gives the table room for all its columns, as long as the chart keeps its least share."""
    table = min(view.table.sizeHint().width(), round(width * (1 - LEAST_CHART_SHARE)))
    view.setSizes([table, width - table])


def show_work(view: GanttView, plan: Plan) -> None:
    """Selects the first open task, a quarter down, with the data date a quarter into the chart.

    A plan without a data date is shown from its beginning, nothing selected.
    """
    down, line = view.chart.verticalScrollBar(), plan.settings.data_date
    if line is None:
        down.setValue(0)
        view.chart.show_day(day_of(plan.settings.start_at))
        return
    first = next((task.id for task in plan.tasks if task.is_open_work), None)
    if first is None:
        down.setValue(0)
    else:
        view.select((first,))
        body = view.table.viewport().height()
        top = view.table.visualRect(view.table.currentIndex()).top()
        down.setValue(down.value() + top - round(body * FROM_THE_EDGE))
    across, chart = view.chart.horizontalScrollBar(), view.chart
    at = round(chart.viewport().width() * FROM_THE_EDGE)
    across.setValue(across.value() + round(chart.time_scale.x(day_of(line))) - at)
