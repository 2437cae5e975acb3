"""Dialogs that do not block: confirm, say what went wrong, ask by a form."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import EnvironmentFault, GantryError, InputRejected, Reason, Refused
from app.ui.kit.buttons import Button, button
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import Ground, IconMark, Label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, GAP_XL, TYPE_SMALL, TYPE_TITLE
from app.ui.kit.text import say_finding, say_reason, tr

WIDTH = 440
GLYPH = 24
FINDINGS_SHOWN = 12
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dialog(QDialog):
    """Title, body, and a foot of buttons; Escape cancels. Opened with `open()`, never `exec()`."""

    def __init__(self, parent: QWidget | None, title: str, *, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = Ground("surface")
        self.body = QVBoxLayout(top)
        self.body.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        self.body.setSpacing(GAP_M)
        column.addWidget(top, 1)
        foot = Ground("window", ("top",))
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        self.foot.setSpacing(GAP_S)
        self.foot.addStretch(1)
        column.addWidget(foot)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def add_button(self, made: Button, on_click: Callable[[], None]) -> Button:
        """Adds a button at the foot."""
        made.clicked.connect(on_click)
        self.foot.addWidget(made)
        return made


def confirm(
    parent: QWidget,
    title: str,
    explanation: str,
    action_words: str,
    on_yes: Callable[[], None],
    *,
    danger: bool = True,
) -> Dialog:
    """Asks before what cannot be undone, naming it; Enter cancels if it is dangerous."""
    dialog = Dialog(parent, title)
    dialog.body.addLayout(_head("warning" if danger else "help", title, explanation))

    def agree() -> None:
        dialog.accept()
        on_yes()

    cancel = dialog.add_button(button("kit.cancel"), dialog.reject)
    yes = dialog.add_button(Button(action_words, "danger" if danger else "primary"), agree)
    (cancel if danger else yes).setDefault(True)
    dialog.open()
    (cancel if danger else yes).setFocus()
    return dialog


def show_error(
    parent: QWidget, error: Exception, *, on_report: Callable[[], None] | None = None
) -> Dialog:
    """Says what happened, whose fault it is and what to do; all findings of a rejected input."""
    dialog = Dialog(parent, tr(_title_id(error)))
    what = say_reason(error.reason) if isinstance(error, GantryError) else tr("kit.error_bug_what")
    dialog.body.addLayout(_head("error", tr(_title_id(error)), what))
    if isinstance(error, InputRejected):
        said = [say_finding(finding) for finding in error.findings]
        lines = [f"•  {words}" for words in said[:FINDINGS_SHOWN]]
        if len(said) > FINDINGS_SHOWN:
            lines.append(tr("kit.error_more", count=len(said) - FINDINGS_SHOWN))
        dialog.body.addWidget(_selectable(Label("\n".join(lines), wrap=True)))
    dialog.body.addWidget(Label(tr(_fault_id(error)), TYPE_SMALL, color="text_2", wrap=True))
    if not isinstance(error, GantryError):
        detail = f"{type(error).__name__}: {error}"[:300]
        dialog.body.addWidget(_selectable(Label(detail, TYPE_SMALL, color="text_3", wrap=True)))
    if on_report is not None:
        dialog.add_button(button("kit.copy_details"), on_report)
    close = dialog.add_button(button("kit.close", "primary"), dialog.accept)
    close.setDefault(True)
    dialog.open()
    return dialog


def show_notice(parent: QWidget, notice: Reason) -> Dialog:
    """Says what a person has to know of; it stays until it was read."""
    dialog = Dialog(parent, tr("kit.notice"))
    dialog.body.addLayout(_head("warning", tr("kit.notice"), say_reason(notice)))
    dialog.add_button(button("kit.close", "primary"), dialog.accept).setDefault(True)
    dialog.open()
    return dialog


class FormDialog(Dialog):
    """A form in a dialog. `on_submit(values, done)` calls done with None or the refusal."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        specs: Sequence[FieldSpec],
        action_words: str,
        on_submit: Callable[[dict[str, object], Callable[[GantryError | None], None]], None],
        *,
        today: date,
        columns: int = 1,
    ) -> None:
        super().__init__(parent, title)
        self.form = Form(specs, today=today, columns=columns)
        self._on_submit = on_submit
        self._refusal = Label("", color="overdue", wrap=True)
        self._refusal.hide()
        self.body.addWidget(Label(title, TYPE_TITLE, bold=True))
        self.body.addWidget(self.form)
        self.body.addWidget(self._refusal)
        self.add_button(button("kit.cancel"), self.reject)
        self.action = self.add_button(
            Button(action_words, "primary", key="Ctrl+Return"), self.form.submit
        )
        self.form.submitted.connect(self._submit)
        self.form.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter goes to the form's fields; the dialog itself must not press a button by it.
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)

    def _submit(self, values: dict[str, object]) -> None:
        self.action.setEnabled(False)
        self._on_submit(values, self._finish)

    def _finish(self, refusal: GantryError | None) -> None:
        if refusal is None:
            self.accept()
            return
        self.action.setEnabled(True)
        words = self.form.show_refusal(refusal)
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))


def _head(icon_name: str, title: str, explanation: str) -> QHBoxLayout:
    tone = "link" if icon_name == "help" else "overdue"
    mark = IconMark(icon_name, tone, GLYPH)
    row = QHBoxLayout()
    row.setSpacing(GAP_L)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(GAP_S)
    words.addWidget(Label(title, TYPE_TITLE, bold=True, wrap=True))
    words.addWidget(_selectable(Label(explanation, wrap=True)))
    row.addLayout(words, 1)
    return row


def _selectable(made: Label) -> Label:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _title_id(error: Exception) -> str:
    if isinstance(error, Refused):
        return "kit.error_refused"
    if isinstance(error, InputRejected):
        return "kit.error_input"
    return "kit.error_environment" if isinstance(error, EnvironmentFault) else "kit.error_bug"


def _fault_id(error: Exception) -> str:
    return f"{_title_id(error)}_help"
