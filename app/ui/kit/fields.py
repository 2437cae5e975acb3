"""Input fields that look alike: text, number, date, several lines, choice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from app.ui.kit.colors import Colors
from app.ui.kit.formats import say_date, say_number
from app.ui.kit.icons import icon, paint_icon
from app.ui.kit.measures import BUTTON, GAP_L, GAP_S, GRID, RADIUS, ROW_NORMAL, TYPE_CELL
from app.ui.kit.parsing import parse_date, parse_number
from app.ui.kit.scroll import calm
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import colors_of, font

ARROW = 12
LINES_SHOWN = 4


def paint_frame(painter: QPainter, widget: QWidget, colors: Colors, *, faulty: bool) -> None:
    """The rounded frame of an input: red when faulty, thick with the keys."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focused = widget.hasFocus()
    edge = colors.overdue if faulty else colors.focus if focused else colors.border_strong
    width = 2.0 if focused else 1.0
    inset = width / 2
    painter.setPen(QPen(QColor(edge if widget.isEnabled() else colors.border), width))
    painter.setBrush(QColor(colors.surface if widget.isEnabled() else colors.window))
    painter.drawRoundedRect(
        QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS
    )


def _see_through(widget: QWidget) -> None:
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
    widget.setPalette(palette)


class TextField(QLineEdit):
    """One line of text; `set_faulty` marks it red."""

    def __init__(self, text: str = "", *, most: int = 500, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._faulty = False
        self.setFont(font(TYPE_CELL))
        self.setFrame(False)
        self.setMaxLength(most)
        self.setTextMargins(GAP_S, 0, GAP_S, 0)
        self.setFixedHeight(max(ROW_NORMAL, self.fontMetrics().height() + GAP_S))
        _see_through(self)

    def set_faulty(self, faulty: bool) -> None:
        """Marks or clears the red frame."""
        self._faulty = faulty
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_frame(painter, self, colors_of(self), faulty=self._faulty)
        painter.end()
        super().paintEvent(event)


class NumberField(TextField):
    """A number, right-aligned, grouped when left; an empty field is None."""

    def __init__(self, number: Decimal | None = None, *, places: int | None = None) -> None:
        super().__init__(most=40)
        self._places = places
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_number(number)
        self.editingFinished.connect(self._tidy)

    def number(self) -> Decimal | None:
        """The number typed. ValueError when it is none."""
        return parse_number(self.text()) if self.text().strip() else None

    def set_number(self, number: Decimal | None) -> None:
        """Shows a number."""
        self.setText("" if number is None else say_number(number, self._places))

    def _tidy(self) -> None:
        try:
            number = self.number()
        except ValueError:
            return
        if number is not None and (self._places is None or _places_in(number) <= self._places):
            self.set_number(number)


class DateField(TextField):
    """A date, typed in any usual way or picked (Alt+Down); an empty field is None."""

    def __init__(self, day: date | None = None, *, today: date) -> None:
        super().__init__(most=20)
        self._today = today
        self.set_day(day)
        self.setPlaceholderText(f"{today:%Y-%m-%d}")
        self._open = QAction(icon("calendar"), tr("kit.pick_date"), self)
        self._open.setShortcut("Alt+Down")
        self._open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._open.triggered.connect(self.pick)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._tidy)

    def day(self) -> date | None:
        """The date typed. ValueError when it is none."""
        return parse_date(self.text(), self._today) if self.text().strip() else None

    def set_day(self, day: date | None) -> None:
        """Shows a date."""
        self.setText("" if day is None else say_date(day))

    def pick(self) -> None:
        """Opens the calendar below the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        start = self._shown() or self._today
        calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        calendar.activated.connect(lambda picked: self._take(picked, menu))
        calendar.clicked.connect(lambda picked: self._take(picked, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _take(self, picked: QDate, menu: QMenu) -> None:
        self.set_day(date(picked.year(), picked.month(), picked.day()))
        menu.close()
        self.setFocus()
        self.editingFinished.emit()

    def _shown(self) -> date | None:
        try:
            return self.day()
        except ValueError:
            return None

    def _tidy(self) -> None:
        day = self._shown()
        if day is not None:
            self.set_day(day)


class LinesField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, text: str = "", *, lines: int = LINES_SHOWN) -> None:
        super().__init__(text)
        self._faulty = False
        self.setFont(font(TYPE_CELL))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        calm(self)
        self.setViewportMargins(GRID + 1, 3, GRID + 1, 3)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + GAP_L)
        _see_through(self)
        self.viewport().setAutoFillBackground(False)

    def set_faulty(self, faulty: bool) -> None:
        """Marks or clears the red frame."""
        self._faulty = faulty
        self.update()

    def event(self, event: QEvent) -> bool:
        # Paint events of the frame come here, those of the text go to the viewport.
        if event.type() == QEvent.Type.Paint:
            paint_frame(QPainter(self), self, colors_of(self), faulty=self._faulty)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


class ChoiceField(QComboBox):
    """One of several values; `picked(value)` when the person chooses."""

    picked = Signal(object)

    def __init__(
        self, *, tall: bool = True, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._faulty = False
        self._icon_name = icon_name
        self.setFont(font(TYPE_CELL))
        height = ROW_NORMAL if tall else BUTTON
        self.setFixedHeight(max(height, self.fontMetrics().height() + GAP_S))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(16)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))
        texts().language_changed.connect(self.updateGeometry)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Replaces the choices, keeping the value in force if it is still among them."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.blockSignals(False)
        self.set_value(kept)
        self.updateGeometry()

    def value(self) -> object:
        """The value in force, None when nothing is chosen."""
        return self.itemData(self.currentIndex()) if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        """Chooses a value; none is chosen when it is not among the choices."""
        found = (place for place in range(self.count()) if self.itemData(place) == value)
        self.setCurrentIndex(next(found, -1))

    def set_faulty(self, faulty: bool) -> None:
        """Marks or clears the red frame."""
        self._faulty = faulty
        self.update()

    def sizeHint(self) -> QSize:
        words = [self.itemText(place) for place in range(self.count())] + [self.placeholderText()]
        width = max(self.fontMetrics().horizontalAdvance(word) for word in words)
        return QSize(
            width + 3 * GAP_S + ARROW + (ARROW + GAP_S if self._icon_name else 0) + GAP_S,
            self.height(),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 8 * GAP_L), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        paint_frame(painter, self, colors, faulty=self._faulty)
        left = GAP_S + GRID
        middle = self.height() / 2
        if self._icon_name:
            paint_icon(
                painter, self._icon_name, QRectF(left - 2, middle - 8, 16, 16), colors.text_2
            )
            left += ARROW + GAP_S
        room = QRectF(left, 0, self.width() - left - ARROW - 2 * GAP_S, self.height())
        words = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        ink = colors.text if self.isEnabled() and self.currentIndex() >= 0 else colors.text_3
        painter.setPen(QColor(ink))
        painter.setFont(self.font())
        shown = self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        arrow = QRectF(self.width() - ARROW - GAP_S, middle - ARROW / 2, ARROW, ARROW)
        paint_icon(painter, "down", arrow, colors.text_2)


def _places_in(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
