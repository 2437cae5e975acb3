"""A plan made ready to be shown: rows, links, calendar and lines, and what is looked up often."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.core.schedule.network import ActivityKind
from app.services.schedule.progress import weights
from app.services.schedule.views import LinkView, Plan, TaskView
from app.texts import Language
from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.links import GanttLink, LinkKind
from app.ui.kit.gantt.rows import GanttRow, GanttRows, RowKind, StatusMark, build_rows, day_of
from app.ui.kit.gantt.shading import ChartCalendar
from app.ui.pages.schedule.clocks import Clocks
from app.ui.pages.schedule.driving import driving_links
from app.ui.pages.schedule.durations import say_days, say_duration
from app.ui.pages.schedule.shown_calendar import chart_calendar

NOTHING = "–"
_KINDS = {
    ActivityKind.TASK: RowKind.TASK,
    ActivityKind.SUMMARY: RowKind.SUMMARY,
    ActivityKind.START_MILESTONE: RowKind.START_MILESTONE,
    ActivityKind.FINISH_MILESTONE: RowKind.FINISH_MILESTONE,
    ActivityKind.LEVEL_OF_EFFORT: RowKind.LEVEL_OF_EFFORT,
}


Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Everything that the page shows of a plan; made on a reader thread.

    `spans` are start and finish as shown: actual where they are; a summary spans what is below it.
    """

    plan: Plan
    clocks: Clocks
    rows: GanttRows
    calendar: ChartCalendar
    marks: ChartMarks
    by_id: Mapping[UUID, TaskView]
    place: Mapping[UUID, int]
    links_at: Mapping[UUID, tuple[LinkView, ...]]
    driving: frozenset[UUID]
    spans: Mapping[UUID, Span]

    def children(self, parent_id: UUID | None) -> list[TaskView]:
        """The rows right below a parent, in order."""
        return [task for task in self.plan.tasks if task.parent_id == parent_id]

    def called(self, task_id: UUID) -> str:
        """What people call a task: outline number or code, and name."""
        task = self.by_id.get(task_id)
        return "" if task is None else f"{task.values.code or task.outline} {task.values.name}"


def picture_of(plan: Plan, today: date, language: Language) -> Picture:
    """The picture of a plan as of `today`."""
    clocks = Clocks.of(plan)
    driving = driving_links(plan, clocks)
    critical = {task.id for task in plan.tasks if task.dates is not None and task.dates.critical}
    shares = _shares(plan)
    spans = _spans(plan)
    unknown = (plan.settings.start_at, plan.settings.start_at)
    rows = [
        _row(task, clocks, spans.get(task.id, unknown), shares.get(task.id, 0.0))
        for task in plan.tasks
    ]
    links = [
        GanttLink(
            link.predecessor_id,
            link.successor_id,
            LinkKind[link.type.value],
            link.id in driving,
            link.id in driving and {link.predecessor_id, link.successor_id} <= critical,
        )
        for link in plan.links
    ]
    line = plan.settings.data_date
    default = clocks.calendar(None)
    return Picture(
        plan,
        clocks,
        build_rows(rows, links),
        ChartCalendar() if default is None else chart_calendar(default, language),
        ChartMarks(None if line is None else day_of(line), day_of(today)),
        {task.id: task for task in plan.tasks},
        {task.id: index for index, task in enumerate(plan.tasks)},
        _links_at(plan),
        driving,
        spans,
    )


def _row(task: TaskView, clocks: Clocks, span: Span, share: float) -> GanttRow:
    values, dates = task.values, task.dates
    start, finish = span
    finished = values.actual_finish is not None or share >= 100
    slack = dates is not None and dates.total_float > 0 and not finished
    return GanttRow(
        row_id=task.id,
        code=values.code or task.outline,
        name=values.name,
        level=task.level,
        start=start,
        finish=max(finish, start),
        kind=_KINDS[values.kind],
        percent=share,
        critical=dates is not None and dates.critical,
        late_finish=dates.late_finish if slack and dates is not None else None,
        mark=_mark(task),
        duration=_duration(task, clocks, span),
        total_float=_float(task, clocks, finished=finished),
    )


def _spans(plan: Plan) -> dict[UUID, Span]:
    spans: dict[UUID, Span] = {}
    for task in reversed(plan.tasks):
        values, dates = task.values, task.dates
        mine = spans.get(task.id)
        if values.kind is not ActivityKind.SUMMARY or mine is None:
            start = values.actual_start or (None if dates is None else dates.early_start)
            finish = values.actual_finish or (None if dates is None else dates.early_finish)
            if start is None or finish is None:
                continue
            mine = spans[task.id] = (start, max(start, finish))
        if task.parent_id is not None:
            above = spans.get(task.parent_id, mine)
            spans[task.parent_id] = (min(above[0], mine[0]), max(above[1], mine[1]))
    return spans


def _duration(task: TaskView, clocks: Clocks, span: Span) -> str:
    values = task.values
    if values.kind is ActivityKind.SUMMARY or values.kind is ActivityKind.LEVEL_OF_EFFORT:
        if task.dates is None:
            return NOTHING
        return say_days(clocks.work_between(values, *span), clocks.day(values))
    return say_duration(values.duration_minutes, clocks.day(values))


def _float(task: TaskView, clocks: Clocks, *, finished: bool) -> str:
    if task.dates is None or finished:
        return NOTHING
    return say_days(task.dates.total_float, clocks.float_day(task.values.calendar_id))


def _mark(task: TaskView) -> StatusMark:
    values = task.values
    if values.kind is ActivityKind.SUMMARY:
        return StatusMark.NOTE if values.note else StatusMark.NONE
    if values.actual_finish is not None or values.percent_complete >= 1:
        return StatusMark.DONE
    if is_late(task):
        return StatusMark.LATE
    if values.actual_start is not None or values.percent_complete > 0:
        return StatusMark.RUNNING
    return StatusMark.NOTE if values.note else StatusMark.NONE


def is_late(task: TaskView) -> bool:
    """Whether a task misses its deadline, or what follows it (negative float)."""
    if task.dates is None:
        return False
    deadline = task.values.deadline
    return task.dates.total_float < 0 or (
        deadline is not None and task.dates.early_finish > deadline
    )


def _shares(plan: Plan) -> dict[UUID, float]:
    """Per cent done of every row; a summary's is its work's, weighted by duration."""
    done: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    whole: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    shares: dict[UUID, float] = {}
    counted = weights(plan)
    for task in reversed(plan.tasks):
        values = task.values
        if values.kind is not ActivityKind.SUMMARY:
            weight = Decimal(counted[task.id])
            whole[task.id], done[task.id] = weight, weight * values.percent_complete
        if task.parent_id is not None:
            whole[task.parent_id] += whole[task.id]
            done[task.parent_id] += done[task.id]
        shares[task.id] = float(done[task.id] / whole[task.id] * 100) if whole[task.id] else 0.0
    return shares


def _links_at(plan: Plan) -> dict[UUID, tuple[LinkView, ...]]:
    found: defaultdict[UUID, list[LinkView]] = defaultdict(list)
    for link in plan.links:
        found[link.predecessor_id].append(link)
        found[link.successor_id].append(link)
    return {task_id: tuple(links) for task_id, links in found.items()}
