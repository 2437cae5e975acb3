"""Key presses and their actions."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.kit.gantt.structure_keys import StructureAction, structure_action

MODIFIERS = Qt.KeyboardModifier
ALT_SHIFT = MODIFIERS.AltModifier | MODIFIERS.ShiftModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "action"),
    [
        (Qt.Key.Key_Right, ALT_SHIFT, StructureAction.INDENT),
        (Qt.Key.Key_Left, ALT_SHIFT | MODIFIERS.KeypadModifier, StructureAction.OUTDENT),
        (Qt.Key.Key_Asterisk, ALT_SHIFT, StructureAction.EXPAND_ALL),
        (Qt.Key.Key_8, ALT_SHIFT, StructureAction.EXPAND_ALL),
        (Qt.Key.Key_Plus, ALT_SHIFT, StructureAction.EXPAND),
        (Qt.Key.Key_Minus, ALT_SHIFT, StructureAction.COLLAPSE),
        (Qt.Key.Key_F2, MODIFIERS.ControlModifier, StructureAction.LINK),
        (Qt.Key.Key_Insert, MODIFIERS.NoModifier, StructureAction.INSERT),
        (Qt.Key.Key_F2, MODIFIERS.NoModifier, None),
        (Qt.Key.Key_Right, MODIFIERS.NoModifier, None),
        (Qt.Key.Key_Delete, MODIFIERS.ControlModifier, None),
    ],
)
def test_keys(key: Qt.Key, modifiers: Qt.KeyboardModifier, action: StructureAction | None) -> None:
    assert structure_action(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) is action
