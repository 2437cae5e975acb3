"""Sizes lie on the grid of four."""

from app.ui.kit import measures


def test_gaps_and_heights_lie_on_the_grid() -> None:
    names: tuple[str, ...] = (
        "GAP_S",
        "GAP_M",
        "GAP_L",
        "GAP_XL",
        "ROW_COMPACT",
        "ROW_NORMAL",
        "BUTTON",
    )
    names += ("BUTTON_TALL", "NAVIGATION", "NAVIGATION_NARROW", "TOP_BAR", "PAGE_BAR", "STATUS_BAR")
    assert [name for name in names if getattr(measures, name) % measures.GRID] == []
