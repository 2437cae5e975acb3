"""The chart's surface: scrolling, zooming and painting of visible rows, without any editing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import floor

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.texts import Language
from app.ui.kit.gantt.colours import LIGHT, GanttColours, Inks
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import HEADER, ROW
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint import paint_axis, paint_body
from app.ui.kit.gantt.rows import GanttRows, build_rows, day_of
from app.ui.kit.gantt.shading import ChartCalendar
from app.ui.kit.gantt.timescale import USUAL_PX, ScaleUnit, TimeScale

ZOOM_STEP = 1.2
_DAYS_BEFORE, _DAYS_AFTER = 28.0, 90.0


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


class ChartCanvas(QAbstractScrollArea):
    """Paints an outline on a time axis. `scale_changed` tells strips below to follow."""

    scale_changed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = Outline.of(build_rows(()))
        self._language: Language = language
        self._inks = Inks.of(LIGHT)
        self._calendar = ChartCalendar()
        self._marks = ChartMarks()
        self._scale = TimeScale(0.0, USUAL_PX[ScaleUnit.WEEK])
        self._extent = (0.0, 365.0)
        self._placed = False
        self._show_links = True
        self._show_baseline = True
        self._selected: frozenset[int] = frozenset()
        self._current = -1
        self._dotted = -1
        self._background: QPixmap | None = None
        self._axis: QPixmap | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled_to)
        self.verticalScrollBar().valueChanged.connect(self._refresh_rows)

    @property
    def outline(self) -> Outline:
        """What is shown."""
        return self._outline

    @property
    def language(self) -> Language:
        """Language of the words painted."""
        return self._language

    @property
    def time_scale(self) -> TimeScale:
        """The axis as it stands: x 0 is the viewport's left edge."""
        return self._scale

    def set_rows(self, rows: GanttRows) -> None:
        """Show `rows` in the expansion state that they carry."""
        self.set_outline(Outline.of(rows))

    def set_outline(self, outline: Outline) -> None:
        """Show an outline; the first one with rows also sets the place on the time axis."""
        self._outline = outline
        self._update_extent()
        extent = outline.rows.extent()
        if extent and not self._placed:
            self._placed = True
            self._scale = replace(self._scale, origin=floor(extent[0]) - (floor(extent[0]) + 3) % 7)
        self._sync_bars()
        self._refresh()

    def set_calendar(self, calendar: ChartCalendar) -> None:
        """Days off, holidays and make-up days to shade."""
        self._calendar = calendar
        self._refresh()

    def set_marks(self, marks: ChartMarks) -> None:
        """Where the progress line and the today line stand."""
        self._marks = marks
        self._update_extent()
        self._sync_bars()
        self._refresh()

    def set_colours(self, colours: GanttColours) -> None:
        """Light or dark."""
        self._inks = Inks.of(colours)
        self._refresh()

    def set_language(self, language: Language) -> None:
        """Language of header, labels and tips."""
        self._language = language
        self._refresh()

    def set_shown(self, links: bool = True, baseline: bool = True) -> None:
        """Whether links and baselines are drawn."""
        self._show_links, self._show_baseline = links, baseline
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
            show_links=self._show_links,
            show_baseline=self._show_baseline,
        )

    def zoom(self, factor: float, around_x: float | None = None) -> None:
        """Enlarge the time axis; the day at `around_x` (default: the middle) stays in place."""
        x = self.viewport().width() / 2 if around_x is None else around_x
        self._use_scale(self._scale.zoomed(factor, x))

    def set_unit(self, unit: ScaleUnit) -> None:
        """Show days, weeks, months or quarters around the middle of the view."""
        self.zoom(USUAL_PX[unit] / self._scale.px_per_day)

    def fit(self) -> None:
        """Show the whole plan in the width that is there."""
        extent = self._outline.rows.extent()
        width = self.viewport().width()
        if extent and width > 40:
            days = max(extent[1] - extent[0], 1.0)
            px = self._scale.zoomed((width - 40) / days / self._scale.px_per_day, 0.0).px_per_day
            self._use_scale(TimeScale(extent[0] - 20 / px, px))

    def show_day(self, day: float) -> None:
        """Scroll so that a day stands a quarter into the view, unless it is in view already."""
        width = self.viewport().width()
        if not 24 <= self._scale.x(day) <= width - 48:
            px = self._scale.px_per_day
            self._use_scale(TimeScale(day - width / 4 / px, px))

    def reveal(self, position: int) -> None:
        """Scroll so that a visible position is in the body."""
        bar, height = self.verticalScrollBar(), self.viewport().height() - HEADER
        top = position * ROW
        if top < bar.value():
            bar.setValue(int(top))
        elif top + ROW > bar.value() + height:
            bar.setValue(int(top + ROW - height))

    def row_rect(self, position: int) -> QRect:
        """Where a visible position lies in the viewport."""
        top = HEADER + position * ROW - self.verticalScrollBar().value()
        return QRect(0, int(top), self.viewport().width(), int(ROW))

    def minimumSizeHint(self) -> QSize:
        """Room for the header and a few rows."""
        return QSize(160, int(HEADER + 3 * ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bars follow the size."""
        super().resizeEvent(event)
        self._sync_bars()
        self._refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms around the pointer, Shift goes along the time axis, else rows scroll."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (turn / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn)
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def _use_scale(self, scale: TimeScale) -> None:
        width = self.viewport().width()
        first, last = self._extent
        latest = max(last - width / scale.px_per_day, first)
        self._scale = replace(scale, origin=min(max(scale.origin, first), latest))
        self._sync_bars()
        self._refresh()
        self.scale_changed.emit()

    def _scrolled_to(self, value: int) -> None:
        self._scale = replace(self._scale, origin=self._extent[0] + value / self._scale.px_per_day)
        self._refresh()
        self.scale_changed.emit()

    def _update_extent(self) -> None:
        extent = self._outline.rows.extent() or (0.0, 1.0)
        marks = [day for day in (self._marks.data_date, self._marks.today) if day is not None]
        placed = [*extent, *marks] if self._placed or len(self._outline) else list(extent)
        self._extent = (min(placed) - _DAYS_BEFORE, max(placed) + _DAYS_AFTER)

    def _sync_bars(self) -> None:
        size, px = self.viewport().size(), self._scale.px_per_day
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        first, last = self._extent
        across.blockSignals(True)
        across.setRange(0, max(round((last - first) * px) - size.width(), 0))
        across.setPageStep(size.width())
        across.setSingleStep(max(round(px), 20))
        across.setValue(round((self._scale.origin - first) * px))
        across.blockSignals(False)
        height = max(size.height() - int(HEADER), 0)
        down.setRange(0, max(len(self._outline) * int(ROW) - height, 0))
        down.setPageStep(height)
        down.setSingleStep(int(ROW))

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
