"""From sign-in to the end: closing ends everything but the desk."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.sync.desk import Desk
from app.sync.keys import PASSWORD, GivenKeys
from app.sync.session_keys import SessionKeys
from app.ui.main_window import MainWindow
from app.ui.program.run import run_window
from app.ui.shell.sign_in import SignInDialog
from tests.sync.desks import Office, name_of, new_project


def window_shown() -> MainWindow:
    """The window that is open."""
    tops = QApplication.topLevelWidgets()
    return next(one for one in tops if isinstance(one, MainWindow) and one.isVisible())


def soon(act: Callable[[], object]) -> Callable[[], None]:
    """What makes something happen as soon as the window's loop runs."""
    return lambda: QTimer.singleShot(0, act)


def at_the_door(act: Callable[[SignInDialog], object]) -> None:
    """Does something with the sign-in window once it is there."""

    def look() -> None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, SignInDialog)]
        if any(one.isVisible() for one in found):
            act(next(one for one in found if one.isVisible()))
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_closing_the_window_ends_its_threads_and_leaves_the_desk_usable(
    site: Office, qtbot: QtBot
) -> None:
    anna = site.filled("anna")
    before = set(threading.enumerate())
    keys = SessionKeys(site.keys(anna.profile))

    def close_once_painted() -> None:
        # The link is started after the first frame.
        window_shown().pages.painted.connect(window_shown().close)

    code = run_window(anna, keys, lambda: (), ready=close_once_painted)

    assert code == 0
    left = {one.name for one in set(threading.enumerate()) - before}
    assert left == {"gantry-link"}
    anna.stop()
    assert set(threading.enumerate()) <= before
    founded = new_project(anna)
    anna.execute(founded)
    assert name_of(anna, founded.scope_id) == founded.name
    assert keys.load(PASSWORD) is not None


def test_closed_before_its_loop_runs_it_still_ends(site: Office, qtbot: QtBot) -> None:
    anna = site.filled("anna")
    keys = SessionKeys(GivenKeys())

    def close() -> None:
        window_shown().close()

    assert run_window(anna, keys, lambda: (), offline=True, ready=close) == 0


def test_signing_out_forgets_the_password_and_closes(site: Office, qtbot: QtBot) -> None:
    anna = site.filled("anna")
    stored = site.keys(anna.profile)
    keys = SessionKeys(stored)

    code = run_window(
        anna, keys, lambda: (), ready=soon(lambda: window_shown().sign_out_asked.emit())
    )

    assert code == 0
    assert keys.load(PASSWORD) is None
    assert stored.load(PASSWORD) is None


def test_offline_on_request_there_is_no_link_and_no_question(site: Office, qtbot: QtBot) -> None:
    anna = site.filled("anna")
    shut = soon(lambda: window_shown().close())
    keys = SessionKeys(GivenKeys())
    assert run_window(anna, keys, lambda: (), offline=True, ready=shut) == 0
    assert "gantry-link" not in {one.name for one in threading.enumerate()}


def test_who_gives_up_at_the_door_sees_no_window(site: Office, qtbot: QtBot) -> None:
    keys = GivenKeys({PASSWORD: "kept-but-wrong"})
    anna = Desk.open(site.profile("anna"), keys)
    asked: list[tuple[str, str, bool]] = []

    def give_up(dialog: SignInDialog) -> None:
        asked.append((dialog.server.text(), dialog.person.text(), dialog.person.isReadOnly()))
        dialog.reject()

    at_the_door(give_up)
    ready: list[bool] = []
    code = run_window(anna, SessionKeys(keys), lambda: (), ready=lambda: ready.append(True))
    anna.close()

    assert (code, ready) == (1, [])
    assert asked == [("127.0.0.1", "anna", True)]
