"""Ground of the chart: selection, holidays, make-up days, row lines, today."""

from math import ceil, floor

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import ROW

LEAST_SHADED_PX = 1.5


def paint_ground(painter: QPainter, frame: Frame) -> None:
    """Days off, holidays and make-up days: what stays when rows scroll."""
    inks = frame.inks
    painter.fillRect(QRectF(0, 0, frame.width, frame.height), inks["surface"])
    for left, right, ink in shaded_spans(frame):
        painter.fillRect(QRectF(left, 0, right - left, frame.height), inks[ink])
    _paint_makeup_days(painter, frame)


def paint_today(painter: QPainter, frame: Frame) -> None:
    """The dashed line at today."""
    if frame.today is None:
        return
    x = floor(frame.scale.x(frame.today)) + 0.5
    if 0 <= x < frame.width:
        pen = QPen(frame.inks["today"], 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(x, 0, x, frame.height))


def shaded_spans(frame: Frame) -> list[tuple[float, float, str]]:
    """Pixel spans of days off, (left, right, colour name); weekends only when wide enough."""
    scale, calendar = frame.scale, frame.calendar
    spans = [
        (round(scale.x(holiday.first)), round(scale.x(holiday.last + 1)), "holiday")
        for holiday in calendar.holidays
        if holiday.first < frame.last_day and holiday.last + 1 > frame.first_day
    ]
    if scale.px_per_day < LEAST_SHADED_PX:
        return [(left, right, ink) for left, right, ink in spans]
    begun: int | None = None
    rest: list[tuple[float, float, str]] = []
    last = ceil(frame.last_day) + 1
    for day in range(floor(frame.first_day) - 1, last + 1):
        off = day < last and not calendar.is_working(day) and not calendar.in_holiday(day)
        if off and begun is None:
            begun = day
        elif not off and begun is not None:
            rest.append((round(scale.x(begun)), round(scale.x(day)), "weekend"))
            begun = None
    return rest + spans


def paint_row_lines(painter: QPainter, frame: Frame) -> None:
    """Tint of selected rows and the lines between rows."""
    first, last = frame.span
    if frame.selected:
        selection = frame.inks.clear("selection", 0.72)
        for position, row in enumerate(frame.outline.shown[first:last].tolist(), first):
            if row in frame.selected:
                painter.fillRect(QRectF(0, frame.row_top(position), frame.width, ROW), selection)
    # Filled rectangles look like lines of one pixel and take a twentieth of their time.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(frame.inks["row_line"])
    tops = (round(frame.row_top(at)) for at in range(first + 1, last + 1))
    painter.drawRects([QRectF(0, top - 1, frame.width, 1) for top in tops])


def _paint_makeup_days(painter: QPainter, frame: Frame) -> None:
    if frame.scale.px_per_day < LEAST_SHADED_PX:
        return
    pen = QPen(frame.inks["makeup_line"], 1, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for day in frame.calendar.makeup_days:
        if frame.first_day - 1 < day < frame.last_day:
            for x in (round(frame.scale.x(day)), round(frame.scale.x(day + 1)) - 1):
                painter.drawLine(QLineF(x + 0.5, 0, x + 0.5, frame.height))
