"""The search over everything (Ctrl+K), by keyboard alone, pinyin initials included."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.pinyin import initials
from app.ui.kit.desk import Reader
from app.ui.kit.fields import TextField
from app.ui.kit.finding import Hit, Source
from app.ui.kit.icons import icon
from app.ui.kit.labels import Line
from app.ui.kit.measures import GAP_S, RADIUS
from app.ui.kit.palette_list import HitList
from app.ui.kit.runner import Runner
from app.ui.kit.text import say
from app.ui.kit.theme import colors_of

WIDTH: Final = 560
FIELD: Final = 40
TOP: Final = 6
DEBOUNCE_MS: Final = 120
MOST_HITS: Final = 8
MOST_USUAL: Final = 5


@dataclass(frozen=True)
class Group:
    """The hits of one source."""

    title_id: str
    hits: tuple[Hit, ...]


class Palette(QFrame):
    """Lies over a window. Down, Up, PgUp, PgDn, Enter, Escape; `closed` when it goes away."""

    closed = Signal()

    def __init__(self, window: QWidget, runner: Runner, sources: Sequence[Source]) -> None:
        super().__init__(window)
        self._runner = runner
        self._sources = tuple(sources)
        self.field = TextField(most=100)
        self.hits = HitList()
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(DEBOUNCE_MS)
        self._waiting.timeout.connect(self._ask)
        self.field.setFixedHeight(FIELD)
        self.field.addAction(icon("search"), TextField.ActionPosition.LeadingPosition)
        say(self.field, "kit.palette_hint", "placeholder")
        say(self.field, "kit.palette", "name")
        say(self, "kit.palette", "name")
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_S, GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_S)
        column.addWidget(self.field)
        column.addWidget(Line())
        column.addWidget(self.hits)
        self.field.textChanged.connect(self._waiting.start)
        self.field.installEventFilter(self)
        self.hits.chosen.connect(self._choose)
        self.hide()

    def popup(self, wanted: str = "") -> None:
        """Opens with what is usual, or with something already typed."""
        self.field.setText(wanted)
        self.field.selectAll()
        self._waiting.stop()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self._ask()
        # The dictionary loads while the person begins to type.
        self._runner.work(self, lambda: initials("龙"), lambda _: None, key="dictionary")

    def dismiss(self) -> None:
        """Goes away without choosing."""
        self._waiting.stop()
        self._runner.cancel(self)
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._leave)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.border_strong), 1))
        painter.setBrush(QColor(colors.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_HITS,
            Qt.Key.Key_PageUp: -MOST_HITS,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.hits.move_by(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def _enter(self) -> None:
        if self._waiting.isActive():
            # The hits seen belong to what was typed before: open the best of the answer.
            self._waiting.stop()
            self._ask(open_best=True)
        elif self.hits.current is not None:
            self._choose(self.hits.current)

    def _ask(self, *, open_best: bool = False) -> None:
        wanted = self.field.text().strip()
        sources = self._sources

        def find(reader: Reader) -> list[Group]:
            most = MOST_HITS if wanted else MOST_USUAL
            found = (Group(s.title_id, tuple(s.find(reader, wanted, most))) for s in sources)
            return [group for group in found if group.hits]

        def take(groups: list[Group]) -> None:
            self._show(groups)
            if open_best and self.hits.current is not None:
                self._choose(self.hits.current)

        self._runner.query(self, find, take, key="find")

    def _show(self, groups: list[Group]) -> None:
        self.hits.show_groups([(group.title_id, group.hits) for group in groups])
        self._place()

    def _choose(self, hit: Hit) -> None:
        self.dismiss()
        hit.open()

    def _leave(self) -> None:
        if self.isVisible() and not self.field.hasFocus() and self.window().isActiveWindow():
            self.dismiss()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(WIDTH, window.width() - 2 * GAP_S)
        self.resize(QSize(width, min(self.sizeHint().height(), window.height() - 2 * TOP)))
        self.move(QPoint((window.width() - width) // 2, TOP))
