"""A schedule as PDF: table and chart, tiled over pages, with legend and title block."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from math import floor
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.core.errors import EnvironmentFault, Refused
from app.ui.kit.gantt.colours import PAPER, Inks
from app.ui.kit.gantt.columns import Column, first_widths, long_dates
from app.ui.kit.gantt.geometry import HEADER, ROW
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.rows import GanttRows
from app.ui.kit.gantt.timescale import LEAST_PX, USUAL_PX, TimeScale
from app.ui.kit.printing.options import MOST_PAGES, PrintOptions, PrintReport
from app.ui.kit.printing.paper import PagePlan, page_plan
from app.ui.kit.printing.sheet import Columns, SheetPlan, paint_sheet, table_width
from app.ui.kit.printing.tiling import Tiling, tiled

RESOLUTION = 600
_BEFORE, _AFTER = 16.0, 64.0
_LEAST_FITTED_PX = 0.5
_LEAST_CHART_SHARE = 0.35
_REPEATED = (Column.CODE, Column.NAME)
_FACES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Source Han Sans SC", "SimHei")


def print_schedule(rows: GanttRows, options: PrintOptions, target: Path | QIODevice) -> PrintReport:
    """Print `rows` (branches as their `expanded` says) to a file or an open device.

    A file is replaced only once it is written whole. Raises `Refused` for more than `MOST_PAGES`
    pages and `EnvironmentFault` when the target cannot be written.
    """
    plan = sheet_plan(rows, options)
    if isinstance(target, Path):
        _print_to_file(plan, target)
    else:
        _print_to(QPdfWriter(target), plan, "")
    tiling = plan.tiling
    return PrintReport(len(tiling.tiles), tiling.across, tiling.down, plan.scale)


def sheet_plan(rows: GanttRows, options: PrintOptions) -> SheetPlan:
    """How `rows` are laid out on pages. `Refused` for too many pages."""
    outline = Outline.of(rows)
    page = page_plan(options.paper, options.landscape, options.binding)
    with_year = long_dates(rows)
    plain, heavy = (WordCache(font) for font in _fonts())
    widths = first_widths(options.language, plain.width, with_year)
    columns = _placed(options.columns, widths)
    repeated = _placed([at for at in options.columns if at in _REPEATED], widths)
    extent = rows.extent() or (0.0, 30.0)
    marks = [day for day in (options.marks.data_date, options.marks.today) if day is not None]
    extent = (min(extent[0], *marks, extent[0]), max(extent[1], *marks, extent[1]))
    scale, px = _scales(page, options, table_width(columns), extent[1] - extent[0])
    time_scale = TimeScale(extent[0] - _BEFORE / px, px)
    room = page.content.width / scale
    tiling = tiled(
        rows=len(outline),
        rows_a_page=max(floor((page.content.height / scale - HEADER - 18) / ROW), 1),
        chart_width=(extent[1] - extent[0]) * px + _BEFORE + _AFTER,
        first_room=room - table_width(columns),
        next_room=room - table_width(repeated),
    )
    if len(tiling.tiles) > MOST_PAGES:
        raise Refused("printing.too_many_pages", pages=len(tiling.tiles), most=MOST_PAGES)
    if options.fit_width or tiling.across == 1:
        tiling = _widened(tiling, room - table_width(columns))
    return SheetPlan(
        outline, options, page, tiling, scale, time_scale, columns, repeated, Inks.of(PAPER),
        plain, heavy, with_year,
    )  # fmt: skip


def _scales(
    page: PagePlan, options: PrintOptions, table: float, days: float
) -> tuple[float, float]:
    """Page pixels per plan pixel, and plan pixels per day."""
    least_width = table / (1 - _LEAST_CHART_SHARE)
    scale = min(options.scale, page.content.width / least_width)
    if not options.fit_width:
        return scale, USUAL_PX[options.unit]
    room = page.content.width / scale - table - _BEFORE - _AFTER
    px = min(room / max(days, 1.0), USUAL_PX[options.unit] * 3)
    if px < _LEAST_FITTED_PX:
        px = max(_LEAST_FITTED_PX, LEAST_PX)
        scale = page.content.width / (table + _BEFORE + _AFTER + days * px)
    return scale, px


def _print_to_file(plan: SheetPlan, target: Path) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".pdf", dir=target.parent)
    except OSError as fault:
        raise EnvironmentFault("printing.cannot_write", path=str(target)) from fault
    os.close(handle)
    draft = Path(name)
    try:
        _print_to(QPdfWriter(name), plan, str(target))
        draft.replace(target)
    except OSError as fault:
        raise EnvironmentFault("printing.cannot_write", path=str(target)) from fault
    finally:
        draft.unlink(missing_ok=True)


def _print_to(writer: QPdfWriter, plan: SheetPlan, path: str) -> None:
    size = plan.options.paper.size_mm(landscape=False)
    upright = QPageSize(QSizeF(*size), QPageSize.Unit.Millimeter, plan.options.paper.name)
    turn = QPageLayout.Orientation
    orientation = turn.Landscape if plan.options.landscape else turn.Portrait
    writer.setPageLayout(QPageLayout(upright, orientation, QMarginsF(0, 0, 0, 0)))
    writer.setResolution(RESOLUTION)
    writer.setTitle(plan.options.title.plan)
    writer.setCreator("Gantry")
    painter = QPainter()
    if not painter.begin(writer):
        raise EnvironmentFault("printing.cannot_write", path=path)
    try:
        painter.scale(RESOLUTION / 96, RESOLUTION / 96)
        for tile in plan.tiling.tiles:
            if tile.number > 1:
                writer.newPage()
            paint_sheet(painter, plan, tile)
    finally:
        painter.end()


def _placed(columns: Iterable[Column], widths: dict[Column, int]) -> Columns:
    placed, left = [], 0.0
    for column in columns:
        placed.append((column, left, float(widths[column])))
        left += widths[column]
    return placed


def _widened(tiling: Tiling, room: float) -> Tiling:
    """A single page across fills the width that is there."""
    tiles = (replace(tile, right=max(tile.right, tile.left + room)) for tile in tiling.tiles)
    return replace(tiling, tiles=tuple(tiles))


def _fonts() -> tuple[QFont, QFont]:
    """A face with Chinese, unhinted: widths on paper are those that were measured."""
    present = set(QFontDatabase.families())
    face = next((face for face in _FACES if face in present), QFont().family())
    plain = QFont(face)
    plain.setPixelSize(13)
    plain.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    heavy = QFont(plain)
    heavy.setBold(True)
    return plain, heavy
