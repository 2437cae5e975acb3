"""What a drag shows over the cached background: the bar or link as it would be, and a tip."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.ui.kit.gantt.dragging import Drag, DragMode
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import BAR, BAR_TOP, MIDDLE, ROW, Span, bar_span, row_span
from app.ui.kit.gantt.paint_bars import Bar, paint_bar
from app.ui.kit.gantt.paint_links import paint_route
from app.ui.kit.gantt.routing import Route, route
from app.ui.kit.gantt.wording import drag_words, link_words

_TIP_PAD = 8.0


def paint_drag(painter: QPainter, frame: Frame, drag: Drag, pointer: tuple[float, float]) -> None:
    """The dragged thing at its snapped place; `pointer` in body pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if drag.mode is DragMode.LINK:
        _paint_link(painter, frame, drag, pointer)
    else:
        _paint_moved(painter, frame, drag)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    words = drag_tip(frame, drag)
    if words:
        _paint_tip(painter, frame, words, _tip_place(frame, drag, pointer))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def drag_tip(frame: Frame, drag: Drag) -> str:
    """The words beside a drag: its new dates, or what the link would join; "" without a target."""
    if drag.mode is not DragMode.LINK:
        return drag_words(frame.language, drag.new_start, drag.new_finish)
    if drag.target < 0:
        return ""
    shown = frame.outline.shown
    pred, succ = int(shown[drag.position]), int(shown[drag.target])
    return link_words(frame.language, frame.outline.rows, pred, succ, drag.kind)


def _paint_moved(painter: QPainter, frame: Frame, drag: Drag) -> None:
    rows, row = frame.outline.rows, int(frame.outline.shown[drag.position])
    kind, top = int(rows.kind[row]), frame.row_top(drag.position)
    before = bar_span(kind, drag.start, drag.finish, frame.scale)
    after = bar_span(kind, drag.new_start, drag.new_finish, frame.scale)
    dashed = QPen(frame.inks["float_tail"], 1, Qt.PenStyle.DashLine)
    painter.setPen(dashed)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_box(before, top), 2, 2)
    share, critical = float(rows.percent[row]) / 100, bool(rows.critical[row])
    paint_bar(
        painter, frame, Bar(row, drag.position, top, kind, after, share, critical, None, None)
    )
    painter.setPen(QPen(frame.inks["focus"], 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_box(after, top).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)


def _paint_link(painter: QPainter, frame: Frame, drag: Drag, pointer: tuple[float, float]) -> None:
    pen = QPen(frame.inks["focus"], 1.8)
    source, top = row_span(frame.outline, drag.position, frame.scale), frame.row_top(drag.position)
    if drag.target < 0:
        x = source.right if drag.from_right else source.left
        pen.setStyle(Qt.PenStyle.DashLine)
        free = Route(((x, top + MIDDLE), pointer), "right")
        painter.setPen(pen)
        painter.drawLine(QPointF(*free.points[0]), QPointF(*pointer))
        return
    target, under = row_span(frame.outline, drag.target, frame.scale), frame.row_top(drag.target)
    painter.setPen(QPen(frame.inks["focus"], 2))
    painter.setBrush(frame.inks.clear("focus", 0.18))
    painter.drawRoundedRect(_box(target, under).adjusted(-2, -2, 2, 2), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    paint_route(painter, route(drag.kind, source, top, target, under), pen)


def _tip_place(frame: Frame, drag: Drag, pointer: tuple[float, float]) -> QPointF:
    if drag.mode is DragMode.LINK:
        return QPointF(pointer[0] + 14, frame.row_top(drag.target) + ROW)
    x = frame.scale.x(drag.new_finish if drag.mode is DragMode.RESIZE else drag.new_start)
    return QPointF(x, frame.row_top(drag.position) + ROW)


def _paint_tip(painter: QPainter, frame: Frame, words: str, place: QPointF) -> None:
    metrics = QFontMetricsF(frame.small_font)
    width, height = metrics.horizontalAdvance(words) + 2 * _TIP_PAD, metrics.height() + 8
    x = min(max(place.x(), 4.0), max(frame.width - width - 4, 4.0))
    y = place.y() if place.y() + height < frame.height else place.y() - ROW - height
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(frame.inks["text"])
    painter.drawRoundedRect(QRectF(x, y, width, height), 4, 4)
    painter.setFont(frame.small_font)
    painter.setPen(frame.inks["surface"])
    painter.drawText(QPointF(x + _TIP_PAD, y + 4 + metrics.ascent()), words)


def _box(span: Span, top: float) -> QRectF:
    return QRectF(span.left, top + BAR_TOP, max(span.right - span.left, 2.0), BAR)
