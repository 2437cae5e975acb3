"""The logic of a schedule as a graph in which no way may lead back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refused
from app.core.schedule.graph import find_cycle
from app.core.schedule.network import ActivityKind, Link, LinkType
from app.models.schedule import Task, TaskLink
from app.services.schedule.places import names
from app.services.tx import Tx

FROM_START = (LinkType.SS, LinkType.SF)


def refuse_cycle(tx: Tx) -> None:
    """Refuses what the transaction did if its links, with the outline, now close a cycle."""
    cycle = find_cycle(_edges(tx))
    if cycle is None:
        return
    ids: list[UUID] = []
    for point in cycle:
        task_id = UUID(point.partition("#")[0])
        if task_id not in ids:
            ids.append(task_id)
    called = names(tx, ids)
    raise Refused("schedule.cycle", cycle=" → ".join([*called, called[0]]))


def _edges(tx: Tx) -> Iterable[Link]:
    """Links between tasks; a summary counts as two points, with all below it in between."""
    tasks = tx.session.execute(
        select(Task.id, Task.parent_id, Task.kind).where(Task.scope_id == tx.scope_id)
    ).all()
    summaries = {task.id for task in tasks if task.kind is ActivityKind.SUMMARY}

    def point(task_id: UUID, end: str) -> str:
        return f"{task_id}#{end}" if task_id in summaries else str(task_id)

    linked = tx.session.execute(
        select(TaskLink.predecessor_id, TaskLink.successor_id, TaskLink.type).where(
            TaskLink.scope_id == tx.scope_id
        )
    ).all()
    bound = {end for link in linked for end in (link.predecessor_id, link.successor_id)}
    if bound & summaries:
        for task in tasks:
            if task.parent_id is not None:
                yield Link(point(task.parent_id, "start"), point(task.id, "start"))
                yield Link(point(task.id, "finish"), point(task.parent_id, "finish"))
    for link in linked:
        leaves = "start" if link.type in FROM_START else "finish"
        yield Link(point(link.predecessor_id, leaves), point(link.successor_id, "start"))
