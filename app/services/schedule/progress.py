"""How much each task counts in the progress of what stands above it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from app.core.schedule.network import ActivityKind
from app.core.schedule.work_calendar import Shifts
from app.services.schedule.views import Plan, TaskView

Span = tuple[datetime, datetime]
MINUTES_OF_WEEK: Final = 7 * 1440


def weights(plan: Plan) -> Mapping[UUID, int]:
    """Working minutes by which each task counts; summaries are left out.

    Milestones and level of effort count for a minute: a summary of nothing else has a share too.
    Work counts by its duration. Some files hold activities under way with durations of centuries:
    what is longer than the whole plan counts by the time between its own dates.
    """
    share_of = {one.id: _share_of_week(one.week) for one in plan.calendars}
    usual = share_of.get(plan.settings.default_calendar_id, 1.0)
    rows = [task for task in plan.tasks if task.values.kind is not ActivityKind.SUMMARY]
    spans = {task.id: span for task in rows if (span := _span(task)) is not None}
    longest = _extent(spans.values())
    found: dict[UUID, int] = {}
    for task in rows:
        values = task.values
        weight = values.duration_minutes if values.kind is ActivityKind.TASK else 0
        if weight > longest:
            share = share_of.get(values.calendar_id or task.id, usual)
            weight = round(_minutes(*spans[task.id]) * share) if task.id in spans else 0
        found[task.id] = max(weight, 1)
    return found


def percent_done(plan: Plan) -> Decimal:
    """Share done of a whole plan, 0..1: of its ordinary work, or of whatever else there is."""
    counted = weights(plan)
    rows = [task for task in plan.tasks if task.id in counted]
    work = [task for task in rows if task.values.kind is ActivityKind.TASK] or rows
    total = sum(counted[task.id] for task in work)
    done = sum((counted[task.id] * task.values.percent_complete for task in work), Decimal(0))
    return (done / total if total else Decimal(0)).quantize(Decimal("0.0001"))


def _span(task: TaskView) -> Span | None:
    values, dates = task.values, task.dates
    if dates is None:
        return None
    return values.actual_start or dates.early_start, values.actual_finish or dates.early_finish


def _extent(spans: Collection[Span]) -> float:
    if not spans:
        return float("inf")
    return _minutes(min(start for start, _ in spans), max(finish for _, finish in spans))


def _minutes(start: datetime, finish: datetime) -> float:
    return (finish - start).total_seconds() / 60


def _share_of_week(week: tuple[Shifts, ...]) -> float:
    return sum(end - begin for shifts in week for begin, end in shifts) / MINUTES_OF_WEEK
