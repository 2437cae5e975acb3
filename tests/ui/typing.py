"""Typing of Chinese, as an input method does it (QTest can only press Latin keys)."""

from typing import TypeVar

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def only(parent: QWidget, kind: type[W]) -> W:
    """The first child of a kind."""
    found = parent.findChildren(kind)
    assert found, f"no {kind.__name__}"
    return found[0]


def type_words(widget: QWidget, words: str) -> None:
    """Commits words to a widget."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)
