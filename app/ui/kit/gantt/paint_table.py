"""Painting of the task table's cells and headings: by hand, for a delegate costs a call a cell."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.kit.gantt.colours import Inks
from app.ui.kit.gantt.columns import LOOKS, Column, cell_text
from app.ui.kit.gantt.geometry import ROW
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.marks import paint_status_mark
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import MILESTONES, RowKind, StatusMark

INDENT = 14.0
MOST_INDENT = 0.4
CHEVRON = 16.0
PAD = 8.0
_PERCENT_BAR = 28.0
_PERCENT_WORDS = 44.0
_ALIGN = {column: look.align for column, look in LOOKS.items()}
# Looking a member up on its Enum costs a microsecond, and this runs for every cell.
_STATUS, _NAME, _PERCENT = Column.STATUS, Column.NAME, Column.PERCENT
_CODE, _FINISH, _FLOAT = Column.CODE, Column.FINISH, Column.FLOAT
_SUMMARY, _LATE = int(RowKind.SUMMARY), int(StatusMark.LATE)
_MILESTONES = frozenset(int(kind) for kind in MILESTONES)
_MARKS = tuple(StatusMark)
_NO_PEN = Qt.PenStyle.NoPen


@dataclass(frozen=True, slots=True)
class TableLook:
    """What the cells are painted with; `heavy` has the same face, bold. `deepest` is the level of
    the rows that stand furthest right.
    """

    outline: Outline
    inks: Inks
    plain: WordCache
    heavy: WordCache
    with_year: bool
    deepest: int = 0


def name_indent(level: int, deepest: int, width: float) -> float:
    """Where the chevron of a name begins, from the cell's left edge. A deep tree takes smaller
    steps, so that most of the cell's width is left to the name.
    """
    step = min(INDENT, MOST_INDENT * width / deepest) if deepest else INDENT
    return PAD / 2 + level * step


def paint_row(
    painter: QPainter,
    look: TableLook,
    row: int,
    top: float,
    columns: list[tuple[Column, float, float]],
) -> None:
    """One row with its upper edge at `top`; `columns` are (column, left, width) left to right."""
    rows = look.outline.rows
    words = look.heavy if rows.kind[row] == _SUMMARY else look.plain
    painter.setFont(words.font)
    for column, left, width in columns:
        box = QRectF(left, top, width, ROW)
        if column is _STATUS:
            centre = QPointF(left + width / 2, top + ROW / 2)
            paint_status_mark(painter, centre, _MARKS[rows.mark[row]], look.inks)
        elif column is _NAME:
            _paint_name(painter, look, row, box, words)
        elif column is _PERCENT:
            _paint_percent(painter, look, row, box, words)
        else:
            _paint_words(painter, look, row, column, box, words)


def paint_heading(
    painter: QPainter, inks: Inks, cache: WordCache, box: QRectF, column: Column, words: str
) -> None:
    """One heading, aligned as its column."""
    painter.setPen(inks["text_second"])
    shift = name_indent(0, 0, box.width()) + CHEVRON if column is _NAME else PAD
    inner = box.adjusted(shift, 0, -PAD, 0) if column is not _STATUS else box
    cache.draw(painter, inner, cache.cut(words, max(inner.width(), 0)), _ALIGN[column])


def _paint_name(
    painter: QPainter, look: TableLook, row: int, box: QRectF, cache: WordCache
) -> None:
    rows, inks = look.outline.rows, look.inks
    x = box.left() + name_indent(int(rows.level[row]), look.deepest, box.width())
    middle = box.center().y()
    if look.outline.parents[row]:
        _paint_chevron(painter, inks, x + CHEVRON / 2 - 2, middle, bool(look.outline.expanded[row]))
    x += CHEVRON
    if int(rows.kind[row]) in _MILESTONES:
        painter.setPen(_NO_PEN)
        painter.setBrush(inks["text"])
        diamond = ((x + 3, middle - 4), (x + 7, middle), (x + 3, middle + 4), (x - 1, middle))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in diamond]))
        x += 12
    room = box.right() - x - 4
    if room > 8:
        painter.setPen(inks["text"])
        place = QRectF(x, box.top(), room + 4, ROW)
        cache.draw(painter, place, cache.cut(rows.names[row], room))


def _paint_words(
    painter: QPainter,
    look: TableLook,
    row: int,
    column: Column,
    box: QRectF,
    cache: WordCache,
) -> None:
    rows = look.outline.rows
    words = cell_text(rows, row, column, look.with_year)
    stressed = column is _FLOAT and rows.critical[row] and words not in ("", "–")
    if stressed:
        painter.setFont(look.heavy.font)
    painter.setPen(look.inks[_ink(look, row, column)])
    used = look.heavy if stressed else cache
    inner = box.adjusted(PAD, 0, -PAD, 0)
    if used.width(words) > inner.width():
        # Bold figures may take of the padding; only what is wider still is cut.
        inner = box.adjusted(2, 0, -2, 0)
        words = used.cut(words, max(inner.width(), 0))
    used.draw(painter, inner, words, _ALIGN[column])
    if stressed:
        painter.setFont(cache.font)


def _ink(look: TableLook, row: int, column: Column) -> str:
    rows = look.outline.rows
    if column is _FLOAT:
        tight = rows.floats[row] == "0" or rows.floats[row].startswith(("-", "−"))
        return "critical_text" if tight else "text_second"
    if column is _FINISH and rows.mark[row] == _LATE:
        return "critical_text"
    return "text_second" if column is _CODE else "text"


def _paint_percent(
    painter: QPainter, look: TableLook, row: int, box: QRectF, cache: WordCache
) -> None:
    rows, inks = look.outline.rows, look.inks
    percent = float(rows.percent[row])
    words = f"{round(percent)}%"
    painter.setPen(inks["text" if percent > 0 else "text_third"])
    cache.draw(painter, box.adjusted(0, 0, -PAD, 0), words, "right")
    left = box.right() - PAD - _PERCENT_WORDS - _PERCENT_BAR
    if left < box.left() + 2:
        return
    top = box.center().y() - 2
    painter.setPen(_NO_PEN)
    painter.setBrush(inks["track"])
    painter.drawRoundedRect(QRectF(left, top, _PERCENT_BAR, 4), 2, 2)
    if percent > 0:
        painter.setBrush(inks["percent_done" if percent >= 100 else "percent"])
        width = max(_PERCENT_BAR * min(percent, 100) / 100, 4)
        painter.drawRoundedRect(QRectF(left, top, width, 4), 2, 2)


def _paint_chevron(painter: QPainter, inks: Inks, x: float, y: float, is_open: bool) -> None:
    pen = QPen(inks["text_second"], 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    if is_open:
        painter.drawLine(QLineF(x - 3.5, y - 1.75, x, y + 1.75))
        painter.drawLine(QLineF(x, y + 1.75, x + 3.5, y - 1.75))
    else:
        painter.drawLine(QLineF(x - 1.75, y - 3.5, x + 1.75, y))
        painter.drawLine(QLineF(x + 1.75, y, x - 1.75, y + 3.5))
