from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.graph import find_cycle, topological_order
from app.core.schedule.network import Link

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)


def links_of(edges: list[tuple[int, int]]) -> list[Link]:
    return [Link(str(before), str(after)) for before, after in edges]


def is_cycle(cycle: list[str], links: list[Link]) -> bool:
    pairs = {(link.predecessor_id, link.successor_id) for link in links}
    return all(pair in pairs for pair in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


def reachable(edges: list[tuple[int, int]], start: int) -> set[int]:
    found = {start}
    while True:
        more = {after for before, after in edges if before in found} - found
        if not more:
            return found
        found |= more


@settings(deadline=None)
@given(EDGES)
def test_a_named_cycle_is_a_whole_cycle_and_none_is_overlooked(
    edges: list[tuple[int, int]],
) -> None:
    links = links_of(edges)
    cycle = find_cycle(links)
    exists = any(before in reachable(edges, after) for before, after in edges)
    assert (cycle is not None) == exists
    if cycle is not None:
        assert len(set(cycle)) == len(cycle)
        assert is_cycle(cycle, links)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] < e[1])))
def test_predecessors_come_first(edges: list[tuple[int, int]]) -> None:
    successors: list[list[int]] = [[] for _ in range(10)]
    for before, after in edges:
        successors[before].append(after)
    order = topological_order(successors)
    assert sorted(order) == list(range(10))
    assert all(order.index(before) < order.index(after) for before, after in edges)


def test_a_cycle_of_thousands_is_named_without_recursion() -> None:
    links = [Link(f"a{i}", f"a{(i + 1) % 20_000}") for i in range(20_000)]
    cycle = find_cycle(links)
    assert cycle is not None
    assert len(cycle) == 20_000
