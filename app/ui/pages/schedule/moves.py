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
    """Each topmost row below the sibling before it; undone backwards. Rows without one stay."""
    outline, moves = _Outline(picture), list[Move]()
    chosen = topmost(picture, ids)
    for task_id in chosen:
        siblings = outline.siblings(task_id)
        before = [row for row in siblings[: siblings.index(task_id)] if row not in chosen]
        if before:
            below = outline.children(before[-1])
            place = Place(before[-1], below[-1] if below else None)
            moves.append(outline.move(task_id, place))
    return moves


def outdented(picture: Picture, ids: Sequence[UUID]) -> list[Move]:
    """Each topmost row behind its parent, in order; undone backwards. Rows at the top stay."""
    outline, moves = _Outline(picture), list[Move]()
    behind: dict[UUID, UUID] = {}
    for task_id in topmost(picture, ids):
        parent = outline.parent(task_id)
        if parent is None:
            continue
        place = Place(outline.parent(parent), behind.get(parent, parent))
        moves.append(outline.move(task_id, place))
        behind[parent] = task_id
    return moves


class _Outline:
    """Parents and orders of rows, moved as the moves go on."""

    def __init__(self, picture: Picture) -> None:
        self._parent = {task.id: task.parent_id for task in picture.plan.tasks}
        self._children: dict[UUID | None, list[UUID]] = {None: []}
        for task in picture.plan.tasks:
            self._children.setdefault(task.parent_id, []).append(task.id)

    def parent(self, task_id: UUID) -> UUID | None:
        return self._parent[task_id]

    def children(self, task_id: UUID | None) -> list[UUID]:
        return self._children.get(task_id, [])

    def siblings(self, task_id: UUID) -> list[UUID]:
        return self._children[self._parent[task_id]]

    def move(self, task_id: UUID, taken: Place) -> Move:
        siblings = self.siblings(task_id)
        at = siblings.index(task_id)
        left = Place(self._parent[task_id], siblings[at - 1] if at else None)
        siblings.remove(task_id)
        target = self._children.setdefault(taken.parent_id, [])
        target.insert(0 if taken.after_id is None else target.index(taken.after_id) + 1, task_id)
        self._parent[task_id] = taken.parent_id
        return Move(task_id, left, taken)


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
