"""Tasks: adding, editing, deleting and bringing back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from app.core.errors import Refused
from app.core.people import PLANNING
from app.core.schedule.network import (
    UNDATED_CONSTRAINTS,
    ActivityKind,
    ConstraintKind,
    LagKind,
    LinkType,
)
from app.models.schedule import Task, TaskLink, WorkCalendar
from app.services.commands import Command, CommandPart
from app.services.fields import Code, Fields, LongName, Note, base_and_mine
from app.services.schedule.logic import refuse_cycle
from app.services.schedule.places import place_among, subtree
from app.services.schedule.values import Lag, Minutes, SiteTime, check_times
from app.services.tx import Clash, Tx

GROUPS = {
    "identity": ("code", "name", "kind"),
    "timing": (
        "duration_minutes",
        "elapsed_duration",
        "calendar_id",
        "pinned_start",
        "pinned_finish",
    ),
    "constraint": (
        "constraint_kind",
        "constraint_at",
        "second_constraint_kind",
        "second_constraint_at",
        "deadline",
        "expected_finish",
    ),
    "progress": (
        "percent_complete",
        "remaining_minutes",
        "actual_start",
        "actual_finish",
        "suspended_at",
        "resumed_at",
    ),
    "note": ("note",),
}

TIMES = (
    "constraint_at",
    "second_constraint_at",
    "deadline",
    "expected_finish",
    "actual_start",
    "actual_finish",
    "suspended_at",
    "resumed_at",
    "pinned_start",
    "pinned_finish",
)


class TaskFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a task where it stands."""

    code: Code | UnsetType = UNSET
    name: LongName | UnsetType = UNSET
    kind: ActivityKind | UnsetType = UNSET
    duration_minutes: Minutes | UnsetType = UNSET
    elapsed_duration: bool | UnsetType = UNSET
    calendar_id: UUID | UnsetType | None = UNSET
    pinned_start: SiteTime | UnsetType | None = UNSET
    pinned_finish: SiteTime | UnsetType | None = UNSET
    constraint_kind: ConstraintKind | UnsetType = UNSET
    constraint_at: SiteTime | UnsetType | None = UNSET
    second_constraint_kind: ConstraintKind | UnsetType | None = UNSET
    second_constraint_at: SiteTime | UnsetType | None = UNSET
    deadline: SiteTime | UnsetType | None = UNSET
    expected_finish: SiteTime | UnsetType | None = UNSET
    percent_complete: Decimal | UnsetType = UNSET
    remaining_minutes: Minutes | UnsetType | None = UNSET
    actual_start: SiteTime | UnsetType | None = UNSET
    actual_finish: SiteTime | UnsetType | None = UNSET
    suspended_at: SiteTime | UnsetType | None = UNSET
    resumed_at: SiteTime | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET


class AddTask(Command, frozen=True, kw_only=True):
    """Adds a task below `parent_id`, right after `after_id` (first where that is None)."""

    KIND: ClassVar[str] = "schedule.add_task"

    task_id: UUID
    parent_id: UUID | None = None
    after_id: UUID | None = None
    name: LongName
    code: Code = ""
    kind: ActivityKind = ActivityKind.TASK
    duration_minutes: Minutes = 0
    calendar_id: UUID | None = None


class EditTask(Command, frozen=True, kw_only=True):
    """Changes fields of a task; `base` holds what the editor saw of them."""

    KIND: ClassVar[str] = "schedule.edit_task"

    task_id: UUID
    base: TaskFields
    values: TaskFields


class DeleteTask(Command, frozen=True, kw_only=True):
    """Deletes a task with all below it and their links, if they are at the versions seen."""

    KIND: ClassVar[str] = "schedule.delete_task"

    task_id: UUID
    seen: dict[UUID, int]


class TaskImage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole task, to bring it back."""

    id: UUID
    parent_id: UUID | None
    position: int
    fields: TaskFields


class LinkImage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole link, to bring it back."""

    id: UUID
    predecessor_id: UUID
    successor_id: UUID
    type: LinkType
    lag: Lag
    lag_kind: LagKind


class RestoreTasks(Command, frozen=True, kw_only=True):
    """Brings deleted tasks and their links back as they were: undoes a deletion."""

    KIND: ClassVar[str] = "schedule.restore_tasks"

    tasks: tuple[TaskImage, ...]
    links: tuple[LinkImage, ...]


def find_task(tx: Tx, task_id: UUID) -> Task:
    """The task, or Refused."""
    task = tx.find(Task, task_id)
    if task is None:
        raise Refused("schedule.task_gone")
    return task


def add_task(command: AddTask, tx: Tx) -> None:
    """Adds the task; a parent that was work itself becomes a summary."""
    if tx.find(Task, command.task_id) is not None:
        raise Refused("schedule.task_exists")
    _check_calendar(tx, command.calendar_id)
    position = place_among(tx, command.parent_id, command.after_id)
    tx.add(
        Task(
            id=command.task_id,
            parent_id=command.parent_id,
            position=position,
            kind=command.kind,
            code=command.code,
            name=command.name,
            calendar_id=command.calendar_id,
            duration_minutes=command.duration_minutes,
            constraint_kind=ConstraintKind.AS_SOON_AS_POSSIBLE,
            percent_complete=Decimal(0),
        )
    )


def edit_task(command: EditTask, tx: Tx) -> None:
    """Merges an edit into the task. A task that is gone is a clash: the edit must not be lost."""
    base, mine = base_and_mine(command.base, command.values)
    _check_values(mine)
    task = tx.find(Task, command.task_id)
    if task is None:
        raise Clash("task", command.task_id, (), "reconcile.row_deleted")
    if mine.get("calendar_id") is not None:
        _check_calendar(tx, mine["calendar_id"])
    if tx.merge(task, GROUPS, base, mine):
        _check_sound(task)


def delete_task(command: DeleteTask, tx: Tx) -> None:
    """Deletes the subtree. Clash if anything of it was changed or added meanwhile."""
    tasks = subtree(tx, command.task_id)
    if not tasks:
        return
    if {task.id: task.row_version for task in tasks} != command.seen:
        raise Clash("task", command.task_id, (), "reconcile.changed_before_delete")
    ids = {task.id for task in tasks}
    tx.remove_rows(TaskLink, _links_at(tx, ids))
    tx.remove_rows(Task, ids)
    for task in tasks:
        tx.session.expunge(task)


def restore_tasks(command: RestoreTasks, tx: Tx) -> None:
    """Adds the rows again, below what is still there."""
    known = {image.id for image in command.tasks}
    for image in command.tasks:
        if tx.find(Task, image.id) is not None:
            raise Refused("schedule.task_exists")
        outside = image.parent_id is not None and image.parent_id not in known
        if outside and image.parent_id is not None:
            find_task(tx, image.parent_id)
    tx.insert_rows(Task, [task_row(image) for image in command.tasks])
    tx.insert_rows(TaskLink, [link_row(link) for link in command.links])
    refuse_cycle(tx)


def link_row(link: LinkImage) -> dict[str, Any]:
    """A link's columns."""
    return {name: getattr(link, name) for name in LinkImage.__struct_fields__}


def task_row(image: TaskImage) -> dict[str, Any]:
    """A task's columns. Refused if a field is left out."""
    fields = {name: getattr(image.fields, name) for name in TaskFields.__struct_fields__}
    missing = [name for name, value in fields.items() if value is UNSET]
    if missing:
        raise Refused("sync.payload_malformed", kind=RestoreTasks.KIND, detail=missing[0])
    _check_values(fields)
    return {"id": image.id, "parent_id": image.parent_id, "position": image.position, **fields}


def _links_at(tx: Tx, ids: set[UUID]) -> list[UUID]:
    links = tx.session.execute(
        select(TaskLink.id, TaskLink.predecessor_id, TaskLink.successor_id).where(
            TaskLink.scope_id == tx.scope_id
        )
    )
    return [link.id for link in links if link.predecessor_id in ids or link.successor_id in ids]


def _check_values(values: Mapping[str, Any]) -> None:
    check_times(*(values.get(name) for name in TIMES))
    share = values.get("percent_complete", Decimal(0))
    if not 0 <= share <= 1 or share != share.quantize(Decimal("0.000001")):
        raise Refused("schedule.percent_out_of_range", percent=str(share * 100)[:20])


def _check_calendar(tx: Tx, calendar_id: UUID | None) -> None:
    if calendar_id is not None and tx.find(WorkCalendar, calendar_id) is None:
        raise Refused("schedule.calendar_gone")


def _check_sound(task: Task) -> None:
    if task.actual_finish is not None:
        if task.actual_start is None:
            raise Refused("schedule.finished_without_start", name=task.name)
        if task.actual_finish < task.actual_start:
            raise Refused("schedule.finish_before_start", name=task.name)
    _check_constraint(task.name, {task.constraint_kind: task.constraint_at})
    if task.second_constraint_kind is not None:
        _check_constraint(task.name, {task.second_constraint_kind: task.second_constraint_at})


def _check_constraint(name: str, constraint: Mapping[ConstraintKind, object]) -> None:
    for kind, at in constraint.items():
        if (at is None) != (kind in UNDATED_CONSTRAINTS):
            raise Refused("schedule.constraint_date", name=name)


PARTS = (
    CommandPart(AddTask, add_task, PLANNING),
    CommandPart(EditTask, edit_task, PLANNING),
    CommandPart(DeleteTask, delete_task, PLANNING),
    CommandPart(RestoreTasks, restore_tasks, PLANNING, bulk=True),
)
