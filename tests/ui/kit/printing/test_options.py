"""Defaults of a print."""

from app.ui.kit.gantt.columns import Column
from app.ui.kit.printing.options import PrintOptions
from app.ui.kit.printing.paper import Paper


def test_a_print_begins_as_site_offices_print() -> None:
    options = PrintOptions()
    assert (options.paper, options.landscape, options.fit_width) == (Paper.A3, True, True)
    assert options.columns == tuple(Column)
    assert options.language == "zh_CN"
