"""How a wide and long plan is cut into pages; pure arithmetic."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

OVERLAP = 24.0
_LEAST_CHART = 120.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One page's part: rows [first_row, last_row) and chart pixels [left, right).

    `across` and `down` count from 0; `number` is the page number from 1, row band by row band.
    """

    number: int
    across: int
    down: int
    first_row: int
    last_row: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Tiling:
    """All pages of a plan, in the order of printing."""

    tiles: tuple[Tile, ...]
    across: int
    down: int

    def beside(self, tile: Tile, step: int) -> int | None:
        """Page number of the tile `step` (1 or -1) to the right, None at the edge."""
        across = tile.across + step
        return tile.number + step if 0 <= across < self.across else None

    def below(self, tile: Tile, step: int) -> int | None:
        """Page number of the tile `step` (1 or -1) downwards, None at the edge."""
        down = tile.down + step
        return tile.number + step * self.across if 0 <= down < self.down else None


def tiled(
    rows: int, rows_a_page: int, chart_width: float, first_room: float, next_room: float
) -> Tiling:
    """Cut `rows` and a chart `chart_width` px wide into pages.

    The first page across has `first_room` px for the chart (the whole table stands beside it),
    further ones `next_room`. Neighbours overlap by `OVERLAP` px. There is one page at least.
    """
    edges = _column_edges(chart_width, max(first_room, _LEAST_CHART), max(next_room, _LEAST_CHART))
    bands = max(ceil(rows / max(rows_a_page, 1)), 1)
    tiles = []
    for down in range(bands):
        first = down * rows_a_page
        last = min(first + rows_a_page, rows)
        for across, (left, right) in enumerate(edges):
            number = down * len(edges) + across + 1
            tiles.append(Tile(number, across, down, first, last, left, right))
    return Tiling(tuple(tiles), len(edges), bands)


def _column_edges(width: float, first: float, following: float) -> list[tuple[float, float]]:
    if width <= first:
        return [(0.0, max(width, 1.0))]
    stops = [0.0, first]
    while stops[-1] < width:
        stops.append(stops[-1] + following - OVERLAP)
    edges = [
        (max(left - (OVERLAP if left else 0.0), 0.0), right) for left, right in pairwise(stops)
    ]
    return [*edges[:-1], (edges[-1][0], width)]
