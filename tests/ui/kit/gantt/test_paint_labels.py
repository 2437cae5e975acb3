"""Milestone labels stay in the body and off the progress line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.paint_bars import visible_bars
from app.ui.kit.gantt.paint_labels import milestone_labels, paint_milestone_labels
from tests.ui.kit.gantt.pictures import blank, picture_of, sample_frame


@pytest.mark.usefixtures("qapp")
@given(shift=st.floats(0, 500))
def test_labels_do_not_leave_the_body_nor_cross_the_line_when_they_need_not(shift: float) -> None:
    base = sample_frame()
    frame = sample_frame(scale=base.scale.moved(shift))
    line = frame.scale.x(float(frame.data_date or 0))
    for bar, label in milestone_labels(frame, visible_bars(frame)):
        inside = label.x >= 4 and label.x + label.width <= frame.width - 4
        free = inside and not label.x < line < label.x + label.width
        assert free or bar.span.left < 200 or bar.span.right > frame.width - 200 or label.late == ""


@pytest.mark.usefixtures("qapp")
def test_late_milestones_say_by_how_much() -> None:
    frame = sample_frame()
    labels = [label for _, label in milestone_labels(frame, visible_bars(frame))]
    assert (labels[1].said, labels[1].late) == ("八层结构完成 05-25", "较基线 +5 天")
    bars = visible_bars(frame)
    assert not blank(picture_of(lambda painter: paint_milestone_labels(painter, frame, bars)))
