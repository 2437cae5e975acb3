"""Contrast of every pair of text and ground."""

import pytest

from app.ui.kit.colors import DARK, LIGHT, Colors, colors_for, contrast, text_pairs

LEAST = 4.5
PAIRS = [
    pytest.param(over, under, id=f"{'dark' if colors.dark else 'light'}: {name}")
    for colors in (LIGHT, DARK)
    for name, over, under in text_pairs(colors)
]


@pytest.mark.parametrize(("over", "under"), PAIRS)
def test_words_can_be_read(over: str, under: str) -> None:
    assert contrast(over, under) >= LEAST


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_focus_stands_out_from_its_ground(colors: Colors) -> None:
    for ground in (colors.surface, colors.window, colors.selection):
        assert contrast(colors.focus, ground) >= 3


def test_modes() -> None:
    assert colors_for("light") is LIGHT
    assert colors_for("dark") is DARK
