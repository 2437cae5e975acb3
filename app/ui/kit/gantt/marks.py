"""Status marks as painted shapes: each status has its own shape, so colour is not all."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.kit.gantt.colours import Inks
from app.ui.kit.gantt.rows import StatusMark

_INKS: dict[StatusMark, str] = {
    StatusMark.DONE: "mark_done",
    StatusMark.RUNNING: "mark_running",
    StatusMark.LATE: "mark_late",
    StatusMark.PENDING: "mark_pending",
    StatusMark.NOTE: "text_third",
    StatusMark.DRAFT: "mark_draft",
}
_FILLED: dict[StatusMark, tuple[tuple[float, float], ...]] = {
    StatusMark.LATE: ((0.0, -4.5), (5.0, 4.0), (-5.0, 4.0)),
    StatusMark.PENDING: ((0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)),
}
_STROKED: dict[StatusMark, tuple[tuple[float, float], ...]] = {
    StatusMark.DONE: ((-4.0, 0.0), (-1.2, 3.0), (4.2, -3.4)),
}


def paint_status_mark(painter: QPainter, centre: QPointF, mark: StatusMark, inks: Inks) -> None:
    """✓ done, ● running, ▲ late, ◆ pending, a note sheet, ○ draft; about 10 px high."""
    if mark is StatusMark.NONE:
        return
    ink = inks[_INKS[mark]]
    if mark in _FILLED or mark is StatusMark.RUNNING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if mark is StatusMark.RUNNING:
            painter.drawEllipse(centre, 4.0, 4.0)
        else:
            painter.drawPolygon(_shape(centre, _FILLED[mark]))
        return
    pen = QPen(ink, 1.2 if mark is StatusMark.NOTE else 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is StatusMark.DONE:
        painter.drawPolyline(_shape(centre, _STROKED[mark]))
    elif mark is StatusMark.DRAFT:
        painter.drawEllipse(centre, 3.6, 3.6)
    else:
        x, y = centre.x(), centre.y()
        painter.drawRoundedRect(QRectF(x - 5, y - 4, 10, 8), 1.5, 1.5)
        painter.drawLine(QLineF(x - 2.5, y - 1.2, x + 2.5, y - 1.2))
        painter.drawLine(QLineF(x - 2.5, y + 1.4, x + 0.5, y + 1.4))


def _shape(centre: QPointF, corners: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(centre.x() + dx, centre.y() + dy) for dx, dy in corners])
