"""What cells show, begin editing with, and take."""

from dataclasses import replace

import pytest

from app.ui.kit.gantt.columns import (
    LONG_DATE_WIDTH,
    LOOKS,
    Column,
    cell_text,
    edit_text,
    editable,
    first_widths,
    long_dates,
    name_width,
)
from tests.ui.kit.gantt.sample_plan import sample_rows

ROWS = sample_rows()


def test_cells_of_a_task() -> None:
    shown = [cell_text(ROWS, 9, column, with_year=False) for column in Column]
    assert shown == ["", "1.2.1", "地下室墙柱", "8", "03-11", "03-20", "0", "75%"]
    assert cell_text(ROWS, 9, Column.START, with_year=True) == "2026-03-11"
    assert edit_text(ROWS, 9, Column.PERCENT) == "75"
    assert edit_text(ROWS, 9, Column.FINISH) == "2026-03-20"


def test_dates_show_their_year_when_there_is_more_than_one() -> None:
    assert not long_dates(ROWS)
    assert long_dates(replace(ROWS, finish=ROWS.finish + 365))


@pytest.mark.parametrize(
    ("row", "taking"),
    [
        (9, {Column.CODE, Column.NAME, Column.DURATION, Column.START, Column.FINISH}),
        (8, {Column.CODE, Column.NAME}),
        (16, {Column.CODE, Column.NAME, Column.START, Column.FINISH}),
    ],
)
def test_what_takes_text(row: int, taking: set[Column]) -> None:
    found = {column for column in Column if editable(ROWS, row, column)}
    assert found - {Column.PERCENT} == taking


def test_widths_grow_for_headings_and_years() -> None:
    usual = first_widths("zh_CN", lambda words: 12.0 * len(words), with_year=False)
    assert usual[Column.NAME] == LOOKS[Column.NAME].width
    wide = first_widths("en", lambda words: 12.0 * len(words), with_year=True)
    assert wide[Column.DURATION] == 12 * len("Duration") + 16
    assert wide[Column.START] >= LONG_DATE_WIDTH


def test_names_of_a_deep_tree_get_more_room_within_reason() -> None:
    usual = name_width("zh_CN", 3)
    assert usual == LOOKS[Column.NAME].width
    assert usual < name_width("zh_CN", 9) < name_width("zh_CN", 99) <= usual + 126
