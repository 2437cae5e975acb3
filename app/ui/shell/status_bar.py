"""The bar at the foot: the link in words, what the page says, what is being worked on, keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QProgressBar, QWidget

from app.ui.kit.buttons import button
from app.ui.kit.labels import ElidedLabel, Ground, label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, GRID, RADIUS_SMALL, STATUS_BAR, TYPE_SMALL
from app.ui.kit.status import MARK, paint_mark
from app.ui.kit.text import say, texts
from app.ui.kit.theme import colors_of, font
from app.ui.shell.link_state import SHAPES, Link, LinkState, say_link, say_outage

PROGRESS: Final = 72
CALM_INKS: Final[Mapping[Link, str]] = {
    "online": "done",
    "syncing": "running",
    "connecting": "text_2",
}
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter)


class StatusBar(Ground):
    """`inbox_asked` by the link's words; `cancel_asked` while something lasts."""

    inbox_asked = Signal()
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__("window", ("top",))
        self.setFixedHeight(STATUS_BAR)
        self.link = LinkButton()
        self._hint = ElidedLabel("", TYPE_SMALL, color="text_2")
        self._keys = ElidedLabel("", TYPE_SMALL, color="text_2")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._working = _Working()
        self._page_hint = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 1, GAP_M, 0)
        row.setSpacing(GAP_L)
        row.addWidget(self.link)
        row.addWidget(self._hint, 3)
        row.addWidget(self._working)
        row.addWidget(self._keys, 2)
        self._working.hide()
        self.link.clicked.connect(self.inbox_asked)
        self._working.cancel.clicked.connect(self.cancel_asked)
        texts().language_changed.connect(self._retranslate)
        say(self, "shell.status_bar", "name")

    def show_link(self, state: LinkState) -> None:
        """Shows another state of the link."""
        self.link.show_link(state)
        self._retranslate()

    def show_hints(self, hint: str, keys: str) -> None:
        """What the page in front says about its selection, and its keys."""
        self._page_hint = hint
        self._keys.setText(keys)
        self._retranslate()

    def show_busy(self, busy: bool) -> None:
        """Shows progress and a way to cancel."""
        self._working.setVisible(busy)

    def _retranslate(self) -> None:
        outage = say_outage(self.link.state, datetime.now().astimezone())
        self._hint.setText(self._page_hint or outage)


class _Working(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(PROGRESS, GRID + 2)
        self.cancel = button("kit.cancel", "link")
        self.cancel.setFont(font(TYPE_SMALL))
        self.cancel.setFixedHeight(STATUS_BAR - GRID)
        row.addWidget(bar)
        row.addWidget(label("shell.working", TYPE_SMALL, color="text_2"))
        row.addWidget(self.cancel)


class LinkButton(QAbstractButton):
    """The state of the link as mark and words; one click leads to the reconcile inbox."""

    def __init__(self) -> None:
        super().__init__()
        self.state = LinkState("connecting")
        self.setFixedHeight(STATUS_BAR - GRID)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        say(self, "shell.open_inbox", "tool_tip")
        texts().language_changed.connect(self._retranslate)
        self.show_link(self.state)

    def _retranslate(self) -> None:
        self.show_link(self.state)

    def show_link(self, state: LinkState) -> None:
        """Shows another state."""
        self.state = state
        self.setAccessibleName(say_link(state))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font(TYPE_SMALL)).horizontalAdvance(say_link(self.state))
        return QSize(round(width + MARK + GAP_S * 3), STATUS_BAR - GRID)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = SHAPES[self.state.link]
        ink = getattr(colors, CALM_INKS.get(self.state.link, "waiting"))
        if self.state.is_troubled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.banner))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_SMALL, RADIUS_SMALL)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL
            )
        paint_mark(painter, QPointF(GAP_S + MARK / 2, self.height() / 2), shape, ink)
        painter.setPen(QColor(ink))
        painter.setFont(font(TYPE_SMALL))
        left = GAP_S + MARK + GRID + 2
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), _MIDDLE, say_link(self.state)
        )
