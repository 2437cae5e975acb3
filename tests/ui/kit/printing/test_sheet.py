"""One page painted on a picture."""

import pytest

from app.ui.kit.gantt.colours import PAPER
from app.ui.kit.gantt.geometry import HEADER
from app.ui.kit.printing.options import PrintOptions
from app.ui.kit.printing.schedule_pdf import sheet_plan
from app.ui.kit.printing.sheet import paint_sheet, table_width
from tests.ui.kit.gantt.pictures import colour_at, picture_of
from tests.ui.kit.gantt.sample_plan import sample_calendar, sample_rows

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_page_has_table_chart_and_foot_and_keeps_its_margins() -> None:
    plan = sheet_plan(sample_rows(), PrintOptions(calendar=sample_calendar()))
    page = plan.page
    size = (round(page.width), round(page.height))
    picture = picture_of(lambda painter: paint_sheet(painter, plan, plan.tiling.tiles[0]), *size)
    left, top = page.content.left, page.content.top
    assert colour_at(picture, left + 6, top + 6) == PAPER.header
    first = plan.time_scale.x(float(plan.outline.rows.start[2]))
    bar_x = left + table_width(plan.columns) + first + 12
    assert colour_at(picture, bar_x, top + HEADER + 2 * 28 + 13) == PAPER.critical_done
    margin = {colour_at(picture, x, y) for x in (5, size[0] - 5) for y in range(0, size[1], 7)}
    assert margin == {"#FFFFFF"}


def test_further_pages_repeat_code_and_name_only() -> None:
    plan = sheet_plan(sample_rows(), PrintOptions())
    assert 0 < table_width(plan.repeated) < table_width(plan.columns)
    assert table_width([]) == 0
