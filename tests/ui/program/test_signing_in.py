"""Signing in on a real server: right and wrong passwords, and no server at all."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from psycopg2.extensions import parse_dsn
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.sync.desk import Desk
from app.sync.keys import PASSWORD, GivenKeys
from app.sync.session_keys import SessionKeys
from app.sync.status import LinkState
from app.ui.program.signing_in import DeskSignIn, is_usable
from app.ui.shell.sign_in import SignInDialog
from tests.servers import Server
from tests.sync.desks import Office, turn_until_idle

WAIT_MS = 20_000


class Jamming(GivenKeys):
    """Secrets in a store that stops working, in no way that was thought of."""

    is_jammed = False
    forgets = False

    def save(self, name: str, secret: str) -> None:
        self._fail()
        super().save(name, secret)

    def forget(self, name: str) -> None:
        if not self.forgets:
            self._fail()
        super().forget(name)

    def _fail(self) -> None:
        if self.is_jammed:
            raise OSError("the store is jammed")


class Entrance:
    """A desk, its secrets without a password, and the sign-in window before it."""

    def __init__(self, site: Office, qtbot: QtBot, *, filled: bool, gone: bool) -> None:
        self._qtbot = qtbot
        profile = site.profile("anna")
        self.password = str(parse_dsn(site.server.dsn_for("anna"))["password"])
        self.stored = stored = Jamming({PASSWORD: self.password})
        if filled:
            before = Desk.open(profile, stored)
            turn_until_idle(before)
            before.close()
        stored.forget(PASSWORD)
        self.keys = SessionKeys(stored)
        self.desk = Desk.open(replace(profile, port=_free_port()) if gone else profile, self.keys)
        self._door = DeskSignIn(self.desk, self.keys)
        self.dialog = SignInDialog(self._door, server="127.0.0.1", person="anna")
        qtbot.addWidget(self.dialog)
        self.dialog.open()

    def type_password(self, words: str) -> None:
        """Types a password in place of what is there, and enters."""
        self.dialog.password.selectAll()
        self._qtbot.keyClicks(self.dialog.password, words)
        self._qtbot.keyClick(self.dialog.password, Qt.Key.Key_Return)

    def wait_for_fault(self) -> str:
        """The words of the refusal."""
        self._qtbot.waitUntil(lambda: bool(self.dialog.fault.text()), timeout=WAIT_MS)
        return self.dialog.fault.text()

    def wait_for_entry(self) -> None:
        """Waits until the window lets the person in."""
        accepted = QDialog.DialogCode.Accepted
        self._qtbot.waitUntil(lambda: self.dialog.result() == accepted, timeout=WAIT_MS)

    def close(self) -> None:
        """Ends everything."""
        self._door.stop()
        self.desk.close()


class Entrances:
    """Opens entrances and closes them."""

    def __init__(self, site: Office, qtbot: QtBot) -> None:
        self._site, self._qtbot = site, qtbot
        self._opened: list[Entrance] = []

    def __call__(self, *, filled: bool = False, gone: bool = False) -> Entrance:
        self._opened.append(Entrance(self._site, self._qtbot, filled=filled, gone=gone))
        return self._opened[-1]

    def close(self) -> None:
        """Closes all."""
        for entrance in self._opened:
            entrance.close()


@pytest.fixture
def entrance(site: Office, qtbot: QtBot) -> Iterator[Entrances]:
    opened = Entrances(site, qtbot)
    yield opened
    opened.close()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def test_a_wrong_password_is_said_each_time_and_the_right_one_opens(entrance: Entrances) -> None:
    opened = entrance()
    for wrong in ("wrong-once", "wrong-twice"):
        opened.type_password(wrong)
        assert "密码不对" in opened.wait_for_fault()
        assert opened.dialog.password.text() == wrong
        assert opened.dialog.isVisible()

    opened.type_password(opened.password)
    opened.wait_for_entry()

    assert opened.desk.status().link is LinkState.ONLINE
    assert opened.desk.status().data_as_of is not None


def test_only_the_right_password_is_remembered_and_only_if_wanted(entrance: Entrances) -> None:
    opened = entrance()
    opened.dialog.remember.setChecked(True)
    opened.type_password("wrong")
    opened.wait_for_fault()
    assert opened.stored.load(PASSWORD) is None

    opened.type_password(opened.password)
    opened.wait_for_entry()
    opened.close()
    assert opened.stored.load(PASSWORD) == opened.password


def test_without_a_server_an_old_desk_opens_with_its_rows(entrance: Entrances) -> None:
    opened = entrance(filled=True, gone=True)
    opened.type_password("whatever")
    opened.wait_for_entry()
    assert opened.desk.status().link is LinkState.OFFLINE


def test_without_a_server_a_new_desk_stays_closed_and_may_try_again(entrance: Entrances) -> None:
    opened = entrance(gone=True)
    for _attempt in range(2):
        opened.type_password("whatever")
        assert "服务" in opened.wait_for_fault()
        assert opened.dialog.isVisible()
        assert opened.dialog.enter.isEnabled()


def test_an_old_desk_stays_closed_to_a_wrong_password(entrance: Entrances) -> None:
    opened = entrance(filled=True)
    opened.type_password("wrong")
    assert "密码不对" in opened.wait_for_fault()
    assert opened.dialog.isVisible()


def test_who_the_server_turns_away_does_not_work_offline(entrance: Entrances, site: Office) -> None:
    opened = entrance(filled=True)
    _close_login(site.server, "anna")
    opened.type_password(opened.password)
    opened.wait_for_fault()
    assert opened.dialog.isVisible()
    assert not is_usable(opened.desk.status())


def test_a_cancelled_attempt_says_nothing(entrance: Entrances, qtbot: QtBot) -> None:
    opened = entrance()
    opened.type_password("wrong")
    opened.dialog.reject()
    qtbot.waitUntil(lambda: opened.desk.status().link is LinkState.WRONG_PASSWORD, timeout=WAIT_MS)
    assert opened.dialog.isVisible()
    assert opened.dialog.fault.text() == ""
    opened.type_password(opened.password)
    opened.wait_for_entry()


def test_an_error_nobody_thought_of_is_said_and_may_be_tried_again(
    entrance: Entrances, caplog: pytest.LogCaptureFixture
) -> None:
    opened = entrance()
    opened.stored.is_jammed = True
    opened.type_password(opened.password)
    assert "程序出错（OSError）" in opened.wait_for_fault()
    assert opened.dialog.enter.isEnabled()
    assert "signing in failed" in caplog.text
    assert opened.password not in caplog.text

    opened.stored.is_jammed = False
    opened.type_password(opened.password)
    opened.wait_for_entry()


def test_a_password_that_cannot_be_kept_lets_in_all_the_same(
    entrance: Entrances, caplog: pytest.LogCaptureFixture
) -> None:
    opened = entrance()
    opened.stored.is_jammed = True
    opened.stored.forgets = True
    opened.dialog.remember.setChecked(True)
    opened.type_password(opened.password)
    opened.wait_for_entry()
    opened.close()
    assert "could not be kept" in caplog.text
    assert opened.password not in caplog.text


def _close_login(server: Server, login: str) -> None:
    with server.admin.begin() as connection:
        connection.exec_driver_sql(f'alter role "{login}" nologin')
