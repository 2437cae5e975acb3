"""The sign-in window."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.core.errors import EnvironmentFault, GantryError
from app.ui.kit.text import texts
from app.ui.shell.sign_in import Credentials, SignInDialog
from tests.ui.desk import anything


@dataclass
class Door:
    """Lets nobody in before the test says so."""

    tried: list[Credentials] = field(default_factory=list)
    cancelled: int = 0
    done: Callable[[], None] = anything
    refused: Callable[[GantryError], None] = anything

    def sign_in(
        self,
        credentials: Credentials,
        on_done: Callable[[], None],
        on_refused: Callable[[GantryError], None],
    ) -> None:
        self.tried.append(credentials)
        self.done, self.refused = on_done, on_refused

    def cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def dialog(qtbot: QtBot, door: Door) -> SignInDialog:
    made = SignInDialog(door, server="db.example.com:5432", person="zhoumy")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def type_password(qtbot: QtBot, dialog: SignInDialog) -> None:
    qtbot.keyClicks(dialog.password, "s3cret!")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)


def test_enter_knocks_and_the_door_opens(qtbot: QtBot, dialog: SignInDialog, door: Door) -> None:
    assert dialog.password.hasFocus()
    dialog.remember.click()
    type_password(qtbot, dialog)
    assert door.tried == [Credentials("db.example.com:5432", "zhoumy", "s3cret!", remember=True)]
    assert dialog.progress.isVisible()
    assert not dialog.enter.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(door.tried) == 1
    door.done()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.password.text() == ""


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, dialog: SignInDialog, door: Door) -> None:
    type_password(qtbot, dialog)
    door.refused(EnvironmentFault("kit.export_failed", path="x", why="y"))
    assert dialog.fault.isVisible()
    assert "无法写入" in dialog.fault.text()
    assert dialog.password.text() == "s3cret!"
    assert dialog.password.hasFocus()
    assert not dialog.progress.isVisible()


def test_what_is_missing_is_marked(qtbot: QtBot, dialog: SignInDialog, door: Door) -> None:
    dialog.person.clear()
    qtbot.mouseClick(dialog.enter, Qt.MouseButton.LeftButton)
    assert door.tried == []
    assert dialog.fault.text() == "请填写服务器、账号、密码。"
    assert dialog.person.hasFocus()


def test_escape_cancels_the_attempt_then_the_window(
    qtbot: QtBot, dialog: SignInDialog, door: Door
) -> None:
    type_password(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert door.cancelled == 1
    assert dialog.isVisible()
    assert dialog.enter.isEnabled()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_tab_goes_through_in_order(qtbot: QtBot, dialog: SignInDialog) -> None:
    dialog.server.setFocus()
    for following in (
        dialog.person,
        dialog.password,
        dialog.remember,
        dialog.give_up,
        dialog.enter,
    ):
        holder = dialog.focusWidget()
        assert holder is not None
        qtbot.keyClick(holder, Qt.Key.Key_Tab)
        assert following.hasFocus()


def test_the_password_is_never_shown(dialog: SignInDialog) -> None:
    assert "geheim" not in repr(Credentials("a", "b", "geheim"))
    texts().set_language("en")
    assert dialog.windowTitle() == "Sign in to Gantry"
    assert dialog.password.accessibleName() == "Password"
