"""Dependency links between the visible rows: lines in a few strokes, arrows on top."""

from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import bar_span
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.routing import Route, route

_ORDER = ("link_faded", "critical_done", "link", "link_critical", "focus")
_LIMIT = 30_000
_KINDS = tuple(LinkKind)
_WINGS = {
    "down": ((-3.2, -5.0), (3.2, -5.0)),
    "up": ((-3.2, 5.0), (3.2, 5.0)),
    "right": ((-5.0, -3.2), (-5.0, 3.2)),
    "left": ((5.0, -3.2), (5.0, 3.2)),
}


@dataclass(slots=True)
class _Strokes:
    """Lines and arrows of one colour."""

    lines: list[QLineF] = field(default_factory=list)
    arrows: list[QPolygonF] = field(default_factory=list)


def visible_routes(frame: Frame) -> list[tuple[int, Route]]:
    """Link numbers with their ways, for links that come near the body."""
    outline, scale = frame.outline, frame.scale
    rows, links = outline.rows, outline.rows.links
    first, last = frame.span
    picked = outline.links.between(first, last)
    preds, succs = links.predecessor[picked], links.successor[picked]
    columns = zip(
        picked.tolist(),
        links.kind[picked].tolist(),
        rows.kind[preds].tolist(),
        rows.start[preds].tolist(),
        rows.finish[preds].tolist(),
        outline.position[preds].tolist(),
        rows.kind[succs].tolist(),
        rows.start[succs].tolist(),
        rows.finish[succs].tolist(),
        outline.position[succs].tolist(),
        strict=True,
    )
    routes = []
    for link, kind, pred_kind, start, finish, pred_at, succ_kind, begin, end, succ_at in columns:
        if frame.left_out in (pred_at, succ_at) and frame.left_out >= 0:
            continue
        pred = bar_span(pred_kind, start, finish, scale)
        succ = bar_span(succ_kind, begin, end, scale)
        if max(pred.right, succ.right) < -20 or min(pred.left, succ.left) > frame.width + 20:
            continue
        tops = frame.row_top(pred_at), frame.row_top(succ_at)
        routes.append((link, route(_KINDS[kind], pred, tops[0], succ, tops[1])))
    return routes


def paint_links(painter: QPainter, frame: Frame) -> None:
    """All links near the body; those of the current row last and thicker."""
    if not frame.show_links:
        return
    strokes = {name: _Strokes() for name in _ORDER}
    for link, way in visible_routes(frame):
        _add(strokes[_ink(frame, link)], way)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, stroke in strokes.items():
        if stroke.lines:
            painter.setPen(QPen(frame.inks[name], 1.8 if name == "focus" else 1.0))
            painter.drawLines(stroke.lines)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for name, stroke in strokes.items():
        painter.setBrush(frame.inks[name])
        for arrow in stroke.arrows:
            painter.drawPolygon(arrow)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_route(painter: QPainter, way: Route, pen: QPen) -> None:
    """One link by itself, as while it is being drawn."""
    strokes = _Strokes()
    _add(strokes, way)
    painter.setPen(pen)
    painter.drawLines(strokes.lines)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(strokes.arrows[0])


def _ink(frame: Frame, link: int) -> str:
    rows = frame.outline.rows
    links = rows.links
    pred, succ = int(links.predecessor[link]), int(links.successor[link])
    if frame.current in (pred, succ):
        return "link_critical" if links.critical[link] else "focus"
    if rows.percent[pred] >= 100 and rows.percent[succ] >= 100:
        return "critical_done" if links.critical[link] else "link_faded"
    if links.critical[link]:
        return "link_critical"
    return "link" if links.driving[link] else "link_faded"


def _add(strokes: _Strokes, way: Route) -> None:
    # Half pixels keep one-pixel lines sharp; the limits keep Qt's rasterizer from overflowing.
    corners = [
        (min(max(round(x), -_LIMIT), _LIMIT) + 0.5, min(max(round(y), -_LIMIT), _LIMIT) + 0.5)
        for x, y in way.points
    ]
    here = corners[0]
    for there in corners[1:]:
        strokes.lines.append(QLineF(*here, *there))
        here = there
    x, y = way.points[-1]
    if abs(x) < _LIMIT and abs(y) < _LIMIT:
        tip = (here[0], y) if way.arrow in ("down", "up") else (x, here[1])
        wings = [QPointF(tip[0] + dx, tip[1] + dy) for dx, dy in _WINGS[way.arrow]]
        strokes.arrows.append(QPolygonF([QPointF(*tip), *wings]))
