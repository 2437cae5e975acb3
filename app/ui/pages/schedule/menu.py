"""The menu on a row."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.icons import icon
from app.ui.kit.text import tr

ENTRIES: Final = (
    ("form", "edit", "schedule.page.open_form", ""),
    None,
    ("insert", "add", "schedule.add_task", "Ins"),
    ("delete", "delete", "schedule.delete_task", "Del"),
    None,
    ("indent", "indent", "schedule.page.indent", "Alt+Shift+Right"),
    ("outdent", "outdent", "schedule.page.outdent", "Alt+Shift+Left"),
    None,
    ("link", "link", "schedule.link", "Ctrl+F2"),
    ("unlink", "unlink", "schedule.unlink", "Ctrl+Shift+F2"),
)


def row_menu(parent: QWidget, selected: int, may_edit: bool, press: Callable[[str], None]) -> QMenu:
    """What can be done with the selected rows; `press` is told the key of the button."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in ENTRIES:
        if entry is None:
            menu.addSeparator()
            continue
        key, icon_name, text_id, keys = entry
        action = menu.addAction(icon(icon_name), tr(text_id))
        action.triggered.connect(partial(press, key))
        if keys:
            # Shown only: the view itself answers the key.
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        enabled = may_edit or key == "form"
        if key == "form":
            enabled = selected == 1
        elif key == "link":
            enabled = may_edit and selected > 1
        action.setEnabled(enabled)
    return menu
