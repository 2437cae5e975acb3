"""Header of the chart: months, weeks and the strip with holidays, make-up days and date flags."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.texts import text
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import HEADER, HEADER_FLAGS, HEADER_LOWER, HEADER_UPPER
from app.ui.kit.gantt.paint_grid import LEAST_SHADED_PX, shaded_spans
from app.ui.kit.gantt.rows import finish_date, start_date
from app.ui.kit.gantt.timescale import ScaleUnit
from app.ui.kit.gantt.wording import lower_label, short_date, upper_label

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEAST_ELIDED = 40.0
STRIP_TOP = HEADER_UPPER + HEADER_LOWER


@dataclass(frozen=True, slots=True)
class Flag:
    """A label on the strip: [left, left + width), `fill` a colour name or "" for plain words."""

    left: float
    width: float
    words: str
    ink: str
    fill: str = ""


def paint_header(painter: QPainter, frame: Frame) -> None:
    """The 56 px above the body; the painter's origin is the header's upper left corner."""
    inks = frame.inks
    painter.fillRect(QRectF(0, 0, frame.width, HEADER), inks["header"])
    for left, right, ink in shaded_spans(frame):
        painter.fillRect(QRectF(left, STRIP_TOP, right - left, HEADER_FLAGS), inks[ink])
    _paint_lower(painter, frame)
    _paint_upper(painter, frame)
    _paint_marks(painter, frame)
    for flag in flags(frame):
        _paint_flag(painter, frame, flag)
    painter.setPen(QPen(inks["border"], 1))
    painter.drawLine(QLineF(0, HEADER - 0.5, frame.width, HEADER - 0.5))


def flags(frame: Frame) -> list[Flag]:
    """Labels of the strip that fit without covering one another; date flags go first."""
    small = QFontMetricsF(frame.small_font)
    placed = _date_flags(frame)
    scale = frame.scale
    if scale.px_per_day >= 3:
        words = text(frame.language, "gantt.makeup")
        for day in sorted(frame.calendar.makeup_days):
            if frame.first_day - 1 < day < frame.last_day:
                width = small.horizontalAdvance(words)
                left = scale.x(day + 0.5) - width / 2
                _place(placed, Flag(left, width, words, "makeup_text"), 0)
    for holiday in frame.calendar.holidays:
        left, right = scale.x(holiday.first), scale.x(holiday.last + 1)
        if right > 0 and left < frame.width:
            width = small.horizontalAdvance(holiday.name)
            label = Flag((left + right - width) / 2, width, holiday.name, "holiday_text")
            if not _place(placed, label, (right - left) / 2 + 12) and right - left >= _LEAST_ELIDED:
                cut = small.elidedText(holiday.name, Qt.TextElideMode.ElideRight, right - left - 18)
                width = small.horizontalAdvance(cut)
                _place(placed, Flag((left + right - width) / 2, width, cut, "holiday_text"), 0)
    return placed


def _date_flags(frame: Frame) -> list[Flag]:
    """The data date's flag ends at its line, today's begins at its line; both stay in view."""
    bold = QFontMetricsF(frame.bold_font)
    placed: list[Flag] = []
    if frame.data_date is not None:
        day = short_date(finish_date(frame.data_date))
        words = text(frame.language, "gantt.flag.front", day=day)
        width = bold.horizontalAdvance(words) + 12
        x = frame.scale.x(frame.data_date)
        if 0 <= x <= frame.width:
            left = x + 1 - width if x >= width else x - 1
            placed.append(Flag(left, width, words, "on_front", "front"))
    if frame.today is not None:
        words = text(frame.language, "gantt.flag.today", day=short_date(start_date(frame.today)))
        width = bold.horizontalAdvance(words) + 12
        x = frame.scale.x(frame.today)
        if 0 <= x <= frame.width:
            left = x if x + width <= frame.width else x - width
            room = min(width + 4, frame.width - width - left)
            _place(placed, Flag(left, width, words, "on_accent", "accent"), room)
    return placed


def _place(placed: list[Flag], flag: Flag, most_shift: float) -> bool:
    """Add `flag` where it is free, at most `most_shift` to the right; False when left out."""
    left = flag.left
    for other in sorted(placed, key=lambda item: item.left):
        if left < other.left + other.width + 4 and other.left < left + flag.width + 4:
            left = other.left + other.width + 6
    overlaps = any(
        left < other.left + other.width + 2 and other.left < left + flag.width + 2
        for other in placed
    )
    fits = left - flag.left <= most_shift and not overlaps
    if fits:
        placed.append(Flag(left, flag.width, flag.words, flag.ink, flag.fill))
    return fits


def _paint_upper(painter: QPainter, frame: Frame) -> None:
    painter.setFont(frame.bold_font)
    line = QPen(frame.inks["border"], 1)
    for division in frame.scale.upper_divisions(frame.first_day, frame.last_day):
        left, right = round(frame.scale.x(division.first)), frame.scale.x(division.last)
        painter.setPen(line)
        if left >= 0:
            painter.drawLine(QLineF(left + 0.5, 0, left + 0.5, HEADER_UPPER))
        room = min(right, frame.width) - max(left, 0)
        words = upper_label(frame.language, frame.scale, division, room - 8)
        painter.setPen(frame.inks["text"])
        box = QRectF(max(left, 0) + 6, 0, max(room - 6, 0), HEADER_UPPER)
        painter.drawText(box, _LEFT, words)
    painter.setPen(line)
    painter.drawLine(QLineF(0, HEADER_UPPER - 0.5, frame.width, HEADER_UPPER - 0.5))


def _paint_lower(painter: QPainter, frame: Frame) -> None:
    painter.setFont(frame.small_font)
    line, ink = QPen(frame.inks["border"], 1), frame.inks["text_second"]
    metrics = QFontMetricsF(frame.small_font)
    centred = frame.scale.unit is not ScaleUnit.WEEK
    for division in frame.scale.lower_divisions(frame.first_day, frame.last_day):
        left, right = round(frame.scale.x(division.first)), round(frame.scale.x(division.last))
        painter.setPen(line)
        painter.drawLine(QLineF(left + 0.5, HEADER_UPPER, left + 0.5, STRIP_TOP))
        painter.setPen(ink)
        words = lower_label(frame.language, frame.scale, division)
        begin, end = (max(left, 0), right) if centred else (left + 4, right + 4)
        if begin >= 0 and end - begin >= metrics.horizontalAdvance(words):
            box = QRectF(begin, HEADER_UPPER, end - begin, HEADER_LOWER)
            painter.drawText(box, _CENTRE if centred else _LEFT, words)


def _paint_marks(painter: QPainter, frame: Frame) -> None:
    """The lines of data date and today go on up through the strip."""
    for day, ink in ((frame.data_date, "front"), (frame.today, "today")):
        if day is None or not 0 <= frame.scale.x(day) < frame.width:
            continue
        x = round(frame.scale.x(day))
        painter.fillRect(QRectF(x - 0.5, STRIP_TOP + 2, 1.5, HEADER_FLAGS - 2), frame.inks[ink])
    if frame.scale.px_per_day < LEAST_SHADED_PX:
        return
    painter.setPen(QPen(frame.inks["makeup_line"], 1, Qt.PenStyle.DotLine))
    for day in frame.calendar.makeup_days:
        for edge in (frame.scale.x(day), frame.scale.x(day + 1) - 1):
            if 0 <= edge < frame.width:
                painter.drawLine(
                    QLineF(round(edge) + 0.5, STRIP_TOP + 2, round(edge) + 0.5, HEADER)
                )


def _paint_flag(painter: QPainter, frame: Frame, flag: Flag) -> None:
    painter.setFont(frame.bold_font if flag.fill else frame.small_font)
    if flag.fill:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(frame.inks[flag.fill])
        painter.drawRoundedRect(
            QRectF(flag.left, STRIP_TOP + 1, flag.width, HEADER_FLAGS - 3), 3, 3
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(frame.inks[flag.ink])
    metrics = QFontMetricsF(painter.font())
    baseline = STRIP_TOP + (HEADER_FLAGS - 2 - metrics.height()) / 2 + metrics.ascent()
    shift = 6 if flag.fill else 0
    painter.drawText(QPointF(flag.left + shift, baseline), flag.words)
