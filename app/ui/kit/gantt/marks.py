"""The status of a task as the kit paints it, and the sheet of a task that has notes."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.gantt.colours import Inks
from app.ui.kit.gantt.rows import StatusMark
from app.ui.kit.status import Status, paint_mark

_SIZE = 9.0
_SHAPES: dict[StatusMark, tuple[Status, str]] = {
    StatusMark.DONE: (Status.DONE, "mark_done"),
    StatusMark.RUNNING: (Status.RUNNING, "mark_running"),
    StatusMark.LATE: (Status.OVERDUE, "mark_late"),
    StatusMark.PENDING: (Status.WAITING, "mark_pending"),
    StatusMark.DRAFT: (Status.DRAFT, "mark_draft"),
}


def paint_status_mark(painter: QPainter, centre: QPointF, mark: StatusMark, inks: Inks) -> None:
    """✓ done, ● running, ▲ late, ◆ pending, a note sheet, ○ draft; about 10 px high."""
    if mark in _SHAPES:
        status, ink = _SHAPES[mark]
        paint_mark(painter, centre, status.shape, inks[ink], _SIZE)
    elif mark is StatusMark.NOTE:
        _paint_sheet(painter, centre, inks)


def _paint_sheet(painter: QPainter, centre: QPointF, inks: Inks) -> None:
    pen = QPen(inks["text_third"], 1.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = centre.x(), centre.y()
    painter.drawRoundedRect(QRectF(x - 5, y - 4, 10, 8), 1.5, 1.5)
    painter.drawLine(QLineF(x - 2.5, y - 1.2, x + 2.5, y - 1.2))
    painter.drawLine(QLineF(x - 2.5, y + 1.4, x + 0.5, y + 1.4))
