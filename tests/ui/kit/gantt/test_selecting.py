"""Clicks and keys on a selection of rows."""

from PySide6.QtCore import Qt

from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.selecting import Selection, clicked, stepped
from tests.ui.kit.gantt.sample_plan import sample_rows

OUTLINE = Outline.of(sample_rows())
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
EMPTY = Selection(OUTLINE, frozenset(), -1)


def test_plain_control_and_shift_clicks() -> None:
    first = clicked(EMPTY, 3, NONE)
    assert (first.rows, first.current) == (frozenset({3}), 3)
    second = clicked(first, 5, CONTROL)
    assert second.rows == {3, 5}
    assert clicked(second, 5, CONTROL).rows == {3}
    extended = clicked(clicked(first, 7, SHIFT), 4, SHIFT)
    assert extended.rows == {3, 4}
    assert extended.current == 4


def test_a_range_over_a_closed_branch_takes_visible_rows_only() -> None:
    closed = Outline.of(sample_rows()).with_expanded(1, False)
    begin = clicked(Selection(closed, frozenset(), -1), 0, NONE)
    assert clicked(begin, 2, SHIFT).rows == {0, 1, 8}


def test_keys_step_and_stop_at_the_ends() -> None:
    at = clicked(EMPTY, 0, NONE)
    steps = {
        Qt.Key.Key_Up: 0,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageDown: 10,
        Qt.Key.Key_End: 39,
        Qt.Key.Key_Home: 0,
    }
    for key, target in steps.items():
        moved = stepped(at, key, NONE, page=10)
        assert moved is not None
        assert moved.current == target
    down = stepped(EMPTY, Qt.Key.Key_Down, NONE, 10)
    assert down is not None
    assert down.current == 0


def test_other_keys_move_nothing() -> None:
    assert stepped(EMPTY, Qt.Key.Key_A, NONE, 10) is None
    assert stepped(EMPTY, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, 10) is None
