"""The chart's ground work: rows down, time across, scrolling and zooming; no painting."""

from collections.abc import Iterable
from dataclasses import replace
from math import floor

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.kit.gantt.geometry import HEADER, ROW
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import GanttRows, build_rows
from app.ui.kit.gantt.timescale import USUAL_PX, ScaleUnit, TimeScale

ZOOM_STEP = 1.2
_DAYS_BEFORE, _DAYS_AFTER = 28.0, 90.0


class AxisArea(QAbstractScrollArea):
    """An outline on a time axis. `scale_changed` tells strips below to follow."""

    scale_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = Outline.of(build_rows(()))
        self._scale = TimeScale(0.0, USUAL_PX[ScaleUnit.WEEK])
        self._extent = (0.0, 365.0)
        self._marked_days: tuple[float, ...] = ()
        self._placed = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled_to)
        self.verticalScrollBar().valueChanged.connect(self._refresh_rows)

    @property
    def outline(self) -> Outline:
        """What is shown."""
        return self._outline

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

    def set_marked_days(self, days: Iterable[float]) -> None:
        """Day numbers that scrolling must reach besides the rows' own."""
        self._marked_days = tuple(days)
        self._update_extent()
        self._sync_bars()
        self._refresh()

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
        placed = [*extent, *self._marked_days] if len(self._outline) else list(extent)
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
        """Everything has to be painted anew."""
        self.viewport().update()

    def _refresh_rows(self) -> None:
        """Rows have to be painted anew, the time axis stands."""
        self.viewport().update()
