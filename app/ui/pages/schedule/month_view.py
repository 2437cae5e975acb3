"""One month of a working calendar: days off, named holidays, make-up days; a day is chosen."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.kit.colors import Colors
from app.ui.kit.measures import GRID, RADIUS_SMALL, TYPE_CELL, TYPE_SMALL
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import colors_of, font
from app.ui.pages.schedule.shift_words import say_shifts

CELL_WIDTH, CELL_HEIGHT, HEAD = 60, 44, 22
WEEKS: Final = 6
_CENTER: Final = Qt.AlignmentFlag.AlignCenter
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthView(QWidget):
    """`chosen(date)` when another day is chosen, by mouse or arrows; PageUp/Down turn months."""

    chosen = Signal(object)

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._calendar: CalendarView | None = None
        self._special: Mapping[date, SpecialDay] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(QSize(7 * CELL_WIDTH + 1, HEAD + WEEKS * CELL_HEIGHT + 1))
        texts().language_changed.connect(self._tell)

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._day

    def show_calendar(self, calendar: CalendarView) -> None:
        """Shows another calendar, or the same one changed."""
        self._calendar = calendar
        self._special = {special.day: special for special in calendar.days}
        self._tell()

    def special(self) -> SpecialDay | None:
        """What the calendar says of the chosen day alone."""
        return self._special.get(self._day)

    def choose(self, day: date) -> None:
        """Chooses a day and tells."""
        self._day = min(max(day, date(1970, 1, 1)), date(2199, 12, 31))
        self._tell()
        self.chosen.emit(self._day)

    def turn(self, months: int) -> None:
        """Goes some months on or back, on the same day where there is one."""
        number = self._day.year * 12 + self._day.month - 1 + months
        year, month = divmod(number, 12)
        last = monthrange(year, month + 1)[1]
        self.choose(date(year, month + 1, min(self._day.day, last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        column, row = int(place.x() // CELL_WIDTH), int((place.y() - HEAD) // CELL_HEIGHT)
        if place.y() >= HEAD and 0 <= column < 7 and row < WEEKS:
            self.choose(self._first() + timedelta(days=row * 7 + column))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TYPE_SMALL))
        painter.setPen(QColor(colors.text_2))
        for column in range(7):
            place = QRectF(column * CELL_WIDTH, 0, CELL_WIDTH, HEAD)
            painter.drawText(place, _CENTER, tr(f"schedule.page.weekday_{column}"))
        first = self._first()
        for number in range(WEEKS * 7):
            row, column = divmod(number, 7)
            left, top = column * CELL_WIDTH, HEAD + row * CELL_HEIGHT
            place = QRectF(left + 0.5, top + 0.5, CELL_WIDTH, CELL_HEIGHT)
            self._paint_day(painter, colors, place, first + timedelta(days=number))

    def words_for(self, day: date) -> str:
        """The day with what is special about it, as a screen reader says it."""
        special = self._special.get(day)
        shifts = self._shifts(day)
        parts = [day.isoformat(), say_shifts(shifts) or tr("schedule.page.day_off")]
        if special is not None and special.name:
            parts.append(special.name)
        if special is not None and special.provisional:
            parts.append(tr("schedule.page.provisional"))
        return ", ".join(parts)

    def _paint_day(self, painter: QPainter, colors: Colors, place: QRectF, day: date) -> None:
        special, works = self._special.get(day), bool(self._shifts(day))
        ground = colors.surface if works else colors.hover
        if special is not None:
            ground = colors.running_tint if works else colors.waiting_tint
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(QColor(ground))
        painter.drawRect(place)
        inside = day.month == self._day.month
        painter.setPen(QColor(colors.text if inside else colors.text_3))
        painter.setFont(font(TYPE_CELL, bold=inside and special is not None))
        upper = place.adjusted(GRID, GRID - 1, -GRID, -place.height() / 2 + 1)
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, str(day.day))
        if special is not None:
            self._paint_name(painter, colors, place, special)
        if day == self._day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -2, -2), RADIUS_SMALL, RADIUS_SMALL)

    def _paint_name(
        self, painter: QPainter, colors: Colors, place: QRectF, special: SpecialDay
    ) -> None:
        works = bool(special.shifts)
        mark = tr("schedule.page.mark_work") if works else tr("schedule.page.mark_off")
        painter.setPen(QColor(colors.running if works else colors.waiting))
        painter.setFont(font(TYPE_SMALL))
        upper = place.adjusted(GRID, GRID - 1, -GRID, -place.height() / 2 + 1)
        sign = f"{mark}?" if special.provisional else mark
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight, sign)
        lower = place.adjusted(GRID, place.height() / 2, -GRID, -GRID / 2)
        named = painter.fontMetrics().elidedText(
            special.name, Qt.TextElideMode.ElideRight, int(lower.width())
        )
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft, named)

    def _shifts(self, day: date) -> tuple[tuple[int, int], ...]:
        special = self._special.get(day)
        if special is not None:
            return special.shifts
        return () if self._calendar is None else self._calendar.week[day.weekday()]

    def _first(self) -> date:
        begin = self._day.replace(day=1)
        return begin - timedelta(days=begin.weekday())

    def _tell(self) -> None:
        self.setAccessibleName(self.words_for(self._day))
        self.update()
