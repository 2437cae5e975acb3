"""Collapsed branches: the NumPy way against the plain walk over the tree."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.outline import Outline, hidden_rows
from app.ui.kit.gantt.rows import subtree_ends
from tests.ui.kit.gantt.sample_plan import many_rows, sample_rows


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=80))
def test_hidden_rows_are_those_below_a_collapsed_one(tree: list[tuple[int, bool]]) -> None:
    levels = np.array([level for level, _ in tree], np.int16)
    closed = np.array([shut for _, shut in tree], np.bool_)
    found = hidden_rows(subtree_ends(levels), closed)
    shut_at: int | None = None
    for at, (level, shut) in enumerate(tree):
        if shut_at is not None and level <= shut_at:
            shut_at = None
        assert found[at] == (shut_at is not None)
        if shut and shut_at is None:
            shut_at = level


def test_collapsing_hides_and_expanding_shows() -> None:
    outline = Outline.of(sample_rows())
    assert len(outline) == 40
    closed = outline.with_expanded(1, False)
    assert len(closed) == 34
    assert closed.position[2] == -1
    assert closed.shown[2] == 8
    assert len(closed.with_expanded(1, True)) == 40
    assert len(outline.with_all(False)) == 1


def test_revealing_opens_every_ancestor_and_nothing_else() -> None:
    outline = Outline.of(sample_rows()).with_all(False)
    shown = outline.revealing(13)
    assert shown.position[13] >= 0
    assert bool(shown.expanded[0])
    assert bool(shown.expanded[12])
    assert not bool(shown.expanded[1])
    assert shown.revealing(13) is shown


def test_large_plans_keep_rows_and_positions_inverse() -> None:
    outline = Outline.of(many_rows(2_000)).with_expanded(10, False)
    assert (outline.position[outline.shown] == np.arange(len(outline))).all()
    assert len(outline) == 1_991
