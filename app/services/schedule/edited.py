"""A plan with edits that are not stored yet, computed anew: what the screen shows meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.core.errors import InputRejected
from app.core.schedule.work_calendar import Shifts
from app.services.schedule.computing import computed
from app.services.schedule.network import network_of
from app.services.schedule.views import CalendarView, Plan, SettingsValues, TaskValues


def edited_plan(
    plan: Plan, values: Mapping[UUID, TaskValues], settings: SettingsValues | None = None
) -> Plan:
    """The plan with these tasks' values (and settings) in place of its own, and dates to match.

    Ids that are not in the plan are left out; order and outline stay.
    """
    shown = settings or plan.settings
    tasks = tuple(
        replace(task, values=values[task.id]) if task.id in values else task for task in plan.tasks
    )
    network = network_of(
        [(task.id, task.parent_id, task.values) for task in tasks],
        plan.links,
        {calendar.id: (calendar.week, _exceptions(calendar)) for calendar in plan.calendars},
        shown,
    )
    try:
        schedule = computed(network)
    except InputRejected as error:
        bare = tuple(replace(task, dates=None) for task in tasks)
        return replace(plan, settings=shown, tasks=bare, schedule=None, findings=error.findings)
    dated = tuple(replace(task, dates=schedule.dates.get(str(task.id))) for task in tasks)
    return replace(plan, settings=shown, tasks=dated, schedule=schedule, findings=())


def _exceptions(calendar: CalendarView) -> tuple[tuple[date, Shifts], ...]:
    return tuple((day.day, day.shifts) for day in calendar.days)
