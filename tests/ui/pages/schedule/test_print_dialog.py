"""The plan on paper."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from app.ui.kit.buttons import Button
from app.ui.kit.fields import ChoiceField
from app.ui.kit.gantt.timescale import ScaleUnit
from app.ui.kit.printing.paper import Paper
from app.ui.pages.schedule.print_dialog import PrintDialog
from tests.ui.pages.schedule.conftest import Hands


def test_the_plan_is_printed_with_a_preview(hands: Hands, tmp_path: Path) -> None:
    hands.press("print")
    dialog = hands.page.findChild(PrintDialog)
    assert dialog is not None
    hands.bot.waitUntil(lambda: dialog.preview.pages > 0)
    paper = dialog.form.field("paper")
    tiling = dialog.form.field("tiling")
    assert isinstance(paper, ChoiceField)
    assert isinstance(tiling, ChoiceField)
    paper.set_value("A4")
    tiling.set_value("tiled")
    dialog.form.touched.emit()
    hands.bot.waitUntil(lambda: dialog.preview.pages > 1)
    path = tmp_path / "plan.pdf"
    dialog.save_to(path)
    hands.settle()
    assert path.read_bytes().startswith(b"%PDF")


@pytest.fixture
def dialog(hands: Hands) -> PrintDialog:
    """The dialog with its first preview."""
    hands.press("print")
    found = hands.page.findChild(PrintDialog)
    assert found is not None
    hands.bot.waitUntil(lambda: found.preview.pages > 0)
    return found


def test_it_begins_with_what_is_usual(hands: Hands, dialog: PrintDialog) -> None:
    options = dialog.options()
    assert (options.paper, options.landscape, options.fit_width) == (Paper.A3, True, True)
    assert (options.unit, options.binding, options.show_links) == (ScaleUnit.WEEK, True, True)
    assert options.title.drawn == "周明远"
    assert options.title.data_date == date(2026, 3, 20)
    assert options.calendar.holidays
    dialog.reject()


def test_what_the_form_says_is_what_is_printed(dialog: PrintDialog) -> None:
    dialog.form.set_values(
        {
            "paper": "A1",
            "orientation": "portrait",
            "tiling": "tiled",
            "unit": "month",
            "binding": False,
            "show_links": False,
            "checked": "陈立",
            "revision": "B",
        }
    )
    options = dialog.options()
    assert (options.paper, options.landscape, options.fit_width) == (Paper.A1, False, False)
    assert (options.unit, options.binding, options.show_links) == (ScaleUnit.MONTH, False, False)
    assert (options.title.checked, options.title.revision) == ("陈立", "B")
    dialog.reject()


def test_the_pdf_goes_where_a_person_says_and_the_toast_says_so(
    hands: Hands, dialog: PrintDialog, tmp_path: Path
) -> None:
    hands.bot.mouseClick(dialog.findChildren(Button)[-1], Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "计划.pdf"))
    asked.done(0)
    hands.settle()
    assert (tmp_path / "计划.pdf").read_bytes().startswith(b"%PDF")
    message = hands.page.context.toasts.message
    assert message is not None
    assert "计划.pdf" in message.words
    assert hands.page.findChild(PrintDialog) is None


def test_a_place_that_cannot_be_written_is_said_and_the_dialog_stays(
    hands: Hands, dialog: PrintDialog, tmp_path: Path
) -> None:
    dialog.save_to(tmp_path / "none" / "plan.pdf")
    hands.settle()
    assert dialog.isVisible()
    told = dialog.findChild(QDialog)
    assert told is not None
    told.reject()
    dialog.reject()


def test_the_keys_are_on_the_paper(hands: Hands, dialog: PrintDialog) -> None:
    hands.bot.waitUntil(dialog.form.field("paper").hasFocus)
    dialog.reject()
