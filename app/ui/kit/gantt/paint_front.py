"""The progress line (前锋线): straight at the data date, bending to each task's progress."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import MIDDLE, ROW

_INSET = 2.0


def front_points(frame: Frame) -> list[tuple[float, float]]:
    """Corners of the progress line through the visible rows, in body pixels.

    It leaves the data date only inside a touched row and is back before the row ends. Empty
    without a data date.
    """
    if frame.data_date is None:
        return []
    first, last = frame.span
    straight = frame.scale.x(frame.data_date)
    touched = frame.outline.rows.front(frame.data_date, frame.outline.shown[first:last])
    points = [(straight, 0.0)]
    for offset in np.flatnonzero(~np.isnan(touched)).tolist():
        if first + offset == frame.left_out:
            continue
        top = frame.row_top(first + offset)
        bend = min(max(frame.scale.x(float(touched[offset])), -500.0), frame.width + 500.0)
        points += [(straight, top + _INSET), (bend, top + MIDDLE), (straight, top + ROW - _INSET)]
    points.append((straight, frame.height))
    return points


def paint_front(painter: QPainter, frame: Frame) -> None:
    """The line with a halo in the surface colour, so that it reads over bars and links."""
    points = front_points(frame)
    if not points:
        return
    line = QPolygonF([QPointF(x, y) for x, y in points])
    bends = [QPointF(x, y) for x, y in points[2:-1:3]]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, ink in ((4.6, frame.inks.clear("surface", 0.9)), (2.0, frame.inks["front"])):
        painter.setPen(QPen(ink, width, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(line)
    painter.setPen(QPen(frame.inks["surface"], 1.2))
    painter.setBrush(frame.inks["front"])
    for bend in bends:
        painter.drawEllipse(bend, 3.8, 3.8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
