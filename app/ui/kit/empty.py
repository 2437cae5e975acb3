"""What stands where there is nothing yet: what this is and what to do first."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.buttons import button
from app.ui.kit.icons import paint_icon
from app.ui.kit.labels import Label, label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, TYPE_TITLE
from app.ui.kit.theme import colors_of

DISC = 56
GLYPH = 26
WIDEST = 420
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """An icon, a title, what to do, and at most one primary button."""

    def __init__(
        self,
        icon_name: str,
        title_id: str,
        hint_id: str,
        action_id: str = "",
        on_action: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.action = None
        column = QVBoxLayout(self)
        column.setSpacing(GAP_S)
        column.addStretch(2)
        column.addWidget(_Disc(icon_name), 0, _MIDDLE)
        column.addSpacing(GAP_S)
        column.addWidget(self._centred(label(title_id, TYPE_TITLE, bold=True)), 0, _MIDDLE)
        self._hint = self._centred(label(hint_id, color="text_2", wrap=True))
        column.addWidget(self._hint, 0, _MIDDLE)
        if action_id and on_action is not None:
            column.addSpacing(GAP_M)
            self.action = button(action_id, "primary", icon_name="add")
            self.action.clicked.connect(on_action)
            column.addWidget(self.action, 0, _MIDDLE)
        column.addStretch(3)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)

    def _centred(self, made: Label) -> Label:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setFixedWidth(max(min(WIDEST, self.width() - 2 * GAP_L), 1))


class _Disc(QWidget):
    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setFixedSize(QSize(DISC, DISC))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.selection))
        painter.drawEllipse(QRectF(self.rect()))
        edge = (DISC - GLYPH) / 2
        paint_icon(painter, self._icon_name, QRectF(edge, edge, GLYPH, GLYPH), colors.link)
