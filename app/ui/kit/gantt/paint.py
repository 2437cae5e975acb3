"""The layers of the chart's body in their order."""

from PySide6.QtGui import QPainter

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.paint_bars import paint_bars, paint_milestone_labels, visible_bars
from app.ui.kit.gantt.paint_front import paint_front
from app.ui.kit.gantt.paint_grid import paint_ground, paint_today
from app.ui.kit.gantt.paint_links import paint_links


def paint_body(painter: QPainter, frame: Frame) -> None:
    """Paint a whole body; the painter's origin is the body's upper left corner and clips to it."""
    paint_ground(painter, frame)
    bars = visible_bars(frame)
    paint_links(painter, frame)
    paint_bars(painter, frame, bars)
    paint_today(painter, frame)
    paint_front(painter, frame)
    paint_milestone_labels(painter, frame, bars)
