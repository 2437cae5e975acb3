"""Words on their grounds are readable in every palette."""

import pytest
from PySide6.QtGui import QColor

from app.ui.kit.colors import contrast
from app.ui.kit.gantt.colours import DARK, LIGHT, PAPER, GanttColours, Inks

PALETTES = {"light": LIGHT, "dark": DARK, "paper": PAPER}
ON_SURFACE = (
    "text", "text_second", "text_third", "critical_text", "makeup_text",
    "mark_done", "mark_running", "mark_late", "mark_pending", "mark_draft",
)  # fmt: skip
PAIRS = [(name, "surface") for name in ON_SURFACE]
PAIRS += [("text", "selection"), ("text_second", "selection"), ("critical_text", "selection")]
PAIRS += [("holiday_text", "holiday"), ("text_second", "header"), ("makeup_text", "header")]
PAIRS += [("on_front", "front"), ("on_accent", "accent")]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_have_a_contrast_of_four_and_a_half(palette: str, ink: str, ground: str) -> None:
    colours: GanttColours = PALETTES[palette]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


def test_inks_are_the_same_colours_and_clear_copies_leave_them_alone() -> None:
    inks = Inks.of(LIGHT)
    assert inks["front"] == QColor("#7A28C9")
    assert inks.clear("front", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
    assert inks["front"].alphaF() == 1.0
