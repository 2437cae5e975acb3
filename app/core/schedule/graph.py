"""Order and cycles of a link network; Kahn's ordering and walks without recursion."""

from collections import deque
from collections.abc import Iterable, Sequence

from app.core.schedule.network import Link


def topological_order(successors: Sequence[Sequence[int]]) -> list[int]:
    """Indices with every predecessor first. Indices on or behind a cycle are missing."""
    waiting = [0] * len(successors)
    for targets in successors:
        for target in targets:
            waiting[target] += 1
    ready = deque(index for index, count in enumerate(waiting) if count == 0)
    order: list[int] = []
    while ready:
        index = ready.popleft()
        order.append(index)
        for target in successors[index]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return order


def cycle_in(successors: Sequence[Sequence[int]]) -> list[int] | None:
    """Indices of one whole cycle in the order of its links, or None. Each index appears once."""
    ordered = set(topological_order(successors))
    left = [index for index in range(len(successors)) if index not in ordered]
    if not left:
        return None
    # Going back from any index that could not be ordered must come round to a cycle.
    inside = set(left)
    predecessor_of: dict[int, int] = {}
    for index in left:
        for target in successors[index]:
            if target in inside:
                predecessor_of[target] = index
    walk: list[int] = []
    seen_at: dict[int, int] = {}
    index = left[0]
    while index not in seen_at:
        seen_at[index] = len(walk)
        walk.append(index)
        index = predecessor_of[index]
    return walk[seen_at[index] :][::-1]


def _adjacency(links: Iterable[Link]) -> tuple[list[str], list[list[int]]]:
    index_of: dict[str, int] = {}
    successors: list[list[int]] = []
    for link in links:
        for activity_id in (link.predecessor_id, link.successor_id):
            if activity_id not in index_of:
                index_of[activity_id] = len(successors)
                successors.append([])
        successors[index_of[link.predecessor_id]].append(index_of[link.successor_id])
    return list(index_of), successors


def find_cycle(links: Iterable[Link]) -> list[str] | None:
    """The ids of one whole cycle in the order of its links (the last leads to the first)."""
    ids, successors = _adjacency(links)
    cycle = cycle_in(successors)
    return None if cycle is None else [ids[index] for index in cycle]
