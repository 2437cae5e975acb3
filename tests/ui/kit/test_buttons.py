"""Buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button, Kind, button, icon_button, key_cap_width
from app.ui.kit.colors import DARK, LIGHT
from app.ui.kit.measures import BUTTON, BUTTON_TALL
from app.ui.kit.text import texts
from app.ui.kit.theme import theme


def fill_of(made: Button) -> str:
    return made.grab().toImage().pixelColor(6, made.height() // 2).name().upper()


@pytest.mark.parametrize(
    ("kind", "light", "dark"),
    [
        ("primary", LIGHT.accent, DARK.accent),
        ("secondary", LIGHT.raised, DARK.raised),
        ("danger", LIGHT.raised, DARK.raised),
    ],
)
def test_each_kind_has_its_ground(qtbot: QtBot, kind: Kind, light: str, dark: str) -> None:
    made = Button("保存", kind)
    qtbot.addWidget(made)
    assert fill_of(made) == light
    theme().set_mode("dark")
    assert fill_of(made) == dark


def test_measures(qtbot: QtBot) -> None:
    low, tall = Button("保存"), Button("保存", tall=True)
    qtbot.addWidget(low)
    qtbot.addWidget(tall)
    assert (low.height(), tall.height()) == (BUTTON, BUTTON_TALL)
    square = icon_button("add", "kit.undo")
    qtbot.addWidget(square)
    assert square.sizeHint().width() == square.sizeHint().height() == BUTTON
    assert (square.toolTip(), square.accessibleName()) == ("撤销", "撤销")


def test_every_part_makes_it_wider(qtbot: QtBot) -> None:
    made = [
        Button("保存"),
        Button("保存", icon_name="add"),
        Button("保存", icon_name="add", key="F2"),
    ]
    for one in made:
        qtbot.addWidget(one)
    widths = [one.sizeHint().width() for one in made]
    assert widths == sorted(set(widths))
    made[2].setMenu(QMenu(made[2]))
    assert made[2].sizeHint().width() > widths[2]
    assert key_cap_width("Ctrl+Enter") > key_cap_width("F2")


def test_space_and_the_key_press_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    made, other = button("kit.redo", key="Ctrl+S"), Button("取消")
    column.addWidget(made)
    column.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, Qt.Key.Key_Space)
    other.setFocus()
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(other, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_words_follow_the_language(qtbot: QtBot) -> None:
    made = button("kit.days", count=2)
    qtbot.addWidget(made)
    chinese = made.sizeHint().width()
    texts().set_language("en")
    assert made.text() == "2 d"
    assert made.sizeHint().width() != chinese
    narrow = made.sizeHint().width()
    made.set_icon("add")
    assert made.sizeHint().width() > narrow
