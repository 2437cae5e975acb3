"""The amber banner while the server cannot be reached, or turns this person away."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from app.ui.kit.buttons import button
from app.ui.kit.labels import ElidedLabel, Ground, Label
from app.ui.kit.measures import BANNER, GAP_L, GAP_M, GAP_S
from app.ui.kit.status import paint_mark
from app.ui.kit.text import say_reason, texts, tr
from app.ui.kit.theme import colors_of
from app.ui.shell.link_state import SHAPES, LinkState

MARK = 9.0


class OfflineBanner(Ground):
    """Says that edits are safe on this machine, what is wrong, and what to do."""

    retry_asked = Signal()
    sign_in_asked = Signal()

    def __init__(self) -> None:
        super().__init__("banner", ("bottom",))
        self._state = LinkState("online")
        self.setFixedHeight(BANNER)
        self._words = ElidedLabel("")
        self._title = Label("", bold=True, color="waiting")
        self.retry = button("shell.retry")
        self.sign_in = button("shell.sign_in_again")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L + round(MARK) + GAP_S, 0, GAP_L, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        row.addWidget(self.sign_in)
        row.addWidget(self.retry)
        self.retry.clicked.connect(self.retry_asked)
        self.sign_in.clicked.connect(self.sign_in_asked)
        texts().language_changed.connect(self._retranslate)
        self.hide()

    def show_link(self, state: LinkState) -> None:
        """Appears while a person has to know of it."""
        self._state = state
        self._retranslate()
        self.sign_in.setVisible(state.wants_sign_in)
        self.setVisible(state.is_troubled)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        center = QPointF(GAP_L + MARK / 2, self.height() / 2)
        paint_mark(painter, center, SHAPES[self._state.link], colors_of(self).waiting, MARK)

    def _retranslate(self) -> None:
        title = tr(f"shell.link_{self._state.link}")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._words.setText(self._said())

    def _said(self) -> str:
        state = self._state
        if state.reason is not None and not state.is_offline:
            return say_reason(state.reason)
        if state.waiting:
            return tr("shell.banner_waiting", count=state.waiting)
        return tr("shell.banner_nothing")
