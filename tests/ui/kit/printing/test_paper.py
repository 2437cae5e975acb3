"""Boxes of a page lie below one another inside its margins."""

import pytest

from app.ui.kit.printing.paper import PX_PER_MM, Paper, page_plan


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("landscape", [True, False])
def test_boxes_stay_inside_the_page_and_apart(paper: Paper, landscape: bool) -> None:
    page = page_plan(paper, landscape)
    content, legend, title = page.content, page.legend, page.title
    assert content.top + content.height < legend.top
    assert legend.top + legend.height <= title.top + 1e-6
    assert title.top + title.height == pytest.approx(page.height - 10 * PX_PER_MM)
    for box in (content, legend, title):
        assert box.left == pytest.approx(20 * PX_PER_MM)
        assert box.left + box.width == pytest.approx(page.width - 10 * PX_PER_MM)


def test_sizes_are_those_of_the_norm() -> None:
    assert Paper.A3.size_mm(landscape=True) == (420, 297)
    assert Paper.A1.size_mm(landscape=False) == (594, 841)
    unbound = page_plan(Paper.A4, landscape=False, binding=False)
    assert unbound.content.left == pytest.approx(10 * PX_PER_MM)
