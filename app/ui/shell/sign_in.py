"""The sign-in window: server, person, password; progress, faults, cancel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import GantryError
from app.ui.kit.buttons import button
from app.ui.kit.checks import CheckBox
from app.ui.kit.fields import TextField
from app.ui.kit.labels import Ground, Label, label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, GAP_XL, GRID, TYPE_NUMBER, TYPE_SMALL
from app.ui.kit.text import say, say_reason, texts, tr
from app.ui.shell.brand import brand_icon, paint_brand

WIDTH: Final = 400
MARK: Final = 40
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed. The password is never shown in a representation."""

    server: str
    person: str
    password: str = field(repr=False)
    remember: bool = False


class SignInDoor(Protocol):
    """Who lets people in. Both return at once; callbacks come on the window's thread."""

    def sign_in(
        self,
        credentials: Credentials,
        on_done: Callable[[], None],
        on_refused: Callable[[GantryError], None],
    ) -> None:
        """Tries to sign in."""

    def cancel(self) -> None:
        """Gives up the attempt under way; neither callback comes afterwards."""


class SignInDialog(QDialog):
    """Accepted once the door says so. What was typed stays when it is refused."""

    def __init__(
        self,
        door: SignInDoor,
        *,
        server: str = "",
        person: str = "",
        remember: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._trying = False
        self.server = TextField(server, most=253)
        self.person = TextField(person, most=100)
        self.password = TextField(most=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = CheckBox()
        self.remember.setChecked(remember)
        self.fault = Label("", color="overdue", wrap=True)
        self.progress = QProgressBar()
        self.enter = button("shell.sign_in", "primary", tall=True)
        self.give_up = button("kit.cancel", tall=True)
        self._build()
        self._say()
        self.enter.clicked.connect(self.try_in)
        self.give_up.clicked.connect(self.reject)
        for typed in (self.server, self.person, self.password):
            typed.textEdited.connect(lambda _words, typed=typed: typed.set_faulty(False))
        self._show_trying(False)
        first = next((f for f in (self.server, self.person) if not f.text()), self.password)
        first.setFocus()

    @property
    def credentials(self) -> Credentials:
        """What is typed now."""
        return Credentials(
            self.server.text().strip(),
            self.person.text().strip(),
            self.password.text(),
            self.remember.isChecked(),
        )

    def try_in(self) -> None:
        """Knocks, unless something is missing."""
        missing = [typed for typed in (self.server, self.person, self.password) if not typed.text()]
        for typed in (self.server, self.person, self.password):
            typed.set_faulty(typed in missing)
        if missing:
            self._show_fault(tr("shell.sign_in_missing"))
            missing[0].setFocus()
            return
        self._show_fault("")
        self._show_trying(True)
        self._door.sign_in(self.credentials, self._enter, self._refuse)

    def reject(self) -> None:
        """Gives up the attempt; without one, closes."""
        if self._trying:
            self._door.cancel()
            self._show_trying(False)
            self.password.setFocus()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS and not self._trying:
            self.try_in()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self._trying = False
        self.password.clear()
        self.accept()

    def _refuse(self, error: GantryError) -> None:
        self._show_trying(False)
        self._show_fault(say_reason(error.reason))
        self.password.selectAll()
        self.password.setFocus()

    def _show_fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.fault.setAccessibleName(words)

    def _show_trying(self, trying: bool) -> None:
        self._trying = trying
        self.progress.setVisible(trying)
        self.enter.setEnabled(not trying)
        for typed in (self.server, self.person, self.password, self.remember):
            typed.setEnabled(not trying)

    def _build(self) -> None:
        self.setWindowIcon(brand_icon())
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = Ground("surface")
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(2 * GAP_L, GAP_XL, 2 * GAP_L, GAP_XL)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        head.addWidget(_Mark())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("shell.brand", TYPE_NUMBER, bold=True))
        words.addWidget(label("shell.brand_line", TYPE_SMALL, color="text_2"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(GAP_L)
        for text_id, typed in self._named():
            line = label(text_id, TYPE_SMALL, color="text_2")
            line.setBuddy(typed)
            column.addWidget(line)
            column.addWidget(typed)
            column.addSpacing(GAP_S)
        column.addWidget(self.remember)
        column.addSpacing(GAP_S)
        column.addWidget(self.fault)
        self.fault.hide()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(GRID)
        column.addWidget(self.progress)
        column.addSpacing(GAP_S)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.give_up)
        foot.addWidget(self.enter)
        column.addLayout(foot)

    def _named(self) -> tuple[tuple[str, TextField], ...]:
        return (
            ("shell.server", self.server),
            ("shell.person", self.person),
            ("shell.password", self.password),
        )

    def _say(self) -> None:
        say(self, "shell.sign_in_title", "title")
        for text_id, typed in self._named():
            say(typed, text_id, "name")
        say(self.server, "shell.server_hint", "placeholder")
        texts().bind(self.remember, "text", lambda: tr("shell.remember"))


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(MARK, MARK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_brand(painter, QRectF(0, 0, MARK, MARK))
