"""The progress line (前锋线): straight at the data date, bending to each task's progress."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import MIDDLE, ROW

_INSET = 2.0
_BEYOND = 12.0
Point = tuple[float, float]


def front_points(frame: Frame) -> list[Point]:
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
    # Single lines: one polyline with this many acute corners takes ten times as long to stroke.
    lines = [QLineF(*here, *there) for here, there in _in_view(points, frame.width)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # The halo's edge needs no smoothing, and square caps keep Qt on its quick way of wide lines.
    for width, ink, smooth in ((4.6, "surface", False), (2.0, "front", True)):
        pen = QPen(frame.inks[ink], width)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        painter.setPen(pen)
        painter.drawLines(lines)
    painter.setPen(QPen(frame.inks["surface"], 1.2))
    painter.setBrush(frame.inks["front"])
    for x, y in points[2:-1:3]:
        if -_BEYOND < x < frame.width + _BEYOND:
            painter.drawEllipse(QPointF(x, y), 3.8, 3.8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _in_view(points: list[Point], width: float) -> Iterator[tuple[Point, Point]]:
    """The line's pieces, each cut off a little outside the body: smooth lines cost by length."""
    least, most = -_BEYOND, width + _BEYOND
    for here, there in pairwise(points):
        if max(here[0], there[0]) >= least and min(here[0], there[0]) <= most:
            yield _cut(here, there, least, most), _cut(there, here, least, most)


def _cut(end: Point, other: Point, least: float, most: float) -> Point:
    x = min(max(end[0], least), most)
    if x == end[0]:
        return end
    return x, end[1] + (other[1] - end[1]) * (x - end[0]) / (other[0] - end[0])
