"""The amber banner while the server cannot be reached."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from app.ui.kit.buttons import button
from app.ui.kit.labels import ElidedLabel, Ground, label
from app.ui.kit.measures import BANNER, GAP_L, GAP_M, GAP_S
from app.ui.kit.status import paint_mark
from app.ui.kit.text import say, texts, tr
from app.ui.kit.theme import colors_of
from app.ui.shell.link_state import LinkState

MARK = 9.0


class OfflineBanner(Ground):
    """Says that edits are safe on this machine and what happens next."""

    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__("banner", ("bottom",))
        self._state = LinkState("online")
        self.setFixedHeight(BANNER)
        self._words = ElidedLabel("")
        self.retry = button("shell.retry")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L + round(MARK) + GAP_S, 0, GAP_L, 0)
        row.setSpacing(GAP_M)
        row.addWidget(label("shell.link_offline", bold=True, color="waiting"))
        row.addWidget(self._words, 1)
        row.addWidget(self.retry)
        self.retry.clicked.connect(self.retry_asked)
        texts().language_changed.connect(self._retranslate)
        say(self, "shell.link_offline", "name")
        self.hide()

    def show_link(self, state: LinkState) -> None:
        """Appears while offline."""
        self._state = state
        self._retranslate()
        self.setVisible(state.is_offline)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        center = QPointF(GAP_L + MARK / 2, self.height() / 2)
        paint_mark(painter, center, "hollow_diamond", colors_of(self).waiting, MARK)

    def _retranslate(self) -> None:
        waiting = self._state.waiting
        words = tr("shell.banner_waiting", count=waiting) if waiting else tr("shell.banner_nothing")
        self._words.setText(words)
