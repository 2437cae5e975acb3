"""What a frame works out of its size, scroll and fonts."""

import pytest

from app.ui.kit.gantt.frame import pixel_size
from tests.ui.kit.gantt.pictures import sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def test_visible_positions_days_and_row_tops() -> None:
    frame = sample_frame(top=56.0, height=280.0)
    assert frame.span == (2, 13)
    assert frame.row_top(2) == 0
    assert frame.first_day == frame.scale.origin
    assert frame.last_day == pytest.approx(frame.scale.origin + 1100 / 7)


def test_the_second_size_is_a_pixel_smaller() -> None:
    frame = sample_frame()
    assert pixel_size(frame.small_font) == pixel_size(frame.font) - 1
    assert frame.bold_font.bold()
