"""The bar at the top."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.page import Account
from app.ui.kit.text import texts
from app.ui.shell.top_bar import ProjectChoice, TopBar

ACCOUNT = Account(uuid4(), "周明远", "people.job.project_manager")
PROJECTS = (ProjectChoice(uuid4(), "滨江花园二期住宅"), ProjectChoice(uuid4(), "市政道路改造"))


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[TopBar]:
    window = QWidget()
    qtbot.addWidget(window)
    menu = QMenu(window)
    menu.addAction("退出")
    made = TopBar(ACCOUNT, menu)
    qtbot.addWidget(made)
    made.resize(1366, 48)
    with qtbot.waitActive(made):
        made.show()
    yield made
    menu.close()


def test_a_project_is_chosen_by_keyboard(qtbot: QtBot, bar: TopBar) -> None:
    bar.set_projects(PROJECTS)
    assert bar.projects.currentText() == "全部项目"
    with qtbot.waitSignal(bar.project_chosen) as told:
        qtbot.keyClick(bar.projects, Qt.Key.Key_Down)
    assert told.args == [PROJECTS[0].project_id]
    texts().set_language("en")
    assert bar.projects.value() == PROJECTS[0].project_id
    assert bar.projects.itemText(0) == "All projects"


def test_a_project_that_is_not_there_yet_is_never_shown_as_nothing(bar: TopBar) -> None:
    bar.set_projects(PROJECTS[:1])
    bar.show_project(PROJECTS[1].project_id)
    assert bar.projects.currentText() == "全部项目"
    bar.set_projects(PROJECTS)
    assert bar.projects.currentText() == "市政道路改造"


def test_each_button_asks(qtbot: QtBot, bar: TopBar) -> None:
    for widget, signal in (
        (bar.search, bar.search_asked),
        (bar.undo, bar.undo_asked),
        (bar.redo, bar.redo_asked),
        (bar.help, bar.help_asked),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_person_opens_a_menu(qtbot: QtBot, bar: TopBar) -> None:
    assert bar.user.accessibleName() == "周明远 项目经理"
    qtbot.keyClick(bar.user, Qt.Key.Key_Space)
    menu = bar.user._menu
    qtbot.waitUntil(menu.isVisible)


@pytest.mark.parametrize("width", [840, 1182, 1416])
def test_nothing_overlaps(bar: TopBar, width: int) -> None:
    bar.resize(width, 48)
    parts = [bar.projects, bar.search, bar.undo, bar.redo, bar.help, bar.user]
    rights = [part.geometry().right() for part in parts]
    lefts = [part.geometry().left() for part in parts]
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))
    assert rights[-1] < width


def test_a_project_chosen_elsewhere_is_shown_and_stays_when_the_list_changes(
    bar: TopBar, qtbot: QtBot
) -> None:
    one, other = ProjectChoice(uuid4(), "滨江花园"), ProjectChoice(uuid4(), "青龙河大桥")
    bar.set_projects([one])
    with qtbot.assertNotEmitted(bar.project_chosen):
        bar.show_project(other.project_id)
        bar.set_projects([one, other])
    assert bar.projects.value() == other.project_id
