"""One picture of the chart's body: everything that the painting functions need, and no widget."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QFont

from app.texts import Language
from app.ui.kit.gantt.colours import Inks
from app.ui.kit.gantt.geometry import ROW, visible_range
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.shading import ChartCalendar
from app.ui.kit.gantt.timescale import TimeScale


@dataclass(frozen=True)
class Frame:
    """A body `width` by `height` logical px, scrolled down by `top`.

    `data_date` and `today` are day numbers where their lines stand. `selected` holds row numbers;
    `dotted` is the visible position that shows link dots, `left_out` the one not to draw (it is
    being dragged); -1 for none.
    """

    outline: Outline
    scale: TimeScale
    calendar: ChartCalendar
    inks: Inks
    language: Language
    font: QFont
    width: float
    height: float
    top: float = 0.0
    data_date: float | None = None
    today: float | None = None
    selected: frozenset[int] = frozenset()
    current: int = -1
    dotted: int = -1
    left_out: int = -1
    show_links: bool = True

    @cached_property
    def span(self) -> tuple[int, int]:
        """Visible positions [first, last) inside the body."""
        return visible_range(self.top, self.height, len(self.outline))

    @cached_property
    def first_day(self) -> float:
        """Day at the left edge."""
        return self.scale.day(0.0)

    @cached_property
    def last_day(self) -> float:
        """Day at the right edge."""
        return self.scale.day(self.width)

    @cached_property
    def small_font(self) -> QFont:
        """The secondary size: one pixel less than the cells'."""
        font = QFont(self.font)
        font.setPixelSize(max(pixel_size(self.font) - 1, 9))
        return font

    @cached_property
    def bold_font(self) -> QFont:
        """Cells' size, bold."""
        font = QFont(self.small_font)
        font.setBold(True)
        return font

    def row_top(self, position: int) -> float:
        """y of a visible position's upper edge in the body."""
        return position * ROW - self.top


def pixel_size(font: QFont) -> int:
    """A font's size in logical pixels, whichever way it was given (96 dpi)."""
    return font.pixelSize() if font.pixelSize() > 0 else round(font.pointSizeF() * 96 / 72)
