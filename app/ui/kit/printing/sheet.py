"""One printed page of a schedule."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.texts import text
from app.ui.kit.gantt.colours import Inks
from app.ui.kit.gantt.columns import LOOKS, Column
from app.ui.kit.gantt.frame import Frame
from app.ui.kit.gantt.geometry import HEADER, ROW
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint import paint_axis, paint_body
from app.ui.kit.gantt.paint_table import TableLook, paint_heading, paint_row
from app.ui.kit.gantt.timescale import TimeScale
from app.ui.kit.printing.foot import FootWords, paint_legend, paint_title_block
from app.ui.kit.printing.options import PrintOptions
from app.ui.kit.printing.paper import PagePlan
from app.ui.kit.printing.tiling import OVERLAP, Tile, Tiling

Columns = list[tuple[Column, float, float]]
_MARK = 10.0


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """Everything that is the same on all pages of one print.

    `scale` turns plan pixels into page pixels; `time_scale` has x 0 at the chart's left end;
    `columns` stand on the first page across, `repeated` on the further ones.
    """

    outline: Outline
    options: PrintOptions
    page: PagePlan
    tiling: Tiling
    scale: float
    time_scale: TimeScale
    columns: Columns
    repeated: Columns
    inks: Inks
    plain: WordCache
    heavy: WordCache
    with_year: bool


def table_width(columns: Columns) -> float:
    """Pixels that the columns take."""
    return columns[-1][1] + columns[-1][2] if columns else 0.0


def paint_sheet(painter: QPainter, plan: SheetPlan, tile: Tile) -> None:
    """One page; the painter counts logical pixels from the page's upper left corner."""
    page, words = plan.page, _foot_words(plan)
    painter.save()
    painter.translate(page.content.left, page.content.top)
    painter.scale(plan.scale, plan.scale)
    columns = plan.columns if tile.across == 0 else plan.repeated
    height = HEADER + (tile.last_row - tile.first_row) * ROW
    _paint_table(painter, plan, tile, columns)
    left = table_width(columns)
    _paint_chart(painter, plan, tile, left)
    painter.setPen(QPen(plan.inks["border"], 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0, 0, left + tile.right - tile.left, height))
    painter.drawLine(QLineF(left, 0, left, height))
    _paint_joins(painter, plan, tile, QRectF(left, 0, tile.right - tile.left, height))
    painter.restore()
    paint_legend(painter, page, plan.inks, words)
    place = text(
        plan.options.language, "printing.page_of", page=tile.number, pages=len(plan.tiling.tiles)
    )
    paint_title_block(painter, page, plan.inks, words, plan.options.title, place)


def _paint_table(painter: QPainter, plan: SheetPlan, tile: Tile, columns: Columns) -> None:
    width = table_width(columns)
    painter.fillRect(QRectF(0, 0, width, HEADER), plan.inks["header"])
    painter.setFont(plan.plain.font)
    for column, left, column_width in columns:
        words = text(plan.options.language, LOOKS[column].text_id)
        box = QRectF(left, 0, column_width, HEADER)
        paint_heading(painter, plan.inks, plan.plain, box, column, words)
    look = TableLook(plan.outline, plan.inks, plan.plain, plan.heavy, plan.with_year)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = [QLineF(0, HEADER, width, HEADER)]
    for position in range(tile.first_row, tile.last_row):
        top = HEADER + (position - tile.first_row) * ROW
        paint_row(painter, look, int(plan.outline.shown[position]), top, columns)
        lines.append(QLineF(0, top + ROW, width, top + ROW))
    bottom = HEADER + (tile.last_row - tile.first_row) * ROW
    lines += [QLineF(left, 0, left, bottom) for _, left, _ in columns[1:]]
    painter.setPen(QPen(plan.inks["row_line"], 0.8))
    painter.drawLines(lines)


def _paint_chart(painter: QPainter, plan: SheetPlan, tile: Tile, left: float) -> None:
    options = plan.options
    width = tile.right - tile.left
    height = (tile.last_row - tile.first_row) * ROW
    frame = Frame(
        outline=plan.outline,
        scale=plan.time_scale.moved(tile.left),
        calendar=options.calendar,
        inks=plan.inks,
        language=options.language,
        font=plan.plain.font,
        width=width,
        # Half a pixel less, or the first row of the next page would count as visible.
        height=max(height - 0.5, 0.0),
        top=tile.first_row * ROW,
        data_date=options.marks.data_date,
        today=options.marks.today,
        show_links=options.show_links,
    )
    painter.save()
    painter.translate(left, 0)
    painter.setClipRect(QRectF(0, 0, width, HEADER + height))
    paint_axis(painter, frame)
    painter.translate(0, HEADER)
    painter.setClipRect(QRectF(0, 0, width, height))
    paint_body(painter, frame)
    painter.restore()


def _paint_joins(painter: QPainter, plan: SheetPlan, tile: Tile, chart: QRectF) -> None:
    """Where neighbours overlap: ticks at the seam, and the page that goes on there."""
    painter.setFont(plan.plain.font)
    pen = QPen(plan.inks["text_second"], 1)
    pen.setDashPattern([3, 3])
    following, previous = plan.tiling.beside(tile, 1), plan.tiling.beside(tile, -1)
    for number, x, text_id, align in (
        (following, chart.right() - OVERLAP, "printing.continued_right", "right"),
        (previous, chart.left() + OVERLAP, "printing.continued_left", "left"),
    ):
        if number is not None:
            painter.setPen(pen)
            painter.drawLine(QLineF(x, chart.bottom(), x, chart.bottom() + _MARK))
            painter.drawLine(QLineF(x, HEADER - _MARK, x, HEADER))
            said = text(plan.options.language, text_id, page=number)
            beside = x - 164 if align == "right" else x + 4
            _join_words(painter, plan, QRectF(beside, chart.bottom() + 2, 160, 16), said, align)
    below = plan.tiling.below(tile, 1)
    if below is not None:
        said = text(plan.options.language, "printing.continued_below", page=below)
        _join_words(painter, plan, QRectF(8, chart.bottom() + 2, 160, 16), said, "left")


def _join_words(painter: QPainter, plan: SheetPlan, box: QRectF, said: str, align: str) -> None:
    painter.setPen(plan.inks["text_second"])
    plan.plain.draw(painter, box, said, align)


def _foot_words(plan: SheetPlan) -> FootWords:
    family = plan.plain.font
    return FootWords(
        plan.options.language, _sized(family, 10), _sized(family, 12), _sized(family, 14, bold=True)
    )


def _sized(font: QFont, pixels: int, bold: bool = False) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    sized.setBold(bold)
    return sized
