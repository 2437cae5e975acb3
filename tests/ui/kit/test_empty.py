"""What stands where there is nothing."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.empty import EmptyState
from app.ui.kit.labels import Label


def test_it_says_what_to_do_first_and_does_it(qtbot: QtBot) -> None:
    begun: list[bool] = []
    state = EmptyState(
        "home", "kit.undo", "kit.error_bug_help", "kit.redo", lambda: begun.append(True)
    )
    qtbot.addWidget(state)
    state.resize(300, 400)
    state.show()
    assert state.action is not None
    qtbot.keyClick(state.action, Qt.Key.Key_Space)
    assert begun == [True]
    for words in state.findChildren(Label):
        assert state.rect().contains(words.geometry())


def test_without_an_action_there_is_no_button(qtbot: QtBot) -> None:
    state = EmptyState("home", "kit.undo", "kit.redo")
    qtbot.addWidget(state)
    assert state.action is None
    assert state.focusPolicy() == Qt.FocusPolicy.NoFocus
