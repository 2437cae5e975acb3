"""Moving a task in the outline: order, indent, outdent."""

from typing import ClassVar
from uuid import UUID

from app.core.errors import Refused
from app.core.merge import GroupClash
from app.core.people import PLANNING
from app.core.schedule.network import ActivityKind
from app.models.schedule import Task
from app.services.commands import Command, CommandPart
from app.services.schedule.logic import refuse_cycle
from app.services.schedule.places import place_among, siblings
from app.services.tx import Clash, Tx


class MoveTask(Command, frozen=True, kw_only=True):
    """Puts a task below another parent or among its siblings; `base_parent_id` is what was seen."""

    KIND: ClassVar[str] = "schedule.move_task"

    task_id: UUID
    base_parent_id: UUID | None
    parent_id: UUID | None
    after_id: UUID | None


def move_task(command: MoveTask, tx: Tx) -> None:
    """Moves the task with all below it. Clash if it was moved elsewhere meanwhile."""
    task = tx.find(Task, command.task_id)
    if task is None:
        raise Clash("task", command.task_id, (), "reconcile.row_deleted")
    if task.parent_id not in (command.base_parent_id, command.parent_id):
        raise Clash("task", task.id, (_clash(command, task),), "reconcile.changed_meanwhile")
    _refuse_own_child(tx, task, command.parent_id)
    left = task.parent_id
    position = place_among(tx, command.parent_id, command.after_id, mover=task.id)
    tx.change(task, {"parent_id": command.parent_id, "position": position})
    tx.session.flush()
    if left is not None and left != command.parent_id:
        _make_work_again(tx, left)
    refuse_cycle(tx)


def _clash(command: MoveTask, task: Task) -> GroupClash:
    return GroupClash(
        "place",
        {"parent_id": command.base_parent_id},
        {"parent_id": command.parent_id},
        {"parent_id": task.parent_id},
    )


def _refuse_own_child(tx: Tx, task: Task, parent_id: UUID | None) -> None:
    above = parent_id
    while above is not None:
        if above == task.id:
            raise Refused("schedule.below_itself", name=task.name)
        parent = tx.find(Task, above)
        above = None if parent is None else parent.parent_id


def _make_work_again(tx: Tx, parent_id: UUID) -> None:
    """A summary whose last child left is work again, if it ever was (it has a duration)."""
    parent = tx.find(Task, parent_id)
    if parent is None or parent.kind is not ActivityKind.SUMMARY or not parent.duration_minutes:
        return
    if not siblings(tx, parent_id):
        tx.change(parent, {"kind": ActivityKind.TASK})


PARTS = (CommandPart(MoveTask, move_task, PLANNING),)
