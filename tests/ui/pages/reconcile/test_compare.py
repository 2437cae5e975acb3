"""A group of fields side by side: what is said, what can be chosen, by mouse and by key."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.reconcile import FieldGroup, Side
from app.ui.kit.labels import Label
from app.ui.pages.reconcile.choices import Choices
from app.ui.pages.reconcile.compare import GroupBlock, SideButton

LEFT = Qt.MouseButton.LeftButton
CLASH = FieldGroup(
    "timing",
    {"duration_minutes": 1, "note": "a"},
    {"duration_minutes": 2, "note": "b"},
    {"duration_minutes": 3, "note": "c"},
)
ONLY_MINE = FieldGroup("identity", {"code": ""}, {"code": "x"}, {"code": ""})
GONE = FieldGroup("identity", {"code": ""}, {"code": "x"}, None)

Show = Callable[..., GroupBlock]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def block(group: FieldGroup, *, is_open: bool = True) -> GroupBlock:
        made = GroupBlock(
            group, Choices((group,)), say_plainly, ("我的", "对方"), open_to_choice=is_open
        )
        qtbot.addWidget(made)
        made.chosen.connect(made.refresh)
        made.resize(900, 200)
        made.show()
        return made

    return block


def say_plainly(_name: str, value: Any, _beside: Any) -> str:
    return f"<{value}>"


def words(block: GroupBlock) -> list[str]:
    return [one.text() for one in block.findChildren(Label) if one.text()]


def test_every_side_of_a_field_is_said(show: Show) -> None:
    block = show(CLASH)
    assert "<1>" in words(block)
    names = {key: cell.accessibleName() for key, cell in block.cells.items()}
    assert names["duration_minutes", Side.MINE] == "工期 <2>"
    assert names["duration_minutes", Side.THEIRS] == "工期 <3>"
    assert "两边都改了，请选择" in words(block)


def test_a_side_is_chosen_for_the_group_by_mouse(show: Show, qtbot: QtBot) -> None:
    block = show(CLASH)
    with qtbot.waitSignal(block.chosen):
        qtbot.mouseClick(block.heads[Side.THEIRS], LEFT)
    assert [block.heads[side].isChecked() for side in Side] == [False, True]
    assert all(block.cells[name, Side.THEIRS].isChecked() for name in CLASH.mine)
    assert "两边都改了，已选右边" in words(block)


def test_fields_are_chosen_one_by_one_by_key(show: Show, qtbot: QtBot) -> None:
    block = show(CLASH)
    qtbot.keyClick(block.cells["note", Side.MINE], Qt.Key.Key_Return)
    qtbot.keyClick(block.cells["duration_minutes", Side.THEIRS], Qt.Key.Key_Space)
    assert not any(head.isChecked() for head in block.heads.values())
    assert block.cells["note", Side.MINE].isChecked()
    assert block.cells["duration_minutes", Side.THEIRS].isChecked()
    assert "两边都改了，已逐项选择" in words(block)


def test_a_second_click_leaves_the_choice(show: Show, qtbot: QtBot) -> None:
    block = show(CLASH)
    for _click in range(2):
        qtbot.mouseClick(block.heads[Side.MINE], LEFT)
    assert block.heads[Side.MINE].isChecked()


def test_who_may_only_look_chooses_nothing(show: Show) -> None:
    block = show(CLASH, is_open=False)
    assert not any(head.isVisible() for head in block.heads.values())
    assert not any(cell.isEnabled() for cell in block.cells.values())
    assert "两边都改了" in words(block)


def test_what_only_one_changed_is_chosen_already_and_may_be_changed(
    show: Show, qtbot: QtBot
) -> None:
    block = show(ONLY_MINE)
    assert block.heads[Side.MINE].isChecked()
    qtbot.mouseClick(block.heads[Side.THEIRS], LEFT)
    assert block.heads[Side.THEIRS].isChecked()


def test_of_a_row_that_is_gone_there_is_nothing_to_say(show: Show) -> None:
    assert show(GONE).cells["code", Side.THEIRS].text() == "–"


def test_a_long_value_makes_its_cell_higher(qtbot: QtBot) -> None:
    short = SideButton(Side.MINE, "短", cell=True)
    long = SideButton(Side.MINE, "按层流水，每层 5 天；先东区后西区；" * 6, cell=True)
    for cell in (short, long):
        qtbot.addWidget(cell)
    assert long.heightForWidth(200) > 2 * short.heightForWidth(200)
    assert long.heightForWidth(200) > long.heightForWidth(800)
    ampersand = SideButton(Side.MINE, "A&B", cell=True)
    qtbot.addWidget(ampersand)
    assert (ampersand.accessibleName(), ampersand.shortcut().isEmpty()) == ("A&B", True)
