"""Dependency links between the visible rows: lines in a few strokes, arrows on top."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import Span, bar_spans
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.routing import Route, route

_ORDER = ("link_faded", "critical_done", "link", "link_critical", "focus")
_FADED, _DONE, _LINK, _CRITICAL, _FOCUS = range(len(_ORDER))
_LIMIT = 30_000
_NEAR = 10
_KINDS = tuple(LinkKind)
_WINGS = {
    "down": ((-3.2, -5.0), (3.2, -5.0)),
    "up": ((-3.2, 5.0), (3.2, 5.0)),
    "right": ((-5.0, -3.2), (-5.0, 3.2)),
    "left": ((5.0, -3.2), (5.0, 3.2)),
}
Corners = list[tuple[int, int]]


def visible_routes(frame: Frame) -> list[tuple[int, Route]]:
    """Link numbers with their ways, for links that come near the body."""
    outline = frame.outline
    rows, links = outline.rows, outline.rows.links
    picked = outline.links.between(*frame.span)
    preds, succs = links.predecessor[picked], links.successor[picked]
    pred_at, succ_at = outline.position[preds], outline.position[succs]
    left, right = bar_spans(rows.kind[preds], rows.start[preds], rows.finish[preds], frame.scale)
    begin, end = bar_spans(rows.kind[succs], rows.start[succs], rows.finish[succs], frame.scale)
    near = (np.maximum(right, end) >= -20) & (np.minimum(left, begin) <= frame.width + 20)
    if frame.left_out >= 0:
        near &= (pred_at != frame.left_out) & (succ_at != frame.left_out)
    columns = (picked, links.kind[picked], left, right, pred_at, begin, end, succ_at)
    return [
        (
            link,
            route(
                _KINDS[kind],
                Span(pred_left, pred_right),
                frame.row_top(pred),
                Span(succ_left, succ_right),
                frame.row_top(succ),
            ),
        )
        for link, kind, pred_left, pred_right, pred, succ_left, succ_right, succ in zip(
            *(column[near].tolist() for column in columns), strict=True
        )
    ]


def paint_links(painter: QPainter, frame: Frame) -> None:
    """All links near the body; those of the current row last and thicker."""
    if not frame.show_links:
        return
    routes = visible_routes(frame)
    ways: list[list[tuple[Corners, Route]]] = [[] for _ in _ORDER]
    inks = _inks(frame, np.array([link for link, _ in routes], np.int32))
    for ink, (_, way) in zip(inks, routes, strict=True):
        ways[ink].append((_corners(way), way))
    _paint_lines(painter, frame, ways)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for name, same in zip(_ORDER, ways, strict=True):
        painter.setBrush(frame.inks[name])
        for corners, way in same:
            x, y = way.points[-1]
            if -_NEAR < x < frame.width + _NEAR and -_NEAR < y < frame.height + _NEAR:
                painter.drawPolygon(_arrow(corners, way))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_route(painter: QPainter, way: Route, pen: QPen) -> None:
    """One link by itself, as while it is being drawn."""
    corners = _corners(way)
    painter.setPen(pen)
    painter.drawLines(_lines(corners))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(_arrow(corners, way))


def _paint_lines(painter: QPainter, frame: Frame, ways: list[list[tuple[Corners, Route]]]) -> None:
    """Filled rectangles look like lines of one pixel and take a third of their time."""
    painter.setPen(Qt.PenStyle.NoPen)
    for name, same in zip(_ORDER[:_FOCUS], ways[:_FOCUS], strict=True):
        if same:
            painter.setBrush(frame.inks[name])
            painter.drawRects([piece for corners, _ in same for piece in _pieces(corners)])
    if ways[_FOCUS]:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame.inks[_ORDER[_FOCUS]], 1.8))
        painter.drawLines([line for corners, _ in ways[_FOCUS] for line in _lines(corners)])


def _inks(frame: Frame, numbers: NDArray[np.int32]) -> list[int]:
    """For links, the places of their colours in `_ORDER`."""
    rows, links = frame.outline.rows, frame.outline.rows.links
    preds, succs = links.predecessor[numbers], links.successor[numbers]
    critical = links.critical[numbers]
    inks = np.where(links.driving[numbers], _LINK, _FADED)
    inks[critical] = _CRITICAL
    done = (rows.percent[preds] >= 100) & (rows.percent[succs] >= 100)
    inks[done] = np.where(critical, _DONE, _FADED)[done]
    chosen = (preds == frame.current) | (succs == frame.current)
    inks[chosen] = np.where(critical, _CRITICAL, _FOCUS)[chosen]
    found: list[int] = inks.tolist()
    return found


def _corners(way: Route) -> Corners:
    """Whole pixels; the limits keep Qt's rasterizer from overflowing."""
    return [
        (min(max(round(x), -_LIMIT), _LIMIT), min(max(round(y), -_LIMIT), _LIMIT))
        for x, y in way.points
    ]


def _pieces(corners: Corners) -> Iterable[QRect]:
    for (x, y), (to_x, to_y) in pairwise(corners):
        yield QRect(min(x, to_x), min(y, to_y), abs(to_x - x) + 1, abs(to_y - y) + 1)


def _lines(corners: Corners) -> list[QLineF]:
    # Half pixels keep lines sharp.
    return [
        QLineF(x + 0.5, y + 0.5, to_x + 0.5, to_y + 0.5)
        for (x, y), (to_x, to_y) in pairwise(corners)
    ]


def _arrow(corners: Corners, way: Route) -> QPolygonF:
    x, y = way.points[-1]
    here_x, here_y = corners[-1]
    tip = (here_x + 0.5, y) if way.arrow in ("down", "up") else (x, here_y + 0.5)
    wings = [QPointF(tip[0] + dx, tip[1] + dy) for dx, dy in _WINGS[way.arrow]]
    return QPolygonF([QPointF(*tip), *wings])
