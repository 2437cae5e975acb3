"""Buttons of the schedule page: what they are called, and when they can be pressed."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.core.errors import Reason
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.labels import Line
from app.ui.kit.measures import GRID, ICON
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.text import say_reason, tr

LEFT: Final = (
    ("undo", "undo", "kit.undo"),
    ("redo", "redo", "kit.redo"),
    None,
    ("add", "add", "schedule.page.add"),
    ("delete", "delete", "schedule.page.delete"),
    None,
    ("outdent", "outdent", "schedule.page.outdent_key"),
    ("indent", "indent", "schedule.page.indent_key"),
    None,
    ("link", "link", "schedule.page.link_key"),
    ("unlink", "unlink", "schedule.page.unlink_key"),
    None,
    ("form", "edit", "schedule.page.open_form"),
)
RIGHT: Final = (
    ("import", "import", "schedule.page.import"),
    ("export", "export", "kit.export"),
    ("print", "print", "schedule.page.print"),
    ("calendars", "calendar_add", "schedule.page.calendars"),
    ("settings", "settings", "schedule.page.settings"),
)
SCALES: Final = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be done now."""

    plan: bool = False
    edit: bool = False
    rows: bool = False
    selected: int = 0


class Toolbar(QObject):
    """`pressed(key)` for a button, `scale_chosen(key)` for the time scale."""

    pressed = Signal(str)
    scale_chosen = Signal(str)

    def __init__(self, bar: QHBoxLayout, end: QHBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self.data_date = Button("", icon_name="calendar")
        self.scale = Segmented(tuple(Segment(key, f"schedule.page.scale_{key}") for key in SCALES))
        self.scale.choose("week")
        bar.setSpacing(GRID // 2)
        for made in LEFT:
            if made is None:
                self._separate(bar)
            else:
                bar.addWidget(self._button(*made))
        end.addWidget(self.data_date)
        end.addWidget(self.scale)
        for key, icon_name, text_id in RIGHT:
            end.addWidget(self._button(key, icon_name, text_id))
        self.data_date.clicked.connect(partial(self.pressed.emit, "data_date"))
        self.scale.chosen.connect(self.scale_chosen)

    def show_possible(self, now: Possible) -> None:
        """Enables what can be done."""
        several = now.edit and now.selected > 0
        states = {
            "add": now.edit,
            "delete": several,
            "outdent": several,
            "indent": several,
            "link": now.edit and now.selected > 1,
            "unlink": several,
            "form": now.selected == 1,
            "import": True,
            "export": now.rows,
            "print": now.rows,
            "calendars": now.plan,
            "settings": now.plan,
        }
        for key, enabled in states.items():
            self.buttons[key].setEnabled(enabled)
        self.data_date.setEnabled(now.edit and now.plan)
        self.data_date.setVisible(now.plan)
        self.scale.setVisible(now.rows)

    def show_undo(self, undo: Reason | None, redo: Reason | None) -> None:
        """Names what undo and redo would do."""
        for key, reason, keys in (("undo", undo, "Ctrl+Z"), ("redo", redo, "Ctrl+Y")):
            made, word = self.buttons[key], tr(f"kit.{key}")
            named = word if reason is None else f"{word} {say_reason(reason)}"
            made.setEnabled(reason is not None)
            made.setToolTip(f"{named} ({keys})")
            made.setAccessibleName(named)

    def show_data_date(self, day: date | None, today: date) -> None:
        """Writes the data date on its button, with the year unless it is this one."""
        if day is None:
            self.data_date.setText(tr("schedule.page.data_date_none"))
        else:
            words = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
            self.data_date.setText(tr("schedule.page.data_date", day=words))
        self.data_date.setToolTip(tr("schedule.page.data_date_hint"))
        self.data_date.updateGeometry()

    def _button(self, key: str, icon_name: str, text_id: str) -> Button:
        made = icon_button(icon_name, text_id)
        made.clicked.connect(partial(self.pressed.emit, key))
        self.buttons[key] = made
        return made

    def _separate(self, bar: QHBoxLayout) -> None:
        line = Line(vertical=True)
        line.setFixedHeight(ICON)
        bar.addSpacing(GRID)
        bar.addWidget(line)
        bar.addSpacing(GRID)
