"""Bars, milestones, summaries, baselines and float tails of the visible rows."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import (
    BAR,
    BAR_TOP,
    DIAMOND,
    DOT_DISTANCE,
    EFFORT,
    EFFORT_TOP,
    GHOST,
    GHOST_TOP,
    MIDDLE,
    SUMMARY,
    SUMMARY_TOP,
    Span,
    bar_span,
)
from app.ui.kit.gantt.rows import MILESTONES, RowKind

MARGIN = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One visible row in pixels; `ghost` and `tail` (x of the float's end) are NaN-free or None."""

    row: int
    position: int
    top: float
    kind: int
    span: Span
    share: float
    critical: bool
    ghost: Span | None
    tail: float | None


def visible_bars(frame: Frame) -> list[Bar]:
    """The bars of the visible rows, taken from the columns in one go."""
    first, last = frame.span
    rows, picked = frame.outline.rows, frame.outline.shown[first:last]
    scale = frame.scale
    columns = zip(
        picked.tolist(),
        rows.kind[picked].tolist(),
        rows.start[picked].tolist(),
        rows.finish[picked].tolist(),
        rows.percent[picked].tolist(),
        rows.critical[picked].tolist(),
        rows.baseline_start[picked].tolist(),
        rows.baseline_finish[picked].tolist(),
        rows.late_finish[picked].tolist(),
        strict=True,
    )
    bars = []
    for offset, (row, kind, start, finish, percent, critical, base, base_end, late) in enumerate(
        columns
    ):
        ghost = (
            bar_span(kind, base, base_end, scale) if base == base and base_end == base_end else None
        )
        tail = scale.x(late) if late == late and late > finish + 0.01 else None
        position = first + offset
        span = bar_span(kind, start, finish, scale)
        top = frame.row_top(position)
        bars.append(Bar(row, position, top, kind, span, percent / 100, critical, ghost, tail))
    return bars


def paint_bars(painter: QPainter, frame: Frame, bars: list[Bar]) -> None:
    """Baselines and tails under the bars, then bars, then the selection's outline."""
    shown = [bar for bar in bars if bar.position != frame.left_out]
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in shown:
        paint_ghost(painter, frame, bar)
    _paint_tails(painter, frame, shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for bar in shown:
        if bar.span.right > -MARGIN and bar.span.left < frame.width + MARGIN:
            paint_bar(painter, frame, bar)
    for bar in shown:
        if bar.row == frame.current or bar.position == frame.dotted:
            _paint_outline(painter, frame, bar)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_bar(painter: QPainter, frame: Frame, bar: Bar) -> None:
    """The bar of one row by its kind."""
    painter.setPen(Qt.PenStyle.NoPen)
    if bar.kind in MILESTONES:
        _paint_milestone(painter, frame, bar)
    elif bar.kind == RowKind.SUMMARY:
        _paint_summary(painter, frame, bar)
    elif bar.kind == RowKind.LEVEL_OF_EFFORT:
        _paint_effort(painter, frame, bar)
    else:
        _paint_task(painter, frame, bar)


def paint_ghost(painter: QPainter, frame: Frame, bar: Bar) -> None:
    """The baseline below a bar; a hollow diamond for a milestone that moved."""
    if bar.ghost is None:
        return
    left, right = _clamped(frame, bar.ghost)
    if right <= left:
        return
    if bar.kind in MILESTONES:
        if abs(bar.ghost.left - bar.span.left) < 3:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(frame.inks["ghost"], 1.4))
        painter.setBrush(frame.inks["surface"])
        painter.drawPolygon(_diamond((left + right) / 2, bar.top + MIDDLE, DIAMOND - 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    elif bar.kind != RowKind.SUMMARY:
        painter.fillRect(
            QRectF(left, bar.top + GHOST_TOP, right - left, GHOST), frame.inks["ghost"]
        )


def colour_names(critical: bool, share: float, effort: bool = False) -> tuple[str, str]:
    """Colours of the done and the open part; a finished bar fades."""
    if effort:
        return "effort", "effort_rest"
    family = "critical" if critical else "normal"
    if share >= 1:
        return f"{family}_done", f"{family}_done"
    return family, f"{family}_rest"


def milestone_ink(critical: bool, share: float) -> str:
    """Colour of a milestone's diamond."""
    return "critical" if critical and share < 1 else "summary"


def _paint_task(painter: QPainter, frame: Frame, bar: Bar) -> None:
    left, right = _clamped(frame, bar.span)
    done, rest = colour_names(bar.critical, bar.share)
    box = QRectF(left, bar.top + BAR_TOP, right - left, BAR)
    painter.setBrush(frame.inks[rest])
    painter.drawRoundedRect(box, 2, 2)
    if 0 < bar.share < 1:
        reach = _reach(bar, left, right)
        painter.setBrush(frame.inks[done])
        painter.drawRoundedRect(QRectF(left, box.top(), reach - left, BAR), 2, 2)


def _paint_summary(painter: QPainter, frame: Frame, bar: Bar) -> None:
    left, right = _clamped(frame, bar.span)
    top = bar.top + SUMMARY_TOP
    ink = frame.inks["summary"]
    painter.fillRect(QRectF(left, top, right - left, SUMMARY), ink)
    painter.setBrush(ink)
    cap = min(6.0, (right - left) / 2)
    under = top + SUMMARY
    for x, step in ((left, cap), (right, -cap)):
        corners = [QPointF(x, under - 1), QPointF(x + step, under - 1), QPointF(x, under + 4)]
        painter.drawPolygon(QPolygonF(corners))


def _paint_effort(painter: QPainter, frame: Frame, bar: Bar) -> None:
    left, right = _clamped(frame, bar.span)
    box = QRectF(left, bar.top + EFFORT_TOP, right - left, EFFORT)
    painter.fillRect(box, frame.inks["effort_rest"])
    reach = min(
        max(round(bar.span.left + (bar.span.right - bar.span.left) * bar.share), left), right
    )
    painter.fillRect(QRectF(left, box.top(), reach - left, EFFORT), frame.inks["effort"])
    painter.fillRect(box, QBrush(frame.inks["surface"], Qt.BrushStyle.BDiagPattern))


def _reach(bar: Bar, left: float, right: float) -> float:
    """Where the done part ends, inside [left, right]."""
    done = round(bar.span.left + (bar.span.right - bar.span.left) * bar.share)
    return min(max(float(done), left), right)


def _paint_milestone(painter: QPainter, frame: Frame, bar: Bar) -> None:
    centre = (bar.span.left + bar.span.right) / 2
    painter.setBrush(frame.inks[milestone_ink(bar.critical, bar.share)])
    painter.drawPolygon(_diamond(centre, bar.top + MIDDLE, DIAMOND))


def _paint_tails(painter: QPainter, frame: Frame, bars: list[Bar]) -> None:
    dashes: list[QLineF] = []
    caps: list[QLineF] = []
    for bar in bars:
        if bar.tail is None or bar.kind == RowKind.SUMMARY:
            continue
        left = max(round(bar.span.right) + 2, -MARGIN)
        right = min(round(bar.tail), frame.width + MARGIN)
        y = bar.top + MIDDLE + 0.5
        if right > left:
            dashes.append(QLineF(left, y, right, y))
            caps.append(QLineF(right + 0.5, y - 3, right + 0.5, y + 3))
    pen = QPen(frame.inks["float_tail"], 1)
    painter.setPen(pen)
    painter.drawLines(caps)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawLines(dashes)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_outline(painter: QPainter, frame: Frame, bar: Bar) -> None:
    ink, surface = frame.inks["focus"], frame.inks["surface"]
    left, right = _clamped(frame, bar.span)
    if bar.row == frame.current and bar.kind == RowKind.TASK:
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(left - 1, bar.top + BAR_TOP - 1, right - left + 2, BAR + 2), 3, 3
        )
    if bar.position == frame.dotted:
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(surface)
        for x in (bar.span.left - DOT_DISTANCE, bar.span.right + DOT_DISTANCE):
            painter.drawEllipse(QPointF(x, bar.top + MIDDLE), 3.6, 3.6)


def _clamped(frame: Frame, span: Span) -> tuple[float, float]:
    """Whole pixels, cut off well outside the body: raster painters overflow on huge spans."""
    left = max(round(span.left), -MARGIN)
    return left, max(min(round(span.right), frame.width + MARGIN), left)


def _diamond(x: float, y: float, size: float) -> QPolygonF:
    half = size / 2
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return QPolygonF([QPointF(*corner) for corner in corners])
