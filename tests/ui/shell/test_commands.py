"""Commands of the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.page import Page, PageSpec
from app.ui.kit.text import texts
from app.ui.shell.commands import (
    Command,
    add_shortcuts,
    command_hits,
    fill_menu,
    page_hits,
    page_key,
)

run: list[str] = []
COMMANDS = (
    Command("kit.undo", "undo", lambda: run.append("undo"), "Ctrl+Z"),
    Command("kit.redo", "redo", lambda: run.append("redo")),
)


@pytest.fixture(autouse=True)
def nothing_run() -> None:
    run.clear()


def test_shortcuts(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    add_shortcuts(window, COMMANDS)
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert run == ["undo"]


def test_a_menu(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, [COMMANDS[0], None, COMMANDS[1]])
    actions = menu.actions()
    assert [action.text() for action in actions] == ["撤销", "", "重做"]
    texts().set_language("en")
    assert actions[2].text() == "Redo"
    actions[2].trigger()
    assert run == ["redo"]


def test_things_to_be_found() -> None:
    assert [(hit.title, hit.key) for hit in command_hits(COMMANDS)] == [
        ("撤销", "Ctrl+Z"),
        ("重做", ""),
    ]
    specs = [PageSpec(str(n), "home", "kit.undo", lambda c: Page(c, "kit.undo")) for n in range(10)]
    hits = page_hits(specs, run.append)
    hits[9].open()
    hits[0].open()
    assert run == ["9", "0"]
    assert (hits[8].key, hits[9].key) == (page_key(8), "") == ("Ctrl+9", "")
