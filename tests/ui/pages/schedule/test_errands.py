"""Set-up, data date, settings, calendars, print and export, from their buttons."""

from pathlib import Path

from openpyxl import load_workbook

from tests.ui.pages.schedule.conftest import Hands


def test_the_plan_is_exported_to_a_workbook(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    hands.page.errands.export_to(path)
    hands.settle()
    sheet = load_workbook(path).worksheets[0]
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "一至三层结构" in names
    assert len(names) == 25
    message = hands.page.context.toasts.message
    assert message is not None
    assert str(path) in message.words
