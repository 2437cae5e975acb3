"""The index finds exactly the links near the visible rows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.links import (
    MOST_PASSING,
    NEAR_ROWS,
    GanttLink,
    LinkIndex,
    LinkKind,
    LinkTable,
)

ROWS = 300
PAIRS = st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=80)


def table(pairs: list[tuple[int, int]]) -> LinkTable:
    return LinkTable.of([GanttLink(a, b) for a, b in pairs], {at: at for at in range(ROWS)})


@given(PAIRS, st.integers(0, ROWS - 1), st.integers(1, 60))
def test_near_links_and_links_that_end_here_are_all_found(
    pairs: list[tuple[int, int]], first: int, height: int
) -> None:
    last = first + height
    index = LinkIndex.of(table(pairs), np.arange(ROWS, dtype=np.int32))
    found = index.between(first, last).tolist()
    assert len(set(found)) == len(found)
    for number, ends in enumerate(pairs):
        upper, lower = min(ends), max(ends)
        crosses = upper < last and lower >= first
        if number in found:
            assert crosses
        else:
            touches = first <= upper < last or first <= lower < last
            assert not (crosses and (touches or lower - upper <= NEAR_ROWS))


def test_far_links_that_only_pass_are_culled() -> None:
    pairs = [(0, ROWS - 1)] * (MOST_PASSING + 50)
    index = LinkIndex.of(table(pairs), np.arange(ROWS, dtype=np.int32))
    assert len(index.between(150, 180)) == MOST_PASSING
    assert len(index.between(0, 30)) == len(pairs)


def test_links_to_hidden_rows_drop_out() -> None:
    position = np.arange(ROWS, dtype=np.int32)
    position[5] = -1
    index = LinkIndex.of(table([(4, 5), (6, 7)]), position)
    assert index.between(0, 20).tolist() == [1]


def test_kinds_know_their_ends() -> None:
    ends = {kind: (kind.from_finish, kind.to_start) for kind in LinkKind}
    assert ends == {
        LinkKind.FS: (True, True),
        LinkKind.SS: (False, True),
        LinkKind.FF: (True, False),
        LinkKind.SF: (False, False),
    }
