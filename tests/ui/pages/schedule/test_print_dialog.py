"""The plan on paper."""

from pathlib import Path

from app.ui.kit.fields import ChoiceField
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
