"""A schedule as an Excel workbook: one sheet, real dates, the tree as outline levels."""

import os
import tempfile
from collections import defaultdict
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from app.core.errors import EnvironmentFault
from app.texts import Language, text
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.rows import Days, GanttRows, RowKind, StatusMark, finish_date, start_date
from app.ui.kit.gantt.wording import MARK_TEXTS, row_date

_MOST_LEVELS = 7
_LONGEST_CELL = 32_000
_DATE = "yyyy-mm-dd"
_HEADINGS: tuple[tuple[str, int], ...] = (
    ("gantt.column.code", 10),
    ("gantt.column.name", 36),
    ("gantt.column.status", 10),
    ("gantt.column.duration", 8),
    ("gantt.column.start", 12),
    ("gantt.column.finish", 12),
    ("gantt.column.float", 9),
    ("gantt.column.percent", 9),
    ("printing.column.critical", 8),
    ("printing.column.baseline_start", 12),
    ("printing.column.baseline_finish", 12),
    ("printing.column.predecessors", 28),
)
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="2563EB")
_BOLD = Font(bold=True)
_LINE = Border(bottom=Side("thin", color="DCE0E6"))
CellValue = str | float | datetime | None


def export_schedule_xlsx(rows: GanttRows, path: Path, language: Language = "zh_CN") -> None:
    """Write all rows, hidden branches too, to `path`, which is replaced once written whole.

    Words are stored as text and quoted: no cell is a formula, and none becomes one when a person
    edits it.
    Raises `EnvironmentFault` when the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".xlsx", dir=path.parent)
        os.close(handle)
        draft = Path(name)
        try:
            _workbook(rows, language).save(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise EnvironmentFault("printing.cannot_write", path=str(path)) from fault


def safe_words(words: str) -> str:
    """Words without control characters, and not too long."""
    return ILLEGAL_CHARACTERS_RE.sub("", words)[:_LONGEST_CELL]


def _workbook(rows: GanttRows, language: Language) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(text(language, "printing.sheet"))
    sheet.freeze_panes = "C2"
    sheet.sheet_properties.outlinePr.summaryBelow = False
    for number, (_, width) in enumerate(_HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, text(language, text_id)) for text_id, _ in _HEADINGS])
    before = _predecessors(rows)
    least = int(rows.level.min()) if len(rows) else 0
    for row in range(len(rows)):
        depth = min(int(rows.level[row]) - least, _MOST_LEVELS)
        if depth:
            sheet.row_dimensions[row + 2].outlineLevel = depth
        sheet.append(_cells(sheet, rows, row, language, before[row]))
    return book


def _cells(
    sheet: WriteOnlyWorksheet, rows: GanttRows, row: int, language: Language, before: str
) -> list[Cell]:
    mark = MARK_TEXTS.get(StatusMark(int(rows.mark[row])))
    values: tuple[tuple[CellValue, str], ...] = (
        (safe_words(rows.codes[row]), "@"),
        (safe_words(rows.names[row]), "@"),
        (text(language, mark) if mark else None, "@"),
        (_number(rows.durations[row]), "General"),
        (_midnight(row_date(rows, row, end=False)), _DATE),
        (_midnight(row_date(rows, row, end=True)), _DATE),
        (_number(rows.floats[row]), "General"),
        (round(float(rows.percent[row])) / 100, "0%"),
        (text(language, "printing.yes") if rows.critical[row] else None, "@"),
        (_day(rows.baseline_start, row, end=False), _DATE),
        (_day(rows.baseline_finish, row, end=True), _DATE),
        (before or None, "@"),
    )
    summary = rows.kind[row] == RowKind.SUMMARY
    cells = []
    for number, (value, shape) in enumerate(values):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = True
        cell.number_format = shape
        cell.border = _LINE
        if summary:
            cell.font = _BOLD
        if number == 1:
            cell.alignment = Alignment(indent=min(int(rows.level[row]), 15))
        cells.append(cell)
    return cells


def _heading(sheet: WriteOnlyWorksheet, words: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center")
    return cell


def _number(words: str) -> CellValue:
    """A number where the words are one, so that Excel can add up; else safe words."""
    try:
        value = float(words.replace("−", "-"))
    except ValueError:
        return safe_words(words) or None
    if not np.isfinite(value):
        return safe_words(words)
    return int(value) if value.is_integer() else value


def _day(days: Days, row: int, end: bool) -> CellValue:
    day = float(days[row])
    if np.isnan(day):
        return None
    return _midnight(finish_date(day) if end else start_date(day))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _predecessors(rows: GanttRows) -> dict[int, str]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    links = rows.links
    for pred, succ, kind in zip(
        links.predecessor.tolist(), links.successor.tolist(), links.kind.tolist(), strict=True
    ):
        found[succ].append(f"{rows.codes[pred]} {LinkKind(kind).name}")
    said = {row: safe_words(", ".join(words)) for row, words in found.items()}
    return defaultdict(str, said)
