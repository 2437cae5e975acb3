"""A block of cells as Excel puts it on the clipboard: tab-separated lines, quoted where needed."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200


def block_from(copied: str) -> list[list[str]]:
    """Rows of cells. A block larger than 20,000 x 200 is cut there."""
    reader = csv.reader(io.StringIO(copied.replace("\0", ""), newline=""), dialect="excel-tab")
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row[:MOST_COLUMNS])
            if len(rows) == MOST_ROWS:
                break
    except csv.Error:
        return [line.split("\t")[:MOST_COLUMNS] for line in copied.splitlines()[:MOST_ROWS]]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def block_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as text that Excel takes as a block."""
    written = io.StringIO(newline="")
    csv.writer(written, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return written.getvalue()
