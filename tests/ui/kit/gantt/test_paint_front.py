"""The progress line bends inside its rows and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.geometry import ROW
from app.ui.kit.gantt.paint_front import front_points, paint_front
from tests.ui.kit.gantt.pictures import colour_at, picture_of, sample_frame


@pytest.mark.usefixtures("qapp")
@given(top=st.floats(0, 600))
def test_every_bend_is_back_at_the_data_date_before_its_row_ends(top: float) -> None:
    frame = sample_frame(top=top, height=500.0)
    straight = frame.scale.x(float(frame.data_date or 0))
    points = front_points(frame)
    ends = [points[0], points[-1]]
    assert ends == [(straight, 0.0), (straight, 500.0)]
    for number in range(1, len(points) - 1, 3):
        before, bend, after = points[number : number + 3]
        assert before[0] == after[0] == straight
        rows = {int((y + top) // ROW) for _, y in (before, bend, after)}
        assert len(rows) == 1


@pytest.mark.usefixtures("qapp")
def test_late_tasks_bend_back_and_early_ones_forward() -> None:
    frame = sample_frame()
    straight = frame.scale.x(float(frame.data_date or 0))
    bends = [x for x, _ in front_points(frame)[2:-1:3]]
    assert [x < straight for x in bends] == [True, True, False]
    picture = picture_of(lambda painter: paint_front(painter, frame))
    assert colour_at(picture, bends[0], 9 * 28 + 13) == LIGHT.front
    assert front_points(sample_frame(data_date=None)) == []
