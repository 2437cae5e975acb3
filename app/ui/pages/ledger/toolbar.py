"""The buttons of the ledger, and their keys: those are there that the person's job may use."""

from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.buttons import Button, Kind, button
from app.ui.kit.text import texts, tr

# Deed, kind of button, icon, key. Keys in the button's own face are for what is used most.
_BUTTONS: Final[tuple[tuple[str, Kind, str, str], ...]] = (
    ("reverse", "danger", "undo", "Ctrl+Shift+Z"),
    ("return", "secondary", "left", "Ctrl+Shift+R"),
    ("edit", "secondary", "edit", "Ctrl+E"),
    ("submit", "secondary", "right", "Ctrl+T"),
    ("approve", "secondary", "check", "Ctrl+Shift+A"),
    ("post", "secondary", "ledger", "Ctrl+Shift+P"),
    ("new", "primary", "add", "Ctrl+N"),
)


class Toolbar:
    """Adds its buttons to a row."""

    def __init__(self, page: QWidget, row: QHBoxLayout) -> None:
        self._buttons: dict[str, Button] = {}
        for deed, kind, icon_name, key in _BUTTONS:
            made = button(f"ledger.page.{deed}", kind, icon_name=icon_name)
            self._buttons[deed] = made
            row.addWidget(made)
            QShortcut(QKeySequence(key), page, made.click)
            texts().bind(made, "tool_tip", partial(_tip, deed, key))

    def button(self, deed: str) -> Button:
        """The button for a deed."""
        return self._buttons[deed]

    def show_deeds(self, allowed: frozenset[str], possible: frozenset[str]) -> None:
        """Shows what the job allows, and lets be pressed what the entry allows."""
        for deed, made in self._buttons.items():
            made.setVisible(deed in allowed)
            made.setEnabled(deed in possible)


def _tip(deed: str, key: str) -> str:
    return f"{tr(f'ledger.page.{deed}')} ({key})"
