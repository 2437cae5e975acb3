"""Names beside milestones: the longest wording on the side that is free."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import MIDDLE
from app.ui.kit.gantt.paint_bars import Bar
from app.ui.kit.gantt.rows import MILESTONES
from app.ui.kit.gantt.wording import milestone_label

_GAP, _WORD_GAP, _EDGE = 10.0, 6.0, 4.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words from x on; `late` ("" when not late) follows `said` in the critical colour."""

    x: float
    width: float
    said: str
    late: str


def milestone_labels(frame: Frame, bars: list[Bar]) -> list[tuple[Bar, Label]]:
    """A label for each milestone in view.

    Tried in turn: name and slip on the right, on the left, the name alone on either side; one
    that would leave the body or cross the progress line is not taken unless all would.
    """
    metrics = QFontMetricsF(frame.small_font)
    labels = []
    for bar in bars:
        in_view = bar.span.right >= 0 and bar.span.left <= frame.width
        if bar.kind in MILESTONES and bar.position != frame.left_out and in_view:
            said, late = milestone_label(frame.language, frame.outline.rows, bar.row)
            short = metrics.horizontalAdvance(said)
            full = short + _WORD_GAP + metrics.horizontalAdvance(late) if late else short
            tries = [_beside(bar, side, full, said, late) for side in (1, -1)]
            tries += [_beside(bar, side, short, said, "") for side in (1, -1)]
            labels.append((bar, next((try_ for try_ in tries if _free(frame, try_)), tries[-2])))
    return labels


def paint_milestone_labels(painter: QPainter, frame: Frame, bars: list[Bar]) -> None:
    """The labels on a pale ground, so that links behind them do not strike them through."""
    painter.setFont(frame.small_font)
    metrics = QFontMetricsF(frame.small_font)
    back = frame.inks.clear("surface", 0.82)
    for bar, label in milestone_labels(frame, bars):
        top = bar.top + MIDDLE - metrics.height() / 2
        painter.fillRect(QRectF(label.x - 3, top, label.width + 6, metrics.height()), back)
        baseline = top + metrics.ascent()
        painter.setPen(frame.inks["text"])
        painter.drawText(QPointF(label.x, baseline), label.said)
        if label.late:
            painter.setPen(frame.inks["critical_text"])
            x = label.x + metrics.horizontalAdvance(label.said) + _WORD_GAP
            painter.drawText(QPointF(x, baseline), label.late)


def _beside(bar: Bar, side: int, width: float, said: str, late: str) -> Label:
    ghost = bar.ghost or bar.span
    right = max(bar.span.right, ghost.right) + _GAP
    left = min(bar.span.left, ghost.left) - _GAP - width
    return Label(right if side > 0 else left, width, said, late)


def _free(frame: Frame, label: Label) -> bool:
    if label.x < _EDGE or label.x + label.width > frame.width - _EDGE:
        return False
    line = None if frame.data_date is None else frame.scale.x(frame.data_date)
    return line is None or not label.x - 6 < line < label.x + label.width + 6
