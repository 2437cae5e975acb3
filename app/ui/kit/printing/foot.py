"""Legend and title block (图签) at the foot of a page."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.texts import Language, text
from app.ui.kit.gantt.colours import Inks
from app.ui.kit.printing.options import TitleBlock
from app.ui.kit.printing.paper import PagePlan

_SAMPLE, _SAMPLE_GAP, _ENTRY_GAP = 26.0, 6.0, 18.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
Sample = Callable[[QPainter, Inks, float, float], None]


@dataclass(frozen=True, slots=True)
class FootWords:
    """Language and fonts of the foot: labels in `small`, values in `plain`, the name in `bold`."""

    language: Language
    small: QFont
    plain: QFont
    bold: QFont


def paint_legend(painter: QPainter, page: PagePlan, inks: Inks, words: FootWords) -> None:
    """Samples with their meaning from left to right, as many as the width takes."""
    painter.save()
    painter.translate(page.legend.left, page.legend.top)
    painter.scale(page.foot_scale, page.foot_scale)
    painter.setFont(words.small)
    metrics = QFontMetricsF(words.small)
    spoken = [text(words.language, text_id) for text_id, _ in _SAMPLES]
    widths = [_SAMPLE + _SAMPLE_GAP + metrics.horizontalAdvance(said) for said in spoken]
    room, middle, x = page.legend.width / page.foot_scale, 13.0, 2.0
    shrunk = min(room / (sum(widths) + _ENTRY_GAP * len(widths)), 1.0)
    painter.scale(shrunk, shrunk)
    for (_, sample), said, needed in zip(_SAMPLES, spoken, widths, strict=True):
        sample(painter, inks, x, middle)
        painter.setPen(inks["text"])
        painter.drawText(QRectF(x + _SAMPLE + _SAMPLE_GAP, 0, needed, 26), _LEFT, said)
        x += needed + _ENTRY_GAP
    painter.restore()


def paint_title_block(
    painter: QPainter, page: PagePlan, inks: Inks, words: FootWords, title: TitleBlock, place: str
) -> None:
    """The framed block: company, project, plan, data date, signatures, revision, page."""
    painter.save()
    painter.translate(page.title.left, page.title.top)
    painter.scale(page.foot_scale, page.foot_scale)
    width, height = page.title.width / page.foot_scale, 56.0
    painter.setPen(inks["text"])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    company = width * 0.24
    painter.setFont(words.bold)
    _words_in(painter, QRectF(0, 0, company, height), title.company, _CENTRE)
    day = "" if title.data_date is None else title.data_date.isoformat()
    upper = (("project", title.project, 0.36), ("plan", title.plan, 0.40), ("data_date", day, 0.24))
    lower = (
        ("drawn", title.drawn, 0.20),
        ("checked", title.checked, 0.20),
        ("approved", title.approved, 0.20),
        ("revision", title.revision, 0.16),
        ("page", place, 0.24),
    )
    for top, cells in ((0.0, upper), (height / 2, lower)):
        x = company
        for name, value, share in cells:
            cell = QRectF(x, top, (width - company) * share, height / 2)
            label = text(words.language, f"printing.{name}")
            _paint_cell(painter, inks, words, cell, (label, value))
            x += cell.width()
    painter.setPen(QPen(inks["text"], 1.2))
    painter.drawRect(QRectF(0.6, 0.6, width - 1.2, height - 1.2))
    painter.restore()


def _paint_cell(
    painter: QPainter, inks: Inks, words: FootWords, cell: QRectF, said: tuple[str, str]
) -> None:
    label, value = said
    painter.setPen(QPen(inks["border"], 0.8))
    painter.drawRect(cell)
    painter.setFont(words.small)
    painter.setPen(inks["text_third"])
    reach = QFontMetricsF(words.small).horizontalAdvance(label) + 8
    painter.drawText(cell.adjusted(6, 0, 0, 0), _LEFT, label)
    painter.setPen(inks["text"])
    painter.setFont(words.plain)
    _words_in(painter, cell.adjusted(6 + reach, 0, -4, 0), value, _LEFT)


def _words_in(painter: QPainter, box: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
    metrics = QFontMetricsF(painter.font())
    room = max(box.width() - 8, 4) if align == _CENTRE else max(box.width(), 4)
    painter.drawText(box, align, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))


def _bar(rest: str, done: str) -> Sample:
    def paint(painter: QPainter, inks: Inks, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y - 5, _SAMPLE, 10), inks[rest])
        painter.fillRect(QRectF(x, y - 5, _SAMPLE * 0.45, 10), inks[done])

    return paint


def _baseline(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    painter.fillRect(QRectF(x, y - 2, _SAMPLE, 4), inks["ghost"])


def _summary(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    painter.fillRect(QRectF(x, y - 4, _SAMPLE, 5), inks["summary"])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks["summary"])
    for edge, step in ((x, 5), (x + _SAMPLE, -5)):
        corners = [QPointF(edge, y), QPointF(edge + step, y), QPointF(edge, y + 5)]
        painter.drawPolygon(QPolygonF(corners))


def _milestone(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks["summary"])
    centre = x + _SAMPLE / 2
    corners = ((centre, y - 6), (centre + 6, y), (centre, y + 6), (centre - 6, y))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def _float_tail(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    pen = QPen(inks["float_tail"], 1)
    painter.setPen(pen)
    painter.drawLine(QLineF(x + _SAMPLE, y - 3, x + _SAMPLE, y + 3))
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawLine(QLineF(x, y, x + _SAMPLE, y))


def _front(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    painter.setPen(QPen(inks["front"], 2))
    middle = x + _SAMPLE / 2
    corners = ((middle + 4, y - 10), (middle - 6, y), (middle + 4, y + 10))
    painter.drawPolyline(QPolygonF([QPointF(*corner) for corner in corners]))


def _today(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    pen = QPen(inks["today"], 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(x + _SAMPLE / 2, y - 10, x + _SAMPLE / 2, y + 10))


def _link(painter: QPainter, inks: Inks, x: float, y: float) -> None:
    painter.setPen(QPen(inks["link"], 1))
    painter.drawLines([QLineF(x, y - 5, x + 16, y - 5), QLineF(x + 16, y - 5, x + 16, y + 4)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks["link"])
    corners = [QPointF(x + 16, y + 7), QPointF(x + 13, y + 2), QPointF(x + 19, y + 2)]
    painter.drawPolygon(QPolygonF(corners))


_SAMPLES: tuple[tuple[str, Sample], ...] = (
    ("printing.legend.critical", _bar("critical_rest", "critical")),
    ("printing.legend.normal", _bar("normal_rest", "normal")),
    ("printing.legend.finished", _bar("normal_done", "normal_done")),
    ("printing.legend.baseline", _baseline),
    ("printing.legend.summary", _summary),
    ("printing.legend.milestone", _milestone),
    ("printing.legend.float", _float_tail),
    ("printing.legend.front", _front),
    ("printing.legend.today", _today),
    ("printing.legend.link", _link),
)
