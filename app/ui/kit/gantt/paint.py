"""The layers of the chart in their order."""

from PySide6.QtGui import QPainter

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.gantt.paint_bars import paint_bars, visible_bars
from app.ui.kit.gantt.paint_front import paint_front
from app.ui.kit.gantt.paint_grid import paint_ground, paint_row_lines, paint_today
from app.ui.kit.gantt.paint_header import paint_header
from app.ui.kit.gantt.paint_labels import paint_milestone_labels
from app.ui.kit.gantt.paint_links import paint_links


def paint_axis(painter: QPainter, frame: Frame) -> None:
    """Header and ground: the layers that stay when rows scroll, so they may be cached.

    The painter's origin is the chart's upper left corner.
    """
    painter.save()
    painter.translate(0, HEADER)
    paint_ground(painter, frame)
    painter.restore()
    paint_header(painter, frame)


def paint_body(painter: QPainter, frame: Frame) -> None:
    """Rows over the ground; the painter's origin is the body's upper left corner, clipped to it."""
    paint_row_lines(painter, frame)
    bars = visible_bars(frame)
    paint_links(painter, frame)
    paint_bars(painter, frame, bars)
    paint_milestone_labels(painter, frame, bars)
    paint_today(painter, frame)
    paint_front(painter, frame)
