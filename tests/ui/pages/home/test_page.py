"""The first page: numbers are those of the rows behind them, and open them."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.text import texts
from app.ui.pages.home import home_page
from app.ui.pages.home.changes_list import ChangeRow
from app.ui.pages.home.page import HomePage
from tests.ui.pages.company import CHEN, Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow


def shown(window: PageWindow) -> HomePage:
    assert isinstance(window.page, HomePage)
    return window.page


def test_tiles_count_the_rows_of_their_lists(open_page: OpenPage, company: Company) -> None:
    company.clash_about_work()
    page = shown(open_page(home_page))

    assert "3" in page.running.accessibleName().split()
    assert f" {page.late_tasks.model.rowCount()} " in page.late.accessibleName()
    assert f" {page.coming.model.rowCount()} " in page.milestones.accessibleName()
    assert page.inbox.accessibleName().startswith("等我决定 1")
    assert page.late_tasks.model.rowCount() > 0


def test_a_tile_opens_its_rows_by_key_and_by_mouse(open_page: OpenPage, qtbot: QtBot) -> None:
    window = open_page(home_page)
    page = shown(window)

    qtbot.keyClick(page.late, Qt.Key.Key_Return)
    assert page.tabs.current == "late"
    assert page.late_tasks.isVisible()
    qtbot.mouseClick(page.milestones, Qt.MouseButton.LeftButton)
    assert page.tabs.current == "milestones"
    qtbot.mouseClick(page.inbox, Qt.MouseButton.LeftButton)
    assert window.visited == [("reconcile", None)]


def test_a_late_task_opens_in_its_projects_schedule(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(home_page)
    page = shown(window)
    qtbot.keyClick(page.late, Qt.Key.Key_Space)
    row = page.late_tasks.model.row_at(0)
    assert row is not None
    page.late_tasks.view.select_id(row.task.id)

    qtbot.keyClick(page.late_tasks.view, Qt.Key.Key_Return)

    assert window.visited == [("schedule", row.task.id)]
    assert window.context.project.project_id == row.project_id


def test_changes_of_colleagues_come_while_the_page_is_seen(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(home_page)
    page = shown(window)
    task_id = company.works[company.road][2]

    company.edit_task(CHEN, company.road, task_id, note="改线后重排")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: bool(page.changes.findChildren(ChangeRow)), timeout=5000)

    first = page.changes.findChildren(ChangeRow)[0]
    assert first.accessibleName() == "陈立 修改任务 垫层与防水 市政道路改造工程"
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert window.visited == [("schedule", task_id)]


def test_everything_is_said_in_english_after_a_switch(open_page: OpenPage) -> None:
    page = shown(open_page(home_page))
    texts().set_language("en")

    assert page.title.text() == "Home"
    assert page.late.accessibleName().startswith("Late tasks")
    assert page.projects.model.headerData(0, Qt.Orientation.Horizontal) == "Project"
