"""Pages cover the whole plan once, and neighbours overlap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.printing.tiling import OVERLAP, tiled


@given(
    st.integers(0, 500),
    st.integers(1, 60),
    st.floats(1, 9_000),
    st.floats(1, 900),
    st.floats(1, 1_500),
)
def test_every_row_and_every_day_is_on_a_page(
    rows: int, rows_a_page: int, width: float, first: float, following: float
) -> None:
    tiling = tiled(rows, rows_a_page, width, first, following)
    assert len(tiling.tiles) == tiling.across * tiling.down
    assert [tile.number for tile in tiling.tiles] == list(range(1, len(tiling.tiles) + 1))
    band = tiling.tiles[: tiling.across]
    assert band[0].left == 0
    assert band[-1].right >= width - 1e-6
    for here, there in pairwise(band):
        assert here.right - there.left == pytest.approx(OVERLAP, abs=1e-6)
    printed = [row for t in tiling.tiles if not t.across for row in range(t.first_row, t.last_row)]
    assert printed == list(range(rows))


def test_neighbours_are_named_by_page_number() -> None:
    tiling = tiled(50, 20, 1_000, 400, 500)
    assert (tiling.across, tiling.down) == (3, 3)
    middle = tiling.tiles[4]
    assert tiling.beside(middle, 1) == 6
    assert tiling.beside(middle, -1) == 4
    assert tiling.below(middle, 1) == 8
    assert tiling.below(middle, -1) == 2
    corner = tiling.tiles[0]
    assert tiling.beside(corner, -1) is None
    assert tiling.below(corner, -1) is None


def test_nothing_to_print_is_one_page() -> None:
    tiling = tiled(0, 20, 0, 400, 500)
    assert len(tiling.tiles) == 1
    assert tiling.tiles[0].last_row == 0
