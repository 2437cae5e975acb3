"""A block of cells as Excel puts it on the clipboard: tab-separated lines, quoted where needed."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(words: str) -> str:
    """Words that a spreadsheet cannot take for a formula; plain numbers stay as they are."""
    return f"'{words}" if _looks_like_a_formula(words) else words


def plain(words: str) -> str:
    """The words that `neutral` was given."""
    return words[1:] if words[:1] == "'" and _looks_like_a_formula(words[1:]) else words


def _looks_like_a_formula(words: str) -> bool:
    # Behind apostrophes too, so that words which had one themselves come back with it.
    return words.lstrip("'").startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(words)


def block_from(copied: str) -> list[list[str]]:
    """Rows of cells. A block larger than 20,000 x 200 is cut there."""
    reader = csv.reader(io.StringIO(copied.replace("\0", ""), newline=""), dialect="excel-tab")
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([plain(cell) for cell in row[:MOST_COLUMNS]])
            if len(rows) == MOST_ROWS:
                break
    except csv.Error:
        return [line.split("\t")[:MOST_COLUMNS] for line in copied.splitlines()[:MOST_ROWS]]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def block_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as text that Excel takes as a block, and no cell of it for a formula."""
    written = io.StringIO(newline="")
    csv.writer(written, dialect="excel-tab", lineterminator="\r\n").writerows(
        [neutral(cell) for cell in row] for row in rows
    )
    return written.getvalue()
