"""Edits of a plan as undoable steps: each made with the values seen, and with its inverse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.core.errors import Reason
from app.core.schedule.network import ActivityKind
from app.services.commands import Command
from app.services.schedule.links import EditLink, LinkFields, LinkTasks, UnlinkTasks
from app.services.schedule.outline import MoveTask
from app.services.schedule.settings import EditSettings, SettingsFields
from app.services.schedule.tasks import (
    AddTask,
    DeleteTask,
    EditTask,
    LinkImage,
    RestoreTasks,
    TaskFields,
    TaskImage,
)
from app.services.schedule.views import LinkView, SettingsValues, TaskView
from app.ui.pages.schedule.cell_edits import Edit
from app.ui.pages.schedule.moves import Move
from app.ui.pages.schedule.picture import Picture

Make = Callable[[], Command]
Seen = Callable[[], Picture | None]


@dataclass(frozen=True, slots=True)
class Act:
    """One command and those that take it back, made fresh each time.

    `mend` puts right, after all inverses of an action, what they alone leave behind.
    """

    again: Make
    inverse: Callable[[], Sequence[Command]]
    mend: Make | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a person did, with its name. Acts are undone backwards."""

    name: Reason
    acts: tuple[Act, ...]


def edit_task(scope_id: UUID, task: TaskView, edit: Edit) -> Act:
    """Changes fields of a task; the base is the whole groups as seen."""
    before, after = task.values, replace(task.values, **edit)
    there = EditTask(
        scope_id=scope_id,
        task_id=task.id,
        base=before.base_of(*edit),
        values=TaskFields(**edit),
    )
    back = EditTask(
        scope_id=scope_id,
        task_id=task.id,
        base=after.base_of(*edit),
        values=TaskFields(**{name: getattr(before, name) for name in edit}),
    )
    return Act(lambda: there, lambda: (back,))


def edit_settings(scope_id: UUID, seen: SettingsValues, edit: dict[str, Any]) -> Act:
    """Changes settings of the schedule."""
    after = replace(seen, **edit)
    there = EditSettings(scope_id=scope_id, base=seen.base_of(*edit), values=SettingsFields(**edit))
    back = EditSettings(
        scope_id=scope_id,
        base=after.base_of(*edit),
        values=SettingsFields(**{name: getattr(seen, name) for name in edit}),
    )
    return Act(lambda: there, lambda: (back,))


def add_task(command: AddTask, seen: Seen) -> Act:
    """Adds a task; taken back with whatever versions are seen then."""
    return Act(lambda: command, lambda: (_deletion(command.scope_id, command.task_id, seen),))


def add_rows(scope_id: UUID, images: Sequence[TaskImage], seen: Seen) -> Act:
    """Adds many rows at once, none below another."""
    there = RestoreTasks(scope_id=scope_id, tasks=tuple(images), links=())
    ids = [image.id for image in images]
    return Act(lambda: there, lambda: [_deletion(scope_id, row, seen) for row in ids])


def _deletion(scope_id: UUID, task_id: UUID, seen: Seen) -> DeleteTask:
    picture = seen()
    rows = () if picture is None else picture.plan.below(task_id)
    versions = {row.id: row.row_version for row in rows} or {task_id: 1}
    return DeleteTask(scope_id=scope_id, task_id=task_id, seen=versions)


def delete_tasks(
    scope_id: UUID, ids: Sequence[UUID], picture: Picture, seen: Seen
) -> tuple[Act, ...]:
    """Deletes tasks with all below them; brought back with the images of rows and links.

    A link between two of them comes back with the one deleted first, for that one comes back last.
    """
    taken: set[UUID] = set()
    acts: list[Act] = []
    for task_id in ids:
        below = {row.id for row in picture.plan.below(task_id)}
        links = [link for row in below for link in picture.links_at.get(row, ())]
        mine = {link.id: link for link in links if link.id not in taken}
        taken |= mine.keys()
        acts.append(_delete_task(scope_id, task_id, picture, tuple(mine.values()), seen))
    return tuple(acts)


def _delete_task(
    scope_id: UUID, task_id: UUID, picture: Picture, links: tuple[LinkView, ...], seen: Seen
) -> Act:
    rows = picture.plan.below(task_id)
    restore = RestoreTasks(
        scope_id=scope_id,
        tasks=tuple(task_image(row) for row in rows),
        links=tuple(link_image(link) for link in links),
    )

    def there() -> Command:
        now = seen()
        again = rows if now is None else now.plan.below(task_id) or rows
        versions = {row.id: row.row_version for row in again}
        return DeleteTask(scope_id=scope_id, task_id=task_id, seen=versions)

    return Act(there, lambda: (restore,))


def move_task(scope_id: UUID, move: Move, picture: Picture) -> Act:
    """Moves a task. A milestone that became a summary by it is made what it was on the way back."""
    there = MoveTask(
        scope_id=scope_id,
        task_id=move.task_id,
        base_parent_id=move.left.parent_id,
        parent_id=move.taken.parent_id,
        after_id=move.taken.after_id,
    )
    back = MoveTask(
        scope_id=scope_id,
        task_id=move.task_id,
        base_parent_id=move.taken.parent_id,
        parent_id=move.left.parent_id,
        after_id=move.left.after_id,
    )
    parent = _no_longer_itself(picture, move.taken.parent_id)
    if parent is None:
        return Act(lambda: there, lambda: (back,))
    summary = replace(parent.values, kind=ActivityKind.SUMMARY)
    mend = EditTask(
        scope_id=scope_id,
        task_id=parent.id,
        base=summary.base_of("kind"),
        values=TaskFields(kind=parent.values.kind),
    )
    return Act(lambda: there, lambda: (back,), lambda: mend)


def _no_longer_itself(picture: Picture, parent_id: UUID | None) -> TaskView | None:
    """The row that becomes a summary and would not become what it was by itself."""
    parent = None if parent_id is None else picture.by_id.get(parent_id)
    if parent is None or parent.values.kind is ActivityKind.SUMMARY:
        return None
    plain = parent.values.kind is ActivityKind.TASK and parent.values.duration_minutes > 0
    return None if plain else parent


def link_tasks(command: LinkTasks) -> Act:
    """Links two tasks."""
    fields = LinkFields(type=command.type, lag=command.lag, lag_kind=command.lag_kind)
    back = UnlinkTasks(scope_id=command.scope_id, link_id=command.link_id, base=fields)
    return Act(lambda: command, lambda: (back,))


def unlink(scope_id: UUID, link: LinkView) -> Act:
    """Removes a link."""
    there = UnlinkTasks(scope_id=scope_id, link_id=link.id, base=link.fields())
    back = LinkTasks(
        scope_id=scope_id,
        link_id=link.id,
        predecessor_id=link.predecessor_id,
        successor_id=link.successor_id,
        type=link.type,
        lag=link.lag,
        lag_kind=link.lag_kind,
    )
    return Act(lambda: there, lambda: (back,))


def edit_link(scope_id: UUID, link: LinkView, edit: dict[str, Any]) -> Act:
    """Changes a link's type or lag."""
    after = replace(link, **edit)
    there = EditLink(
        scope_id=scope_id, link_id=link.id, base=link.fields(), values=LinkFields(**edit)
    )
    back = EditLink(
        scope_id=scope_id,
        link_id=link.id,
        base=after.fields(),
        values=LinkFields(**{name: getattr(link, name) for name in edit}),
    )
    return Act(lambda: there, lambda: (back,))


def task_image(row: TaskView) -> TaskImage:
    """The whole task."""
    return TaskImage(
        id=row.id, parent_id=row.parent_id, position=row.position, fields=row.values.fields()
    )


def link_image(link: LinkView) -> LinkImage:
    """The whole link."""
    return LinkImage(
        id=link.id,
        predecessor_id=link.predecessor_id,
        successor_id=link.successor_id,
        type=link.type,
        lag=link.lag,
        lag_kind=link.lag_kind,
    )
