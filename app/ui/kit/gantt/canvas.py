"""The chart's picture: an outline painted on its time axis, without any editing."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.texts import Language
from app.ui.kit.gantt.axis_area import AxisArea
from app.ui.kit.gantt.colours import LIGHT, GanttColours, Inks
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.paint import paint_axis, paint_body
from app.ui.kit.gantt.rows import day_of
from app.ui.kit.gantt.shading import ChartCalendar


@dataclass(frozen=True, slots=True)
class ChartMarks:
    """Day numbers of the vertical lines; None leaves a line out."""

    data_date: float | None = None
    today: float | None = None

    @staticmethod
    def of(data_date: date | None = None, today: date | datetime | None = None) -> "ChartMarks":
        """The data date's line stands at the end of that day, today's at its beginning (or now)."""
        return ChartMarks(
            None if data_date is None else day_of(data_date) + 1.0,
            None if today is None else day_of(today),
        )


class ChartCanvas(AxisArea):
    """Paints header and visible rows; the header and ground are kept while rows scroll."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        self._language: Language = language
        self._inks = Inks.of(LIGHT)
        self._calendar = ChartCalendar()
        self._marks = ChartMarks()
        self._selected: frozenset[int] = frozenset()
        self._current = -1
        self._dotted = -1
        self._background: QPixmap | None = None
        self._axis: QPixmap | None = None
        super().__init__(parent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def language(self) -> Language:
        """Language of the words painted."""
        return self._language

    def set_calendar(self, calendar: ChartCalendar) -> None:
        """Days off, holidays and make-up days to shade."""
        self._calendar = calendar
        self._refresh()

    def set_marks(self, marks: ChartMarks) -> None:
        """Where the progress line and the today line stand."""
        self._marks = marks
        self.set_marked_days(day for day in (marks.data_date, marks.today) if day is not None)

    def set_colours(self, colours: GanttColours) -> None:
        """Light or dark."""
        self._inks = Inks.of(colours)
        self._refresh()

    def set_language(self, language: Language) -> None:
        """Language of header, labels and tips."""
        self._language = language
        self._refresh()

    def frame_now(self, left_out: int = -1) -> Frame:
        """The picture of the body as it stands now."""
        size = self.viewport().size()
        return Frame(
            outline=self._outline,
            scale=self._scale,
            calendar=self._calendar,
            inks=self._inks,
            language=self._language,
            font=self.font(),
            width=float(size.width()),
            height=max(size.height() - HEADER, 0.0),
            top=float(self.verticalScrollBar().value()),
            data_date=self._marks.data_date,
            today=self._marks.today,
            selected=self._selected,
            current=self._current,
            dotted=self._dotted,
            left_out=left_out,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another font means another header."""
        super().changeEvent(event)
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Header and visible rows."""
        with QPainter(self.viewport()) as painter:
            self.paint_chart(painter, self.frame_now())

    def paint_chart(self, painter: QPainter, frame: Frame) -> None:
        """Header and body, the painter's origin at the viewport's upper left corner."""
        if self._axis is None:
            self._axis = self._picture()
            with QPainter(self._axis) as axis_painter:
                paint_axis(axis_painter, frame)
        painter.drawPixmap(0, 0, self._axis)
        painter.save()
        painter.translate(0, HEADER)
        painter.setClipRect(QRect(0, 0, int(frame.width), int(frame.height)))
        paint_body(painter, frame)
        painter.restore()

    def _refresh(self) -> None:
        self._axis = None
        self._refresh_rows()

    def _refresh_rows(self) -> None:
        self._background = None
        self.viewport().update()

    def _picture(self) -> QPixmap:
        """An empty picture of the viewport's size in device pixels."""
        ratio = self.viewport().devicePixelRatioF()
        picture = QPixmap(self.viewport().size() * ratio)
        picture.setDevicePixelRatio(ratio)
        return picture
