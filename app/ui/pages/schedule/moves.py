"""Where rows go when they are indented, outdented or inserted; values in, places out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core.schedule.network import ActivityKind
from app.services.schedule.views import TaskView
from app.ui.pages.schedule.picture import Picture


@dataclass(frozen=True, slots=True)
class Place:
    """Below a parent (None: top), right after a sibling (None: first)."""

    parent_id: UUID | None
    after_id: UUID | None


@dataclass(frozen=True, slots=True)
class Move:
    """A row with the place that it leaves and the one that it takes."""

    task_id: UUID
    left: Place
    taken: Place


def topmost(picture: Picture, ids: Collection[UUID]) -> list[UUID]:
    """The ids in outline order without those whose ancestor is among them too."""
    wanted = set(ids)
    found: list[UUID] = []
    for task in picture.plan.tasks:
        if task.id not in wanted:
            continue
        if any(parent in wanted for parent in ancestors(picture, task.id)):
            continue
        found.append(task.id)
    return found


def ancestors(picture: Picture, task_id: UUID) -> list[UUID]:
    """The parents of a row, nearest first."""
    found: list[UUID] = []
    at = picture.by_id.get(task_id)
    while at is not None and at.parent_id is not None:
        found.append(at.parent_id)
        at = picture.by_id.get(at.parent_id)
    return found


def place_of(picture: Picture, task_id: UUID) -> Place:
    """Where a row stands."""
    task = picture.by_id[task_id]
    return Place(task.parent_id, _before(picture.children(task.parent_id), task_id))


def indented(picture: Picture, ids: Sequence[UUID]) -> list[Move]:
    """Each topmost row below the sibling before it; rows without one stay."""
    chosen = topmost(picture, ids)
    moves: list[Move] = []
    last_below: dict[UUID, UUID | None] = {}
    for task_id in chosen:
        left = place_of(picture, task_id)
        target = _unchosen_before(picture, task_id, set(chosen))
        if target is None:
            continue
        if target not in last_below:
            below = picture.children(target)
            last_below[target] = below[-1].id if below else None
        moves.append(Move(task_id, left, Place(target, last_below[target])))
        last_below[target] = task_id
    return moves


def outdented(picture: Picture, ids: Sequence[UUID]) -> list[Move]:
    """Each topmost row right behind its parent, in order; rows at the top stay."""
    moves: list[Move] = []
    behind: dict[UUID, UUID] = {}
    for task_id in topmost(picture, ids):
        left = place_of(picture, task_id)
        parent = None if left.parent_id is None else picture.by_id.get(left.parent_id)
        if parent is None:
            continue
        after = behind.get(parent.id, parent.id)
        moves.append(Move(task_id, left, Place(parent.parent_id, after)))
        behind[parent.id] = task_id
    return moves


def place_to_insert(picture: Picture, current: UUID | None) -> Place:
    """Above the current row as in MS Project, or at the very end without one."""
    if current is not None and current in picture.by_id:
        return place_of(picture, current)
    top = picture.children(None)
    return Place(None, top[-1].id if top else None)


def place_to_append(picture: Picture, last: UUID | None) -> Place:
    """Behind a row as its sibling (for rows pasted below the last one)."""
    task = None if last is None else picture.by_id.get(last)
    if task is None:
        return place_to_insert(picture, None)
    if task.values.kind is ActivityKind.SUMMARY and not picture.children(task.id):
        return Place(task.id, None)
    return Place(task.parent_id, task.id)


def _before(siblings: list[TaskView], task_id: UUID) -> UUID | None:
    ids = [task.id for task in siblings]
    at = ids.index(task_id)
    return ids[at - 1] if at else None


def _unchosen_before(picture: Picture, task_id: UUID, chosen: set[UUID]) -> UUID | None:
    siblings = [task.id for task in picture.children(picture.by_id[task_id].parent_id)]
    before = [other for other in siblings[: siblings.index(task_id)] if other not in chosen]
    return before[-1] if before else None
