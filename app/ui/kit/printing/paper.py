"""Paper sizes and where things lie on a page, in logical pixels (96 to the inch)."""

from dataclasses import dataclass
from enum import Enum

PX_PER_MM = 96 / 25.4


class Paper(Enum):
    """ISO A sizes, upright, in millimetres."""

    A4 = (210, 297)
    A3 = (297, 420)
    A2 = (420, 594)
    A1 = (594, 841)
    A0 = (841, 1189)

    def size_mm(self, landscape: bool) -> tuple[int, int]:
        """Width and height in millimetres."""
        width, height = self.value
        return (height, width) if landscape else (width, height)


_FOOT_SCALE = {Paper.A4: 0.9, Paper.A3: 1.0, Paper.A2: 1.15, Paper.A1: 1.35, Paper.A0: 1.6}
_MARGIN_MM, _BINDING_MM = 10.0, 20.0
_LEGEND, _TITLE_BLOCK, _GAP = 26.0, 56.0, 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in logical pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: plan, legend and title block below one another; `foot_scale` sizes the words."""

    width: float
    height: float
    content: Box
    legend: Box
    title: Box
    foot_scale: float


def page_plan(paper: Paper, landscape: bool, binding: bool = True) -> PagePlan:
    """Boxes of a page with 10 mm margins, 20 mm at the left where it is bound."""
    width, height = (mm * PX_PER_MM for mm in paper.size_mm(landscape))
    margin = _MARGIN_MM * PX_PER_MM
    left = (_BINDING_MM if binding else _MARGIN_MM) * PX_PER_MM
    foot = _FOOT_SCALE[paper]
    inner = width - left - margin
    title_top = height - margin - _TITLE_BLOCK * foot
    legend_top = title_top - _LEGEND * foot
    return PagePlan(
        width=width,
        height=height,
        content=Box(left, margin, inner, legend_top - _GAP - margin),
        legend=Box(left, legend_top, inner, _LEGEND * foot),
        title=Box(left, title_top, inner, _TITLE_BLOCK * foot),
        foot_scale=foot,
    )
