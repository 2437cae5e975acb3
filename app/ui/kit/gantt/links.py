"""Dependency links as columns, and the index that finds those near the visible rows."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAR_ROWS = 64
MOST_PASSING = 120


class LinkKind(IntEnum):
    """Which end of the predecessor holds which end of the successor."""

    FS = 0
    SS = 1
    FF = 2
    SF = 3

    @property
    def from_finish(self) -> bool:
        """Whether the link leaves the predecessor's finish."""
        return self in (LinkKind.FS, LinkKind.FF)

    @property
    def to_start(self) -> bool:
        """Whether the link arrives at the successor's start."""
        return self in (LinkKind.FS, LinkKind.SS)


@dataclass(frozen=True, slots=True)
class GanttLink:
    """A link between two row ids; `driving` means it sets the successor's early dates."""

    predecessor: Hashable
    successor: Hashable
    kind: LinkKind = LinkKind.FS
    driving: bool = False
    critical: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class LinkTable:
    """Links (m) between row numbers."""

    predecessor: NDArray[np.int32]
    successor: NDArray[np.int32]
    kind: NDArray[np.uint8]
    driving: NDArray[np.bool_]
    critical: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kind)

    @staticmethod
    def of(links: Sequence[GanttLink], place: Mapping[Any, int]) -> "LinkTable":
        """Columns of `links`. ValueError when an end is no row."""
        try:
            ends = [(place[link.predecessor], place[link.successor]) for link in links]
        except KeyError as unknown:
            raise ValueError(f"link to unknown row {unknown}") from unknown
        pairs = np.array(ends, np.int32).reshape(-1, 2)
        count = len(links)
        return LinkTable(
            predecessor=pairs[:, 0].copy(),
            successor=pairs[:, 1].copy(),
            kind=np.fromiter((link.kind for link in links), np.uint8, count),
            driving=np.fromiter((link.driving for link in links), np.bool_, count),
            critical=np.fromiter((link.critical for link in links), np.bool_, count),
        )


@dataclass(frozen=True, slots=True, eq=False)
class LinkIndex:
    """Links between visible positions, short ones bucketed by their upper row."""

    near: NDArray[np.int32]
    near_upper: NDArray[np.int32]
    near_lower: NDArray[np.int32]
    far: NDArray[np.int32]
    far_upper: NDArray[np.int32]
    far_lower: NDArray[np.int32]

    @staticmethod
    def of(links: LinkTable, position: NDArray[np.int32]) -> "LinkIndex":
        """`position[row]` is the visible position of a row or -1; links to hidden rows drop out."""
        first, second = position[links.predecessor], position[links.successor]
        shown = np.flatnonzero((first >= 0) & (second >= 0)).astype(np.int32)
        first, second = first[shown], second[shown]
        upper, lower = np.minimum(first, second), np.maximum(first, second)
        short = lower - upper <= NEAR_ROWS
        order = np.flatnonzero(short)
        order = order[np.argsort(upper[order], kind="stable")]
        return LinkIndex(
            near=shown[order],
            near_upper=upper[order],
            near_lower=lower[order],
            far=shown[~short],
            far_upper=upper[~short],
            far_lower=lower[~short],
        )

    def between(self, first: int, last: int) -> NDArray[np.int32]:
        """Link numbers that touch or cross visible positions [first, last).

        Far links that only pass through are culled to the first `MOST_PASSING`: more than that is
        a solid wall of lines that says nothing and costs a frame.
        """
        begin = int(np.searchsorted(self.near_upper, first - NEAR_ROWS, side="left"))
        end = int(np.searchsorted(self.near_upper, last, side="left"))
        near = self.near[begin:end][self.near_lower[begin:end] >= first]
        crosses = (self.far_upper < last) & (self.far_lower >= first)
        ends_here = crosses & ((self.far_upper >= first) | (self.far_lower < last))
        passing = np.flatnonzero(crosses & ~ends_here)[:MOST_PASSING]
        return np.concatenate((near, self.far[ends_here], self.far[passing]))
