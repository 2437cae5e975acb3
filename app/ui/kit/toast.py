"""Short messages at the foot of the window, one at a time, with one action such as undo."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, SignalInstance
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import Label
from app.ui.kit.measures import BUTTON, GAP_L, GAP_M, GAP_S, RADIUS, STATUS_BAR, TYPE_CELL
from app.ui.kit.text import tr
from app.ui.kit.theme import colors_of, font

SHOWN_MS: Final = 6000
WAITING_MOST: Final = 4
ACTION_BAR: Final = 56
Tone = Literal["done", "refused"]


@dataclass(frozen=True, slots=True)
class Message:
    """Words, and an action with its words."""

    words: str
    tone: Tone = "done"
    action_words: str = ""
    action: Callable[[], None] | None = None


class Toasts(QWidget):
    """Lies over a window; `show_message` queues when one is already seen. Escape closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._waiting: deque[Message] = deque(maxlen=WAITING_MOST)
        self._message: Message | None = None
        self._words = Label("", color="on_toast")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._action = _ToastAction(self)
        self._action.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L + GAP_L + GAP_S, 0, GAP_M, 0)
        row.setSpacing(GAP_L)
        row.addWidget(self._words)
        row.addWidget(self._action)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        window.installEventFilter(self)
        self.setFixedHeight(BUTTON + GAP_M)
        self.hide()

    @property
    def message(self) -> Message | None:
        """The message seen now."""
        return self._message

    def say(self, words: str, *, tone: Tone = "done") -> None:
        """Shows words without an action."""
        self.show_message(Message(words, tone))

    def offer_undo(self, words: str, undo: Callable[[], None], until: SignalInstance) -> None:
        """Shows words with an undo button, until a signal says that something else came after."""
        message = Message(words, "done", tr("kit.undo"), undo)
        self.show_message(message)
        until.connect(partial(self.withdraw, message), Qt.ConnectionType.SingleShotConnection)

    def show_message(self, message: Message) -> None:
        """Shows a message, after those before it."""
        if self._message is None:
            self._present(message)
        else:
            self._waiting.append(message)
            self._clock.start(SHOWN_MS // 2)

    def withdraw(self, message: Message) -> None:
        """Takes back a message, seen or waiting."""
        if self._message is message:
            self.dismiss()
        elif message in self._waiting:
            self._waiting.remove(message)

    def dismiss(self) -> None:
        """Closes the message seen and shows the next."""
        self._message = None
        self._clock.stop()
        self.hide()
        if self._waiting:
            self._present(self._waiting.popleft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.Close:
            self._clock.stop()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.toast))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        name = "warning" if self._message and self._message.tone == "refused" else "check"
        paint_icon(painter, name, QRectF(GAP_L, self.height() / 2 - 8, 16, 16), colors.on_toast)

    def _present(self, message: Message) -> None:
        self._message = message
        self._words.setText(message.words)
        self._words.setWordWrap(False)
        self._action.setText(message.action_words)
        self._action.setVisible(message.action is not None)
        self.setAccessibleName(message.words)
        self._place()
        self.show()
        self.raise_()
        self._clock.start(SHOWN_MS)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None or self._message is None:
            return
        most = window.width() - 4 * GAP_L
        self._words.setMaximumWidth(max(most - 160, GAP_L))
        self.setFixedWidth(min(self.sizeHint().width(), most))
        # Above the action bar of a page, so that it never covers a button.
        top = window.height() - STATUS_BAR - ACTION_BAR - GAP_S - self.height()
        self.move((window.width() - self.width()) // 2, top)

    def _act(self) -> None:
        message = self._message
        self.dismiss()
        if message is not None and message.action is not None:
            message.action()


class _ToastAction(QPushButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setFont(font(TYPE_CELL, bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setShortcut(QKeySequence())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(colors.toast_link))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
