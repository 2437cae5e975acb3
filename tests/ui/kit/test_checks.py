"""Check boxes and radio buttons."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.checks import CheckBox, RadioButton
from app.ui.kit.colors import LIGHT, contrast
from app.ui.kit.theme import theme


@pytest.mark.parametrize("make", [CheckBox, RadioButton])
def test_space_checks_it_and_it_shows(qtbot: QtBot, make: type[CheckBox | RadioButton]) -> None:
    box = make("含税")
    qtbot.addWidget(box)
    box.show()
    box.resize(box.sizeHint())
    before = box.grab().toImage()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    after = box.grab().toImage()
    assert before != after
    seen = {after.pixelColor(x, after.height() // 2).name().upper() for x in range(16)}
    assert LIGHT.accent in seen


def test_the_whole_line_can_be_hit(qtbot: QtBot) -> None:
    box = CheckBox("含税")
    qtbot.addWidget(box)
    box.resize(200, 24)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.isChecked()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_an_empty_box_is_seen(qtbot: QtBot, mode: str) -> None:
    theme().set_mode("dark" if mode == "dark" else "light")
    colors = theme().colors
    assert contrast(colors.text_3, colors.surface) >= 3
