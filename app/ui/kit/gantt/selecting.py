"""How clicks and keys change a selection of rows; values in, values out."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt

from app.ui.kit.gantt.outline import Outline

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Selection:
    """Selected row numbers, the current row (-1 none) and where a Shift selection began."""

    outline: Outline
    rows: frozenset[int]
    current: int
    anchor: int = -1


def clicked(selection: Selection, position: int, modifiers: Qt.KeyboardModifier) -> Selection:
    """After a click on a visible position: Ctrl toggles, Shift extends, else only that row."""
    row = int(selection.outline.shown[position])
    if modifiers & _CONTROL:
        return replace(selection, rows=selection.rows ^ {row}, current=row, anchor=row)
    if modifiers & _SHIFT and selection.current >= 0:
        return _extended(selection, position)
    return replace(selection, rows=frozenset({row}), current=row, anchor=row)


def stepped(
    selection: Selection, key: int, modifiers: Qt.KeyboardModifier, page: int
) -> Selection | None:
    """After a movement key; None when the key moves nothing."""
    count = len(selection.outline)
    if not count or modifiers & (_CONTROL | Qt.KeyboardModifier.AltModifier):
        return None
    current = selection.outline.position[selection.current] if selection.current >= 0 else -1
    at = int(current)
    targets = {
        Qt.Key.Key_Up: max(at - 1, 0),
        Qt.Key.Key_Down: min(at + 1, count - 1),
        Qt.Key.Key_PageUp: max(at - page, 0),
        Qt.Key.Key_PageDown: min(at + page, count - 1),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: count - 1,
    }
    target = targets.get(Qt.Key(key))
    return None if target is None else clicked(selection, target, modifiers)


def _extended(selection: Selection, position: int) -> Selection:
    outline = selection.outline
    anchor = selection.anchor if selection.anchor >= 0 else selection.current
    begin = max(int(outline.position[anchor]), 0)
    first, last = sorted((begin, position))
    rows = frozenset(int(row) for row in outline.shown[first : last + 1])
    return replace(selection, rows=rows, current=int(outline.shown[position]), anchor=anchor)
