"""Cells and headings."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from app.ui.kit.gantt.colours import LIGHT, Inks
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.glyphs import WordCache
from app.ui.kit.gantt.outline import Outline
from app.ui.kit.gantt.paint_table import (
    INDENT,
    PAD,
    TableLook,
    name_indent,
    paint_heading,
    paint_row,
)
from tests.ui.kit.gantt.pictures import blank, colour_at, picture_of
from tests.ui.kit.gantt.sample_plan import sample_rows

pytestmark = pytest.mark.usefixtures("qapp")


def look() -> TableLook:
    bold = QFont()
    bold.setBold(True)
    return TableLook(
        Outline.of(sample_rows()), Inks.of(LIGHT), WordCache(QFont()), WordCache(bold), False
    )


def test_deeper_rows_stand_further_right() -> None:
    steps = [name_indent(level, 2, 178) for level in range(3)]
    assert steps[2] - steps[1] == steps[1] - steps[0] == INDENT


def test_a_deep_tree_leaves_most_of_the_cell_to_the_name() -> None:
    steps = [name_indent(level, 20, 178) for level in range(21)]
    assert steps == sorted(set(steps))
    assert steps[-1] <= 0.4 * 178 + PAD / 2


@pytest.mark.parametrize("column", [column for column in Column if column is not Column.STATUS])
def test_every_column_shows_something_and_keeps_to_its_cell(column: Column) -> None:
    width = 178
    picture = picture_of(
        lambda painter: paint_row(painter, look(), 9, 0, [(column, 20.0, float(width))]), 260, 28
    )
    assert not blank(picture)
    outside = [*range(19), *range(20 + width, 260)]
    assert {colour_at(picture, x, y) for x in outside for y in range(28)} == {"#FFFFFF"}


@pytest.mark.parametrize("column", [Column.CODE, Column.START, Column.FINISH])
def test_long_words_are_cut_not_spilled(column: Column) -> None:
    cell = [(column, 20.0, 34.0)]
    picture = picture_of(lambda painter: paint_row(painter, look(), 9, 0, cell), 260, 28)
    assert not blank(picture)
    assert {colour_at(picture, x, y) for x in range(55, 260) for y in range(28)} == {"#FFFFFF"}


def test_done_share_is_green_when_full_and_blue_before() -> None:
    cell = [(Column.PERCENT, 0.0, 92.0)]
    seen = {}
    for row in (2, 9, 13):
        picture = picture_of(lambda painter, r=row: paint_row(painter, look(), r, 0, cell), 92, 28)  # type: ignore[misc]
        seen[row] = {colour_at(picture, x, 14) for x in range(10, 42)}
    assert LIGHT.percent_done in seen[2]
    assert LIGHT.percent in seen[9]
    assert LIGHT.percent not in seen[13]


def test_headings_are_cut_not_spilled() -> None:
    current = look()
    picture = picture_of(
        lambda painter: paint_heading(
            painter, current.inks, current.plain, QRectF(0, 0, 40, 56), Column.FLOAT, "总时差" * 9
        ),
        200,
        56,
    )
    assert not blank(picture)
    assert {colour_at(picture, x, y) for x in range(42, 200) for y in range(56)} == {"#FFFFFF"}
