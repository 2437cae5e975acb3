"""The base of pages."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.measures import PAGE_BAR
from app.ui.kit.page import Account, CurrentProject, Page, PageContext, PageSpec
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack
from tests.ui.desk import anything


@pytest.fixture
def context(qtbot: QtBot, runner: Runner, layouts: MemoryLayouts) -> Iterator[PageContext]:
    window = QWidget()
    qtbot.addWidget(window)
    account = Account(uuid4(), "周明远", "people.job.project_manager", frozenset({"manager"}))
    yield PageContext(
        runner,
        UndoStack(runner, window),
        CurrentProject(window),
        layouts,
        account,
        Toasts(window),
        anything,
    )
    window.close()


def test_a_page_has_a_bar_with_its_title(qtbot: QtBot, context: PageContext) -> None:
    page = Page(context, "kit.undo")
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    assert page.title.text() == "撤销"
    title_bar = page.title.parentWidget()
    assert title_bar is not None
    assert title_bar.height() == PAGE_BAR
    texts().set_language("en")
    assert page.title.text() == "Undo"
    assert page.can_leave()
    assert page.status_hint() == page.key_hints() == ""
    assert context.theme is theme()
    assert context.texts is texts()


def test_a_button_that_goes_grey_leaves_the_keys_on_the_page(
    qtbot: QtBot, context: PageContext
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    page, outside = Page(context, "kit.undo"), QPushButton("外")
    row.addWidget(outside)
    row.addWidget(page)
    words, button = QLineEdit(), QPushButton("提交")
    page.body.addWidget(words)
    page.body.addWidget(button)
    window.show()
    button.setFocus()
    button.setEnabled(False)
    assert window.focusWidget() is words
    words.setEnabled(False)
    assert window.focusWidget() is outside


def test_a_project_is_told_once(qtbot: QtBot) -> None:
    project = CurrentProject()
    told: list[object] = []
    project.changed.connect(told.append)
    one = uuid4()
    for chosen in (one, one, None):
        project.choose(chosen)
    assert told == [one, None]
    assert project.project_id is None


def test_roles(context: PageContext) -> None:
    everyone = PageSpec("a", "home", "kit.undo", lambda c: Page(c, "kit.undo"))
    clerks = PageSpec("b", "home", "kit.undo", everyone.factory, roles=frozenset({"clerk"}))
    assert everyone.is_open_to(frozenset())
    assert not clerks.is_open_to(context.account.roles)
    assert clerks.is_open_to(frozenset({"clerk", "manager"}))
