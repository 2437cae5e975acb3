"""What a block of cells from the clipboard means in the task table."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from app.core.errors import Reason
from app.ui.kit.clipboard_block import plain
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.rows import RowId

MOST_ROWS = 5_000
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class CellEdit:
    """New text for a cell; `row_id` None stands for a new row, counted by `new_row` from 0."""

    row_id: RowId | None
    column: Column
    text: str
    new_row: int = -1


def read(words: str) -> tuple[tuple[str, ...], ...] | Reason:
    """The block in clipboard text, or why it is not taken (too large, broken quotes)."""
    if len(words) > MOST_CHARACTERS:
        return Reason("gantt.paste.too_large", {"rows": MOST_ROWS})
    try:
        reader = csv.reader(StringIO(words, newline=""), dialect="excel-tab", strict=True)
        lines = tuple(tuple(plain(cell).strip() for cell in line) for line in reader)
    except csv.Error:
        return Reason("gantt.paste.broken")
    if len(lines) > MOST_ROWS:
        return Reason("gantt.paste.too_large", {"rows": MOST_ROWS})
    return lines


def edits(
    block: Sequence[Sequence[str]],
    columns: Sequence[Column],
    targets: Sequence[RowId],
) -> tuple[CellEdit, ...]:
    """Cell by cell what pasting `block` at the first of `columns` and `targets` means.

    `columns` are the visible ones from the current cell rightwards, `targets` the visible rows
    from it downwards. Lines beyond the last row are new rows; cells beyond the last column drop.
    """
    found = []
    for number, line in enumerate(block):
        row_id = targets[number] if number < len(targets) else None
        new_row = -1 if row_id is not None else number - len(targets)
        for column, cell in zip(columns, line, strict=False):
            if column not in (Column.STATUS, Column.FLOAT):
                found.append(CellEdit(row_id, column, cell, new_row))
    return tuple(found)
