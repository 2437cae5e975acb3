"""Where a task stands in the outline: parents, siblings, and room between them."""

from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refused
from app.core.schedule.network import ActivityKind
from app.models.schedule import Task
from app.services.tx import Tx

GAP = 1 << 20
"""Room left between two neighbours, for twenty insertions at the same place."""


def siblings(tx: Tx, parent_id: UUID | None) -> list[Task]:
    """The children of a task (top rows for None), in order."""
    found = select(Task).where(Task.scope_id == tx.scope_id, Task.parent_id == parent_id)
    if parent_id is None:
        found = select(Task).where(Task.scope_id == tx.scope_id, Task.parent_id.is_(None))
    return list(tx.session.scalars(found.order_by(Task.position, Task.id)))


def place_among(
    tx: Tx, parent_id: UUID | None, after_id: UUID | None, mover: UUID | None = None
) -> int:
    """A position below `parent_id` right after `after_id` (None: first; gone: last).

    `mover` is a row that is on its way and does not count as a sibling. A parent that was work
    becomes a summary. Refused if the parent is gone.
    """
    if parent_id is not None:
        _make_summary(tx, parent_id)
    rows = [row for row in siblings(tx, parent_id) if row.id != mover]
    ids = [row.id for row in rows]
    at = 0 if after_id is None else ids.index(after_id) + 1 if after_id in ids else len(ids)
    before = rows[at - 1].position if at else 0
    if at == len(rows):
        return before + GAP
    room = rows[at].position - before
    if room > 1:
        return before + room // 2
    for index, row in enumerate(rows):
        tx.change(row, {"position": (index + 1 + (index >= at)) * GAP})
    return (at + 1) * GAP


def _make_summary(tx: Tx, parent_id: UUID) -> None:
    parent = tx.find(Task, parent_id)
    if parent is None:
        raise Refused("schedule.parent_gone")
    if parent.kind is not ActivityKind.SUMMARY:
        tx.change(parent, {"kind": ActivityKind.SUMMARY})


def subtree(tx: Tx, root_id: UUID) -> list[Task]:
    """The task and everything below it, parents first; empty if it is gone."""
    root = tx.find(Task, root_id)
    if root is None:
        return []
    found, level = [root], [root.id]
    while level:
        below: list[Task] = []
        for start in range(0, len(level), 500):
            chunk = level[start : start + 500]
            below += tx.session.scalars(
                select(Task).where(Task.scope_id == tx.scope_id, Task.parent_id.in_(chunk))
            )
        found += below
        level = [task.id for task in below]
    return found


def names(tx: Tx, ids: list[UUID]) -> list[str]:
    """What people call the tasks: code and name, in the order asked."""
    rows = tx.session.execute(
        select(Task.id, Task.code, Task.name).where(Task.scope_id == tx.scope_id, Task.id.in_(ids))
    )
    called = {row.id: f"{row.code} {row.name}".strip() for row in rows}
    return [called.get(task_id, "?") for task_id in ids]
