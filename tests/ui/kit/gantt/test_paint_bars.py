"""Bars of all kinds."""

import pytest
from PySide6.QtGui import QImage

from app.ui.kit.gantt.colours import LIGHT
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.paint_bars import (
    colour_names,
    milestone_ink,
    paint_bars,
    visible_bars,
)
from app.ui.kit.gantt.rows import RowKind
from tests.ui.kit.gantt.pictures import colour_at, picture_of, sample_frame

pytestmark = pytest.mark.usefixtures("qapp")


def painted(frame: Frame) -> QImage:
    return picture_of(lambda painter: paint_bars(painter, frame, visible_bars(frame)))


def test_every_visible_row_has_its_bar() -> None:
    frame = sample_frame(top=280.0, height=140.0)
    bars = visible_bars(frame)
    assert [bar.position for bar in bars] == [10, 11, 12, 13, 14, 15]
    assert bars[0].top == 0
    assert bars[1].tail is not None
    assert bars[2].ghost is None


def test_kinds_look_different() -> None:
    frame = sample_frame()
    picture = painted(frame)
    bars = {bar.row: bar for bar in visible_bars(frame)}
    summary = bars[1]
    assert colour_at(picture, summary.span.left + 40, summary.top + 12) == LIGHT.summary
    milestone = bars[16]
    centre = (milestone.span.left + milestone.span.right) / 2
    assert colour_at(picture, centre, milestone.top + 13) == LIGHT.critical
    assert colour_at(picture, bars[11].span.left + 30, bars[11].top + 13) == LIGHT.normal_rest
    ghost = bars[11].ghost
    assert ghost is not None
    assert colour_at(picture, ghost.left + 20, bars[11].top + 22) == LIGHT.ghost
    effort = next(bar for bar in bars.values() if bar.kind == RowKind.LEVEL_OF_EFFORT)
    seen = {colour_at(picture, effort.span.right - 20 - n, effort.top + 13) for n in range(12)}
    assert LIGHT.effort_rest in seen


def test_a_dragged_bar_is_left_out() -> None:
    frame = sample_frame(left_out=11)
    bar = visible_bars(frame)[11]
    assert colour_at(painted(frame), bar.span.left + 30, bar.top + 13) == "#FFFFFF"


def test_colours_follow_urgency_and_progress() -> None:
    assert colour_names(True, 0.5) == ("critical", "critical_rest")
    assert colour_names(False, 0.0) == ("normal", "normal_rest")
    assert colour_names(True, 1.0) == ("critical_done", "critical_done")
    assert milestone_ink(True, 0.0) == "critical"
    assert milestone_ink(True, 1.0) == "summary"
