"""Cards and number tiles for overviews."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import Parameter
from app.ui.kit.labels import ElidedLabel, Label, label
from app.ui.kit.measures import (
    GAP_L,
    GAP_M,
    GAP_S,
    GRID,
    RADIUS,
    TYPE_NUMBER_LARGE,
    TYPE_SMALL,
    TYPE_TITLE,
)
from app.ui.kit.status import MARK, Status, paint_mark
from app.ui.kit.text import say, texts, tr
from app.ui.kit.theme import colors_of

_OPENERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Card(QFrame):
    """A surface with rounded border; `head` is right of the title, `body` below."""

    def __init__(self, title_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._highlighted = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP_S)
        if title_id:
            row = QHBoxLayout()
            row.addWidget(label(title_id, TYPE_TITLE, bold=True))
            row.addStretch(1)
            row.addLayout(self.head)
            column.addLayout(row)
            say(self, title_id, "name")
        column.addLayout(self.body, 1)

    def set_highlighted(self, highlighted: bool) -> None:
        """Tints the card as the one in force."""
        self._highlighted = highlighted
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colors.accent_border if self._highlighted else colors.border
        if self.hasFocus():
            edge = colors.focus
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colors.selection if self._highlighted else colors.surface))
        inset = 1 if self.hasFocus() else 0.5
        place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(place, RADIUS, RADIUS)


class NumberTile(Card):
    """A title, a large number, a note; opens its rows by click, Enter or Space."""

    def __init__(
        self, title_id: str, on_open: Callable[[], None] | None = None, **parameters: Parameter
    ) -> None:
        super().__init__()
        self._on_open = on_open
        self._title = Label("", TYPE_SMALL, color="text_2")
        texts().bind(self._title, "text", lambda: tr(title_id, **parameters))
        self._number = ElidedLabel("", TYPE_NUMBER_LARGE, bold=True)
        self._note = ElidedLabel("", TYPE_SMALL, color="text_2")
        self.body.setSpacing(GRID)
        self._mark = _StatusMark()
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._mark)
        below.addWidget(self._note, 1)
        self.body.addWidget(self._title)
        self.body.addWidget(self._number)
        self.body.addLayout(below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if on_open is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_number(self, number: str, note: str = "", status: Status | None = None) -> None:
        """Shows a number in words, and a note with mark and colour of a status."""
        self._number.setText(number)
        self._note.setText(note)
        self._note.set_color(str(status.value[0]) if status else "text_2")
        self._mark.show_status(status)
        self.setAccessibleName(f"{self._title.text()} {number} {note}".strip())

    @property
    def title(self) -> Label:
        """The label with the title."""
        return self._title

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._on_open is not None:
            self._on_open()


class _StatusMark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._status: Status | None = None
        self.setFixedSize(round(MARK) + 2, TYPE_SMALL + GRID)
        self.hide()

    def show_status(self, status: Status | None) -> None:
        self._status = status
        self.setVisible(status is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._status is not None:
            middle = QRectF(self.rect()).center()
            color = self._status.color(colors_of(self))
            paint_mark(QPainter(self), middle, self._status.shape, color)
