"""What a drag shows."""

import pytest

from app.ui.kit.gantt import dragging
from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.dragging import Drag, DragMode
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.paint_drag import drag_tip, paint_drag
from tests.ui.kit.gantt.pictures import colour_at, picture_of, sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def begun(mode: DragMode) -> Drag:
    frame = sample_frame()
    drag = dragging.begin(frame.outline, 13, mode, float(frame.outline.rows.start[13]))
    assert drag is not None
    return drag


def test_a_moved_bar_stands_at_its_new_dates_with_a_tip() -> None:
    frame = sample_frame(left_out=13)
    start = begun(DragMode.MOVE)
    drag = dragging.moved(start, frame.outline, frame.calendar, start.press_day + 7)
    assert drag_tip(frame, drag) == "2026-04-09 至 2026-04-29"
    picture = picture_of(lambda painter: paint_drag(painter, frame, drag, (0.0, 0.0)))
    left = frame.scale.x(drag.new_start)
    assert colour_at(picture, left + 30, 13 * 28 + 13) == LIGHT.critical_rest
    assert colour_at(picture, left + 3, 14 * 28 + 10) == LIGHT.text


def test_a_link_on_its_way_and_on_a_target() -> None:
    frame = sample_frame()
    free = begun(DragMode.LINK)
    assert drag_tip(frame, free) == ""
    aimed = dragging.targeted(free, frame.outline, 14, LinkKind.FS)
    assert drag_tip(frame, aimed) == "完成–开始：一至三层结构 → 四至六层结构"
    for drag in (free, aimed):
        picture = picture_of(lambda painter, d=drag: paint_drag(painter, frame, d, (900.0, 500.0)))  # type: ignore[misc]
        right = frame.scale.x(drag.finish)
        seen = {colour_at(picture, right + x, 13 * 28 + y) for x in range(9) for y in range(9, 22)}
        assert LIGHT.focus in seen
