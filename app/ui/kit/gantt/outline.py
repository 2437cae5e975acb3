"""Which rows of the tree are shown: collapsed branches are left out, computed in NumPy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.ui.kit.gantt.links import LinkIndex
from app.ui.kit.gantt.rows import Flags, GanttRows


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Rows with an expansion state. `shown[position]` is a row, `position[row]` is -1 if hidden."""

    rows: GanttRows
    expanded: Flags
    parents: Flags
    shown: NDArray[np.int32]
    position: NDArray[np.int32]
    links: LinkIndex

    def __len__(self) -> int:
        return len(self.shown)

    @staticmethod
    def of(rows: GanttRows, expanded: Flags | None = None) -> "Outline":
        """The outline of `rows`; `expanded` overrides the state that the rows came with."""
        state = rows.expanded if expanded is None else expanded
        parents = rows.has_children
        shown = np.flatnonzero(~hidden_rows(rows.subtree_end, parents & ~state)).astype(np.int32)
        position = np.full(len(rows), -1, np.int32)
        position[shown] = np.arange(len(shown), dtype=np.int32)
        return Outline(rows, state, parents, shown, position, LinkIndex.of(rows.links, position))

    def with_expanded(self, row: int, expanded: bool) -> "Outline":
        """The outline after one row was opened or closed."""
        state = self.expanded.copy()
        state[row] = expanded
        return Outline.of(self.rows, state)

    def with_all(self, expanded: bool) -> "Outline":
        """The outline with every branch open or closed."""
        return Outline.of(self.rows, np.full(len(self.rows), expanded))

    def revealing(self, row: int) -> "Outline":
        """The outline with every ancestor of `row` open."""
        around = (np.arange(len(self.rows)) < row) & (self.rows.subtree_end > row)
        if self.expanded[around].all():
            return self
        return Outline.of(self.rows, self.expanded | around)


def hidden_rows(subtree_end: NDArray[np.int32], collapsed: Flags) -> Flags:
    """Rows below any collapsed row, by adding up +1 and -1 at the ends of collapsed branches."""
    count = len(subtree_end)
    depth = np.zeros(count + 1, np.int32)
    closed = np.flatnonzero(collapsed)
    np.add.at(depth, closed + 1, 1)
    np.add.at(depth, subtree_end[closed], -1)
    return np.cumsum(depth)[:count] > 0
