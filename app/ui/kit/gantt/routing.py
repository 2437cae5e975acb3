"""Orthogonal ways of dependency links between bars; pure functions without Qt.

A level stretch runs either in the middle of its own row, away from the bar, or in the gap between
two rows, where no bar is; only upright stretches cross rows.
"""

from dataclasses import dataclass

from app.ui.kit.gantt.geometry import BAR, BAR_TOP, MIDDLE, ROW, Span
from app.ui.kit.gantt.links import LinkKind

STUB = 7.0
INSET = 6.5
Point = tuple[float, float]
# Looking a member up on its Enum costs a microsecond, and this runs for every link.
_FS, _SS, _FF, _SF = LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF
_FROM_FINISH, _TO_START = (_FS, _FF), (_FS, _SS)


@dataclass(frozen=True, slots=True)
class Route:
    """Corner points from the predecessor to the arrow's tip, and the way the arrow points."""

    points: tuple[Point, ...]
    arrow: str


def route(kind: LinkKind, pred: Span, pred_top: float, succ: Span, succ_top: float) -> Route:
    """The way of a link; `pred_top` and `succ_top` are the tops of the two rows."""
    leave = pred.right if kind in _FROM_FINISH else pred.left
    reach = succ.left if kind in _TO_START else succ.right
    from_y, to_y = pred_top + MIDDLE, succ_top + MIDDLE
    if kind is _FS and pred_top != succ_top:
        drop = _drop_x(leave, succ)
        if drop is not None:
            down = succ_top > pred_top
            tip = succ_top + BAR_TOP if down else succ_top + BAR_TOP + BAR
            return Route(((leave, from_y), (drop, from_y), (drop, tip)), "down" if down else "up")
    if kind is _SS:
        side = min(leave, reach) - STUB
        return Route(((leave, from_y), (side, from_y), (side, to_y), (reach, to_y)), "right")
    if kind is _FF:
        side = max(leave, reach) + STUB
        return Route(((leave, from_y), (side, from_y), (side, to_y), (reach, to_y)), "left")
    return _around(kind, (leave, from_y), (reach, to_y), succ_top > pred_top, succ_top)


def _drop_x(leave: float, succ: Span) -> float | None:
    """Where a forward link may fall onto its successor's bar, None when that lies too far left."""
    width = succ.right - succ.left
    drop = max(succ.left + min(INSET, width / 2), leave + 2)
    return drop if drop <= succ.left + max(width / 2, min(width, 2 * INSET)) else None


def _around(kind: LinkKind, leave: Point, reach: Point, down: bool, succ_top: float) -> Route:
    """Out, along the gap beside the successor's row, and in."""
    out = 1.0 if kind in _FROM_FINISH else -1.0
    into = -1.0 if kind in _TO_START else 1.0
    gap = succ_top if down else succ_top + ROW
    out_x, in_x = leave[0] + out * STUB, reach[0] + into * STUB * 1.4
    points = (
        leave,
        (out_x, leave[1]),
        (out_x, gap),
        (in_x, gap),
        (in_x, reach[1]),
        reach,
    )
    return Route(points, "right" if kind in _TO_START else "left")
