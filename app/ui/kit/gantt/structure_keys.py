"""Microsoft Project's keys for the shape of the plan."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class StructureAction(Enum):
    """What such a key asks for; it applies to the selected rows."""

    INDENT = "indent"
    OUTDENT = "outdent"
    LINK = "link"
    UNLINK = "unlink"
    INSERT = "insert"
    DELETE = "delete"
    EXPAND = "expand"
    COLLAPSE = "collapse"
    EXPAND_ALL = "expand_all"


_KEYS: dict[tuple[Qt.KeyboardModifier, int], StructureAction] = {
    (_ALT | _SHIFT, Qt.Key.Key_Right): StructureAction.INDENT,
    (_ALT | _SHIFT, Qt.Key.Key_Left): StructureAction.OUTDENT,
    (_ALT | _SHIFT, Qt.Key.Key_Asterisk): StructureAction.EXPAND_ALL,
    (_ALT | _SHIFT, Qt.Key.Key_8): StructureAction.EXPAND_ALL,
    (_ALT | _SHIFT, Qt.Key.Key_Plus): StructureAction.EXPAND,
    (_ALT | _SHIFT, Qt.Key.Key_Equal): StructureAction.EXPAND,
    (_ALT | _SHIFT, Qt.Key.Key_Minus): StructureAction.COLLAPSE,
    (_ALT | _SHIFT, Qt.Key.Key_Underscore): StructureAction.COLLAPSE,
    (_CONTROL, Qt.Key.Key_F2): StructureAction.LINK,
    (_CONTROL | _SHIFT, Qt.Key.Key_F2): StructureAction.UNLINK,
    (_NONE, Qt.Key.Key_Insert): StructureAction.INSERT,
    (_NONE, Qt.Key.Key_Delete): StructureAction.DELETE,
}

EDITING = frozenset(
    {
        StructureAction.INDENT,
        StructureAction.OUTDENT,
        StructureAction.LINK,
        StructureAction.UNLINK,
        StructureAction.INSERT,
        StructureAction.DELETE,
    }
)


def structure_action(event: QKeyEvent) -> StructureAction | None:
    """The action of a key press, None when it is no such key."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get((modifiers, event.key()))
