"""Writes a table to xlsx. Runs on a worker thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from app.core.errors import EnvironmentFault
from app.ui.kit.columns import Column, Kind

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

T = TypeVar("T")
NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "money": "#,##0.00;[Red]-#,##0.00",
    "quantity": "#,##0.####",
    "number": "#,##0.######",
    "percent": "0.0%",
    "progress": "0%",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}
PIXELS_A_CHARACTER: Final = 7
LONGEST_CELL: Final = 32_767


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's title in words and its width in px."""

    title: str
    width: int


def write_xlsx(
    path: Path,
    title: str,
    headings: Sequence[Heading],
    columns: Sequence[Column[T]],
    rows: Iterable[T],
) -> int:
    """Writes rows as one sheet, returns how many. EnvironmentFault when it cannot."""
    # Whole or not at all: an earlier export stays until the new one is complete.
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as written:
            count = _write_book(written, title, headings, columns, rows)
        beside.replace(path)
    except OSError as error:
        raise EnvironmentFault("kit.export_failed", path=str(path), why=str(error)) from error
    return count


def _write_book(
    written: BinaryIO,
    title: str,
    headings: Sequence[Heading],
    columns: Sequence[Column[T]],
    rows: Iterable[T],
) -> int:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    for number, heading in enumerate(headings, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = heading.width / PIXELS_A_CHARACTER
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading.title, "text", bold=True) for heading in headings])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, _plain(column, row), column.kind) for column in columns])
        count += 1
    book.save(written)
    return count


def _plain(column: Column[T], row: T) -> object:
    value = column.value(row)
    if isinstance(value, datetime):
        return value.astimezone().replace(tzinfo=None)
    if value is None or (isinstance(value, Decimal | int) and not isinstance(value, bool)):
        return value
    if column.kind in ("date", "time") and column.words is None:
        return value
    return column.say(row)


def _cell(sheet: "WriteOnlyWorksheet", value: Any, kind: Kind, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # Text stays text, also after a person edited the cell: a name that begins with "=" must
        # never run as a formula.
        cell.data_type = "s"
        cell.quotePrefix = True
    elif kind in NUMBER_FORMATS:
        cell.number_format = NUMBER_FORMATS[kind]
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_title(title: str) -> str:
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31] or "Sheet"
