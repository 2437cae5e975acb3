"""Labels in the kit's type sizes and colours."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.core.errors import Parameter
from app.ui.kit.icons import paint_icon
from app.ui.kit.measures import ICON, TYPE_CELL
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import colors_of, font


class Label(QLabel):
    """A line (or wrapped paragraph) of text; `color` is a field of Colors and follows the theme."""

    def __init__(
        self,
        text: str = "",
        size: int = TYPE_CELL,
        *,
        bold: bool = False,
        color: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._color = color
        self.setFont(font(size, bold=bold))
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._recolor()

    def set_color(self, color: str) -> None:
        """Changes the colour, a field of Colors."""
        self._color = color
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()

    def _recolor(self) -> None:
        wanted = QColor(getattr(colors_of(self), self._color))
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where room is short; the whole text is its tool tip."""

    def __init__(
        self, text: str = "", size: int = TYPE_CELL, *, bold: bool = False, color: str = "text"
    ) -> None:
        super().__init__(text, size, bold=bold, color=color)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("…") * 2, super().minimumSizeHint().height()
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place: QRect = self.contentsRect()
        shown = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(place, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        tip = self.text() if shown != self.text() else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)


def label(
    text_id: str,
    size: int = TYPE_CELL,
    *,
    bold: bool = False,
    color: str = "text",
    wrap: bool = False,
    **parameters: Parameter,
) -> Label:
    """A label that says a text id in the language in force."""
    made = Label("", size, bold=bold, color=color, wrap=wrap)
    texts().bind(made, "text", lambda: tr(text_id, **parameters))
    return made


class IconMark(QWidget):
    """An icon by name in a colour that follows the theme."""

    def __init__(self, name: str, color: str = "text_2", size: int = ICON) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = str(getattr(colors_of(self), self._color))
        paint_icon(QPainter(self), self._name, QRectF(self.rect()), color)


class Line(QFrame):
    """A hairline in the border colour."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(colors_of(self).border))


class Ground(QWidget):
    """An area in one of our colours; `edges` with hairlines: top, bottom, left, right."""

    def __init__(
        self, color: str = "surface", edges: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._color = color
        self._edges = edges

    def set_color(self, color: str) -> None:
        """Changes the colour, a field of Colors."""
        self._color = color
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(getattr(colors, self._color)))
        width, height = self.width(), self.height()
        lines = {
            "top": QRect(0, 0, width, 1),
            "bottom": QRect(0, height - 1, width, 1),
            "left": QRect(0, 0, 1, height),
            "right": QRect(width - 1, 0, 1, height),
        }
        edge = colors.banner_border if self._color == "banner" else colors.border
        for name in self._edges:
            painter.fillRect(lines[name], QColor(edge))
