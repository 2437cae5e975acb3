"""Drags snap to working days and keep the working length."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.dragging import Drag, DragMode, begin, moved, targeted
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import GanttRow, build_rows, day_of, moment_of
from tests.ui.kit.gantt.sample_plan import sample_calendar, sample_rows

OUTLINE = Outline.of(sample_rows())
CALENDAR = sample_calendar()
STEPS = st.integers(-40, 40)


def drag_of(row_id: str, mode: DragMode) -> Drag | None:
    row = OUTLINE.rows.index_of(row_id)
    assert row is not None
    return begin(OUTLINE, int(OUTLINE.position[row]), mode, float(OUTLINE.rows.start[row]))


def started(row_id: str, mode: DragMode) -> Drag:
    drag = drag_of(row_id, mode)
    assert drag is not None
    return drag


@given(STEPS)
def test_a_moved_task_starts_on_a_working_day_and_keeps_its_length(step: int) -> None:
    drag = started("1.2.1", DragMode.MOVE)
    after = moved(drag, OUTLINE, CALENDAR, drag.press_day + step)
    assert CALENDAR.is_working(int(after.new_start))
    length = CALENDAR.working_days(drag.start, drag.finish)
    assert CALENDAR.working_days(after.new_start, after.new_finish) == length
    assert after.changed == (step != 0)


@given(STEPS)
def test_a_resized_task_keeps_its_start_and_a_day_at_least(step: int) -> None:
    drag = started("1.2.1", DragMode.RESIZE)
    after = moved(drag, OUTLINE, CALENDAR, drag.press_day + step)
    assert after.new_start == drag.start
    assert after.new_finish >= drag.start + 1
    assert CALENDAR.is_working(int(after.new_finish - 0.5))


@given(STEPS)
def test_a_milestone_moves_to_the_end_of_a_working_day(step: int) -> None:
    drag = started("1.3.4", DragMode.MOVE)
    after = moved(drag, OUTLINE, CALENDAR, drag.press_day + step)
    assert after.new_start == after.new_finish
    assert step == 0 or CALENDAR.is_working(int(after.new_finish - 0.5))


def test_half_a_day_does_not_move() -> None:
    drag = started("1.2.1", DragMode.MOVE)
    assert not moved(drag, OUTLINE, CALENDAR, drag.press_day + 0.4).changed


def test_the_time_of_day_is_kept() -> None:
    start = moment_of(day_of(date(2026, 3, 11)) + 8 / 24)
    finish = moment_of(day_of(date(2026, 3, 12)) + 17 / 24)
    hours = GanttRow("h", "h", "h", 0, start, finish)
    outline = Outline.of(build_rows([hours]))
    drag = begin(outline, 0, DragMode.MOVE, 0.0)
    assert drag is not None
    after = moved(drag, outline, CALENDAR, 1.0)
    assert moment_of(after.new_start).hour == 8
    assert moment_of(after.new_finish).hour == 17
    assert after.new_finish - after.new_start == pytest.approx(drag.finish - drag.start)


@pytest.mark.parametrize("row_id", ["1", "1.5.4"])
def test_summaries_and_level_of_effort_do_not_move(row_id: str) -> None:
    assert drag_of(row_id, DragMode.MOVE) is None
    assert drag_of(row_id, DragMode.RESIZE) is None
    assert drag_of(row_id, DragMode.LINK) is not None


def test_a_milestone_has_no_length_to_drag() -> None:
    assert drag_of("1.3.4", DragMode.RESIZE) is None


def test_a_bar_is_no_target_of_its_own() -> None:
    drag = started("1.2.1", DragMode.LINK)
    assert not targeted(drag, OUTLINE, drag.position, LinkKind.FS).changed
    assert not targeted(drag, OUTLINE, len(OUTLINE), LinkKind.FS).changed
    assert targeted(drag, OUTLINE, drag.position + 1, LinkKind.FF) == replace(
        drag, target=drag.position + 1, kind=LinkKind.FF
    )
