"""From a schedule file to the command that takes it over."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    Network,
)
from app.ports.schedule_files.imported import ImportedSchedule, SourceFormat, WbsNode
from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import CalendarImage, ImportSchedule
from app.services.schedule.places import GAP
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskFields, TaskImage

NewId = Callable[[], UUID]

PROJECT_UID = "0"
"""What MS Project calls the row that sums up the whole project."""


def import_command(
    imported: ImportedSchedule, scope_id: UUID, source: str, new_id: NewId
) -> ImportSchedule:
    """The command that fills the project `scope_id` with a file's schedule, under fresh ids."""
    network, activities = imported.network, _rows_of(imported)
    calendar_ids = {calendar_id: new_id() for calendar_id in network.calendars}
    nodes = () if imported.source is SourceFormat.MSPDI else imported.wbs
    node_ids = {node.id: new_id() for node in nodes}
    task_ids = {activity.id: new_id() for activity in activities}
    rows = [_node_image(node, node_ids) for node in nodes]
    for activity in activities:
        parent_id = _parent(activity, imported, node_ids, task_ids)
        code = activity.id if imported.source is SourceFormat.XER else ""
        rows.append(_image(activity, code, task_ids[activity.id], parent_id, calendar_ids))
    return ImportSchedule(
        scope_id=scope_id,
        source=source,
        settings=_settings(network, calendar_ids),
        calendars=tuple(_calendars(network, calendar_ids, new_id)),
        tasks=tuple(_placed(rows)),
        links=tuple(_links(network, task_ids, new_id)),
    )


def _rows_of(imported: ImportedSchedule) -> list[Activity]:
    """The activities that become rows: not MS Project's own row for the whole project."""
    is_whole = imported.source is SourceFormat.MSPDI
    return [one for one in imported.network.activities if not (is_whole and one.id == PROJECT_UID)]


def _parent(
    activity: Activity,
    imported: ImportedSchedule,
    node_ids: dict[str, UUID],
    task_ids: dict[str, UUID],
) -> UUID | None:
    if activity.parent_id in task_ids:
        return task_ids[activity.parent_id]
    node = imported.wbs_of.get(activity.id)
    return node_ids.get(node or "")


def _settings(network: Network, calendar_ids: dict[str, UUID]) -> SettingsFields:
    options = network.options
    default = network.default_calendar_id or next(iter(calendar_ids))
    return SettingsFields(
        default_calendar_id=calendar_ids[default],
        start_at=network.project_start,
        data_date=network.data_date,
        must_finish_at=network.must_finish_by,
        rules=options.rules,
        progress_mode=options.progress,
        lag_calendar=options.lag_calendar,
        float_kind=options.float_kind,
        critical_threshold=options.critical_threshold,
        critical_by_longest_path=options.critical_by_longest_path,
        use_expected_finish=options.use_expected_finish,
        open_ends_critical=options.open_ends_critical,
        honour_constraints=options.honour_constraints,
    )


def _calendars(
    network: Network, calendar_ids: dict[str, UUID], new_id: NewId
) -> list[CalendarImage]:
    return [
        CalendarImage(
            id=calendar_ids[calendar_id],
            name=calendar.name[:200] or calendar_id,
            week=calendar.week,  # type: ignore[arg-type]  # seven days, as WorkCalendar says
            days=tuple(
                DayOf(id=new_id(), day=day, shifts=shifts) for day, shifts in calendar.exceptions
            ),
        )
        for calendar_id, calendar in network.calendars.items()
    ]


def _links(network: Network, task_ids: dict[str, UUID], new_id: NewId) -> list[LinkImage]:
    """The links of the file; of several alike between the same ends the one with most lag binds."""
    binding: dict[tuple[str, str, str], LinkImage] = {}
    for link in network.links:
        if link.predecessor_id not in task_ids or link.successor_id not in task_ids:
            continue
        key = (link.predecessor_id, link.successor_id, link.type.value)
        if key in binding and binding[key].lag >= link.lag:
            continue
        binding[key] = LinkImage(
            id=new_id(),
            predecessor_id=task_ids[link.predecessor_id],
            successor_id=task_ids[link.successor_id],
            type=link.type,
            lag=link.lag,
            lag_kind=link.lag_kind,
        )
    return list(binding.values())


def _placed(rows: list[TaskImage]) -> list[TaskImage]:
    counts: dict[UUID | None, int] = {}
    placed: list[TaskImage] = []
    for row in rows:
        counts[row.parent_id] = counts.get(row.parent_id, 0) + 1
        position = counts[row.parent_id] * GAP
        placed.append(
            TaskImage(id=row.id, parent_id=row.parent_id, position=position, fields=row.fields)
        )
    return placed


def _node_image(node: WbsNode, node_ids: dict[str, UUID]) -> TaskImage:
    parent_id = node_ids.get(node.parent_id or "")
    activity = Activity(node.id, node.name or node.code, ActivityKind.SUMMARY)
    fields = _fields(activity, node.code, None)
    return TaskImage(id=node_ids[node.id], parent_id=parent_id, position=0, fields=fields)


def _image(
    activity: Activity,
    code: str,
    task_id: UUID,
    parent_id: UUID | None,
    calendar_ids: dict[str, UUID],
) -> TaskImage:
    calendar_id = calendar_ids.get(activity.calendar_id)
    fields = _fields(activity, code, calendar_id)
    return TaskImage(id=task_id, parent_id=parent_id, position=0, fields=fields)


def _fields(activity: Activity, code: str, calendar_id: UUID | None) -> TaskFields:
    primary = activity.primary or Constraint(ConstraintKind.AS_SOON_AS_POSSIBLE)
    secondary = activity.secondary
    pinned = activity.pinned or (None, None)
    return TaskFields(
        code=code[:120],
        name=(activity.name or code or activity.id)[:500],
        kind=activity.kind,
        duration_minutes=max(0, activity.duration),
        elapsed_duration=activity.free_of_calendar,
        calendar_id=calendar_id,
        pinned_start=pinned[0],
        pinned_finish=pinned[1],
        constraint_kind=primary.kind,
        constraint_at=primary.at,
        second_constraint_kind=None if secondary is None else secondary.kind,
        second_constraint_at=None if secondary is None else secondary.at,
        deadline=activity.deadline,
        expected_finish=activity.expected_finish,
        percent_complete=Decimal(str(round(min(100.0, max(0.0, activity.percent)) / 100, 6))),
        remaining_minutes=activity.remaining,
        actual_start=activity.actual_start,
        actual_finish=activity.actual_finish,
        suspended_at=activity.suspended,
        resumed_at=activity.resumed,
        note="",
    )
