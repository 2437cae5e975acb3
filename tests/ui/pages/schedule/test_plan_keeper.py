"""The plan in view stays true: own edits at once, others' as they come."""

from datetime import datetime

from PySide6.QtCore import Qt

from app.ui.kit.gantt.columns import Column
from tests.services.schedule.site import DAY
from tests.ui.pages.schedule.conftest import Hands


def test_an_edited_duration_is_on_screen_before_it_is_stored(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.open_editor()
    with hands.site.holding():
        hands.write("9")
        hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
        hands.bot.waitUntil(lambda: hands.words("1.3.1", Column.DURATION) == "9")
        hands.bot.waitUntil(lambda: hands.words("1.3.2", Column.START) == "04-16")
        assert hands.values("1.3.1").duration_minutes == 15 * DAY
    hands.settle()
    assert hands.values("1.3.1").duration_minutes == 9 * DAY
    assert hands.words("1.3.2", Column.START) == "04-16"


def test_two_cells_of_one_row_typed_in_a_run_do_not_clash(hands: Hands) -> None:
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-13")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is None)
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-15")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert hands.values("1.3.1").constraint_at == datetime(2026, 4, 15, 8)  # noqa: DTZ001


def test_undoing_twice_in_a_run_waits_for_what_is_in_view(hands: Hands) -> None:
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.write("砌体")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    # The deletion names the version that the row has once its name is taken back.
    for _ in range(2):
        hands.bot.mouseClick(hands.page.toolbar.buttons["undo"], Qt.MouseButton.LeftButton)
    hands.settle()
    assert len(hands.site.plan().tasks) == 25
