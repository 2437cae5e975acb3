"""Whether columns are wide enough for their titles and for the words that are always the same."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from app.texts import LANGUAGES
from app.ui.kit.columns import Column
from app.ui.kit.measures import GAP_S, GRID, TYPE_CELL, TYPE_SMALL
from app.ui.kit.status import MARK
from app.ui.kit.text import texts, tr
from app.ui.kit.theme import font

MARGINS = 2 * GAP_S
SLACK = 1.1
"""Other systems have wider faces."""


def too_narrow(
    columns: Sequence[Column[Any]], words: Mapping[str, Iterable[str]] = {}
) -> list[str]:
    """Titles, and text ids of `words` by column key, that are cut in a language."""
    found = []
    for language in LANGUAGES:
        texts().set_language(language)
        for column in columns:
            if column.stretch:
                continue
            room = column.width - MARGINS
            title = tr(column.title_id)
            if _width(title, TYPE_SMALL) > room:
                found.append(f"{column.key}: {title} +{_width(title, TYPE_SMALL) - room}")
            beside = round(MARK) + GRID + 2 if column.kind == "status" else 0
            for text_id in words.get(column.key, ()):
                said = tr(text_id)
                if _width(said, TYPE_CELL) > room - beside:
                    found.append(f"{column.key}: {said} +{_width(said, TYPE_CELL) - room + beside}")
    return found


def _width(words: str, size: int) -> int:
    return round(QFontMetrics(font(size)).horizontalAdvance(words) * SLACK)
