"""Buttons, painted: primary, secondary, danger, plain; with icon, key cap and menu arrow."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.core.errors import Parameter
from app.ui.kit.colors import Colors
from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import (
    BUTTON,
    BUTTON_TALL,
    GAP_M,
    GAP_S,
    GRID,
    ICON,
    KEY_CAP,
    RADIUS,
    RADIUS_SMALL,
    TYPE_CELL,
    TYPE_SMALL,
)
from app.ui.kit.text import say, texts, tr
from app.ui.kit.theme import colors_of, font

Kind = Literal["primary", "secondary", "danger", "plain", "link"]
ARROW: Final = 12
DISABLED_ICON: Final = 0.38
_CENTER = Qt.AlignmentFlag.AlignCenter
_HAND = Qt.CursorShape.PointingHandCursor


class Button(QPushButton):
    """A push button of 28 px, or 36 in action bars (`tall`). One primary a page."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "secondary",
        *,
        icon_name: str = "",
        key: str = "",
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon_name = icon_name
        self._key = key.replace("Return", "Enter")
        self._shortcut = QKeySequence(key)
        self._hovered = False
        self._height = BUTTON_TALL if tall else BUTTON
        self.setFont(font(TYPE_CELL))
        self.setFixedHeight(max(self._height, self.fontMetrics().height() + GAP_S))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setShortcut(self._shortcut)
        if kind == "link":
            self.setCursor(_HAND)

    def setText(self, text: str) -> None:
        # Qt takes the shortcut of a button away whenever its text changes.
        super().setText(text)
        self.setShortcut(self._shortcut)

    def set_icon(self, icon_name: str) -> None:
        """Changes the icon; none for an empty name."""
        self._icon_name = icon_name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        margin = 0 if self._kind == "link" else GAP_M
        width = 2 * margin + self._content_width()
        if not self.text() and not self._key:
            width = self.height()
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._hovered = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill, edge, ink = self._shades(colors)
        painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        if fill or edge:
            painter.drawRoundedRect(place, RADIUS, RADIUS)
        if self.hasFocus():
            self._paint_focus(painter, colors)
        self._paint_content(painter, colors, ink)

    def _shades(self, colors: Colors) -> tuple[str, str, str]:
        pressed = self.isDown() or self.isChecked()
        hovered = self._hovered and self.isEnabled()
        if not self.isEnabled():
            bare = self._kind in ("plain", "link")
            return ("", "", colors.text_3) if bare else (colors.hover, colors.border, colors.text_3)
        if self._kind == "primary":
            fill = (
                colors.accent_pressed
                if pressed
                else colors.accent_hover
                if hovered
                else colors.accent
            )
            return fill, fill, colors.on_accent
        if self._kind == "link":
            return "", "", colors.link
        ground = "" if self._kind == "plain" else colors.raised
        fill = colors.pressed if pressed else colors.hover if hovered else ground
        edge = {"plain": "", "danger": colors.overdue}.get(self._kind, colors.border)
        if self.isChecked() and self._kind == "secondary":
            return colors.selection, colors.accent_border, colors.link
        return fill, edge, colors.overdue if self._kind == "danger" else colors.text

    def _paint_focus(self, painter: QPainter, colors: Colors) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = self._kind == "primary"
        painter.setPen(QPen(QColor(colors.on_accent if inner else colors.focus), 1.5))
        inset = 2.5 if inner else 1
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS - 1, RADIUS - 1
        )

    def _content_width(self) -> int:
        parts = []
        if self._icon_name:
            parts.append(ICON)
        if self.text():
            parts.append(self.fontMetrics().horizontalAdvance(self._plain_text()) + 1)
        if self._key:
            parts.append(key_cap_width(self._key))
        if self.menu():
            parts.append(ARROW)
        return (
            sum(parts)
            + GAP_S * max(len(parts) - 1, 0)
            - (2 if self._icon_name and self.text() else 0)
        )

    def _plain_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _paint_content(self, painter: QPainter, colors: Colors, ink: str) -> None:
        height = self.height()
        x = 0.0 if self._kind == "link" else (self.width() - self._content_width()) / 2
        if self._icon_name:
            tone = ink if self.text() or not self.isEnabled() else colors.text_2
            painter.setOpacity(1.0 if self.isEnabled() else DISABLED_ICON)
            paint_icon(painter, self._icon_name, QRectF(x, (height - ICON) / 2, ICON, ICON), tone)
            painter.setOpacity(1.0)
            x += ICON + GAP_S - 2
        if self.text():
            painter.setPen(QColor(ink))
            painter.setFont(self.font())
            width = self.fontMetrics().horizontalAdvance(self._plain_text()) + 1
            painter.drawText(QRectF(x, 0, width, height), _CENTER, self._plain_text())
            x += width + GAP_S
        if self._key:
            on_accent = self._kind == "primary" and self.isEnabled()
            x += (
                paint_key_cap(painter, x, height / 2, self._key, colors, on_accent=on_accent)
                + GAP_S
            )
        if self.menu():
            paint_icon(painter, "down", QRectF(x, (height - ARROW) / 2, ARROW, ARROW), ink)


def key_cap_width(key: str) -> int:
    """Width of a painted key cap in px."""
    return QFontMetrics(font(TYPE_SMALL - 1)).horizontalAdvance(key) + 2 * GRID + 2


def paint_key_cap(
    painter: QPainter, x: float, middle: float, key: str, colors: Colors, *, on_accent: bool = False
) -> int:
    """Paints a key cap with its left edge at x, centred on `middle`; returns its width."""
    width = key_cap_width(key)
    place = QRectF(x + 0.5, middle - KEY_CAP / 2 + 0.5, width - 1, KEY_CAP - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = colors.accent_pressed if on_accent else colors.surface
    painter.setPen(QPen(QColor(colors.on_accent if on_accent else colors.border), 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(place, RADIUS_SMALL, RADIUS_SMALL)
    painter.setPen(QColor(colors.on_accent if on_accent else colors.text_2))
    painter.setFont(font(TYPE_SMALL - 1))
    painter.drawText(place, _CENTER, key)
    painter.restore()
    return width


def button(
    text_id: str,
    kind: Kind = "secondary",
    *,
    icon_name: str = "",
    key: str = "",
    tall: bool = False,
    **parameters: Parameter,
) -> Button:
    """A button that says a text id in the language in force."""
    made = Button("", kind, icon_name=icon_name, key=key, tall=tall)
    texts().bind(made, "text", lambda: tr(text_id, **parameters))
    return made


def icon_button(icon_name: str, text_id: str, *, key: str = "", checkable: bool = False) -> Button:
    """A square button with an icon only; its words are the tool tip and the accessible name."""
    made = Button("", "plain", icon_name=icon_name)
    say(made, text_id, "tool_tip")
    say(made, text_id, "name")
    made.setCheckable(checkable)
    if key:
        made.setShortcut(QKeySequence(key))
    return made
