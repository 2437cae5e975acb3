"""Flags of the header strip never cover one another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.paint_header import flags, paint_header
from app.ui.kit.gantt.timescale import TimeScale
from tests.ui.kit.gantt.pictures import colour_at, picture_of, sample_frame


@pytest.mark.usefixtures("qapp")
@given(shift=st.floats(-300, 900), px=st.floats(0.4, 40))
def test_flags_keep_apart(shift: float, px: float) -> None:
    origin = sample_frame().scale.origin
    frame = sample_frame(scale=TimeScale(origin, px).moved(shift))
    placed = sorted(flags(frame), key=lambda flag: flag.left)
    for here, there in pairwise(placed):
        assert here.left + here.width <= there.left


@pytest.mark.usefixtures("qapp")
def test_date_flags_stand_at_their_lines() -> None:
    frame = sample_frame()
    front, today = flags(frame)[:2]
    assert front.words == "前锋线 03-20"
    assert front.left + front.width == pytest.approx(frame.scale.x(float(frame.data_date or 0)) + 1)
    assert today.words == "今天 03-24"
    assert {flag.words for flag in flags(frame)} >= {"春节", "清明", "劳动节", "班"}


@pytest.mark.usefixtures("qapp")
def test_the_header_is_painted_in_its_height() -> None:
    frame = sample_frame()
    picture = picture_of(lambda painter: paint_header(painter, frame), height=80)
    assert colour_at(picture, 600, HEADER - 1) == LIGHT.border
    assert colour_at(picture, 600, HEADER + 2) == "#FFFFFF"
    assert colour_at(picture, flags(frame)[0].left + 3, HEADER - 12) == LIGHT.front
