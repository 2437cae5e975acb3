"""What the page sends people to: a workbook, and forms that wait for what is shown."""

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QFileDialog

from tests.services.schedule.site import CLERK, Site, new_id
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for


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


def test_what_is_done_after_the_set_up_waits_for_the_plan(bench: Bench, site: Site) -> None:
    hands = bench.open()
    seen: list[bool] = []
    hands.page.errands.set_up(lambda: seen.append(hands.page.keeper.picture is not None))
    hands.save(hands.form())
    hands.bot.waitUntil(lambda: bool(seen))
    assert seen == [True]
    hands.page.keeper.refresh()
    hands.settle()
    assert seen == [True]


def test_whoever_does_not_plan_is_not_asked_how_the_site_works(bench: Bench, site: Site) -> None:
    hands = bench.open(tools=tools_for(site, login=CLERK))
    hands.page.errands.set_up(lambda: None)
    assert hands.page.findChild(QDialog) is None


def test_without_a_plan_nothing_is_opened(bench: Bench, tmp_path: Path) -> None:
    hands = bench.open()
    errands, set_dates = hands.page.errands, list[datetime | None]()
    errands.open_task(new_id())
    errands.print_plan()
    errands.calendars()
    errands.settings()
    errands.ask_data_date(set_dates.append)
    errands.export_to(tmp_path / "plan.xlsx")
    assert hands.page.findChild(QDialog) is None
    assert not (tmp_path / "plan.xlsx").exists()


def test_files_are_asked_for_by_kind(hands: Hands, tmp_path: Path) -> None:
    errands = hands.page.errands
    errands.export()
    asked = hands.page.findChild(QFileDialog)
    assert asked is not None
    assert asked.defaultSuffix() == "xlsx"
    asked.fileSelected.emit(str(tmp_path / "计划.xlsx"))
    asked.done(0)
    hands.settle()
    assert (tmp_path / "计划.xlsx").exists()
