"""The form of an entry: day, summary, party, and lines that must balance."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError
from app.core.ledger import Account
from app.services.ledger.content import LineOf
from app.services.ledger.queries import EntryView
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import Label
from app.ui.kit.measures import TYPE_TITLE
from app.ui.kit.scroll import scrolling
from app.ui.kit.text import say_reason
from app.ui.pages.ledger.deeds import lines_of
from app.ui.pages.ledger.lines_editor import LinesEditor

WIDTH: Final = 880
LINES_HEIGHT: Final = 220
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Finish = Callable[[GantryError | None], None]
Submit = Callable[[dict[str, object], tuple[LineOf, ...], Finish], None]


def specs() -> tuple[FieldSpec, ...]:
    """What is asked besides the lines."""
    return (
        FieldSpec("business_date", "ledger.page.date", "date", required=True),
        FieldSpec("party", "ledger.page.party", most=200),
        FieldSpec("summary", "ledger.page.summary", required=True, most=300),
    )


class EntryDialog(Dialog):
    """`on_submit(values, lines, done)` calls done with None or the refusal."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        accounts: Sequence[Account],
        on_submit: Submit,
        *,
        today: date,
        entry: EntryView | None = None,
    ) -> None:
        super().__init__(parent, title, width=WIDTH)
        self._on_submit = on_submit
        self.form = Form(specs(), today=today, columns=3)
        self.lines = LinesEditor(accounts)
        self._refusal = Label("", color="overdue", wrap=True)
        self._refusal.hide()
        self.body.addWidget(Label(title, TYPE_TITLE, bold=True))
        self.body.addWidget(self.form)
        area = scrolling(self.lines)
        area.setMinimumHeight(LINES_HEIGHT)
        self.body.addWidget(area, 1)
        self.body.addWidget(self._refusal)
        self.add_button(button("kit.cancel"), self.reject)
        self.action = self.add_button(
            button("ledger.page.save", "primary", key="Ctrl+Return"), self.submit
        )
        self.form.submitted.connect(lambda _values: self.submit())
        self.form.set_values({"business_date": today})
        if entry is not None:
            self._fill(entry)
        self.form.take_keys()

    @property
    def refusal(self) -> str:
        """What is wrong as a whole, in words."""
        return self._refusal.text()

    def _fill(self, entry: EntryView) -> None:
        self.form.set_values(
            {
                "business_date": entry.business_date,
                "party": entry.party,
                "summary": entry.summary,
            }
        )
        self.lines.set_lines(lines_of(entry))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter goes to the form's fields; the dialog itself must not press a button by it.
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Stores what was typed if nothing is wrong, else says all that is."""
        faults = self.lines.faults()
        wrong = self.form.find_faults()
        self._show("\n".join(say_reason(fault.reason) for fault in faults))
        if wrong or faults:
            return
        self.action.setEnabled(False)
        self._on_submit(self.form.values(), self.lines.lines(), self._finish)

    def _finish(self, refusal: GantryError | None) -> None:
        if refusal is None:
            self.accept()
            return
        self.action.setEnabled(True)
        self._show(say_reason(refusal.reason))

    def _show(self, words: str) -> None:
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
