"""The window over a real desk: what colleagues do shows up, and what was chosen is kept."""

from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.people import MembershipView, PersonView
from app.sync.status import LinkState
from app.ui.kit.dialogs import Dialog
from app.ui.kit.layouts import MemoryLayouts
from app.ui.pages.projects.page import ProjectsPage
from app.ui.program.window import DeskWindow, account_of
from tests.sync.desks import Office, edit, founded_project, new_project
from tests.ui.program.conftest import ShowWindow

WAIT_MS = 10_000


def offered(shown: DeskWindow) -> list[str]:
    """The projects of the top bar, but for "all projects"."""
    box = shown.window.top_bar.projects
    return [box.itemText(place) for place in range(1, box.count())]


def link_words(shown: DeskWindow) -> str:
    return shown.window.status_bar.link.accessibleName()


def listed(shown: DeskWindow) -> list[object]:
    """The names in the list of projects."""
    page = shown.window.pages.page
    assert isinstance(page, ProjectsPage)
    rows = (page.model.row_at(place) for place in range(page.model.rowCount()))
    return [row.project.name for row in rows if row is not None]


def test_a_colleagues_project_and_its_new_name_show_up(
    site: Office, show_window: ShowWindow, qtbot: QtBot
) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    shown = show_window(anna)
    shown.window.navigate("projects")
    assert offered(shown) == []

    project = founded_project(site, boris, anna)
    qtbot.waitUntil(lambda: offered(shown) == ["滨江花园二期"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: listed(shown) == ["滨江花园二期"], timeout=WAIT_MS)

    boris.execute(edit(boris, project, name="滨江花园三期"))
    site.sync(boris, anna)
    qtbot.waitUntil(lambda: listed(shown) == ["滨江花园三期"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: offered(shown) == ["滨江花园三期"], timeout=WAIT_MS)


def test_clashes_and_refusals_are_counted_at_the_inbox(
    site: Office, show_window: ShowWindow, qtbot: QtBot
) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    shown = show_window(boris)
    anna.execute(edit(anna, project, name="安娜的名字"))
    boris.execute(edit(boris, project, name="鲍里斯的名字"))
    qtbot.waitUntil(lambda: "1 项待同步" in link_words(shown), timeout=WAIT_MS)

    site.sync(anna)
    boris.start()
    qtbot.waitUntil(lambda: boris.status().unsent == 0, timeout=WAIT_MS)
    site.worker.apply_waiting()

    qtbot.waitUntil(lambda: "1 项待处理" in link_words(shown), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "已连接" in link_words(shown), timeout=WAIT_MS)
    assert "待同步" not in link_words(shown)
    boris.stop()


def test_the_chosen_project_is_chosen_again(
    site: Office, show_window: ShowWindow, qtbot: QtBot
) -> None:
    anna = site.filled("anna")
    first, second = new_project(anna, "甲"), new_project(anna, "乙")
    for founded in (first, second):
        anna.execute(founded)
    shown = show_window(anna)
    assert shown.window.context.project.project_id in (first.scope_id, second.scope_id)
    for wanted in (second.scope_id, None, first.scope_id):
        shown.window.context.project.choose(wanted)
        again = show_window(anna)
        assert again.window.context.project.project_id == wanted
        assert again.window.top_bar.projects.value() == wanted


def test_a_project_that_is_gone_is_not_chosen_any_more(
    site: Office, show_window: ShowWindow, qtbot: QtBot
) -> None:
    site.server.add_person("clara", "克拉拉", Job.FINANCE_CLERK)
    anna, clara = site.filled("anna"), site.filled("clara")
    project = founded_project(site, anna)
    member = site.server.grant("clara", project, Job.PLANNER)
    site.sync(clara)
    shown = show_window(clara)
    shown.window.context.project.choose(project)

    site.server.revoke(member)
    site.sync(clara)

    qtbot.waitUntil(lambda: offered(shown) == [], timeout=WAIT_MS)
    assert shown.window.context.project.project_id is None


def test_another_setup_leaves_the_persons_own_alone(site: Office, show_window: ShowWindow) -> None:
    anna = site.filled("anna")
    guest = DeskWindow(anna, lambda: (), MemoryLayouts())
    guest.window.navigate("settings")
    guest.window.close()
    guest.close()
    assert show_window(anna).window.pages.key == "home"


def test_an_account_names_the_job_in_the_company() -> None:
    jobs = (
        MembershipView(UUID(int=8), UUID(int=9), Job.PLANNER),
        MembershipView(UUID(int=7), COMPANY_SCOPE, Job.STOREKEEPER),
    )
    person = PersonView(UUID(int=1), "li.na", "李娜", "", True, jobs)
    found = account_of([person], "li.na")
    assert (found.name, found.role_id) == ("李娜", "people.job.storekeeper")
    assert found.roles == {Job.PLANNER, Job.STOREKEEPER}
    assert account_of([person], "nobody").name == "nobody"


@pytest.mark.parametrize("is_painted", [True, False])
def test_the_link_is_started_after_the_first_frame_or_without_one(
    site: Office, qtbot: QtBot, is_painted: bool
) -> None:
    anna = site.desk("anna")
    shown = DeskWindow(anna, lambda: (), starts_link=True)
    assert anna.status().link is LinkState.STOPPED
    assert link_words(shown).startswith("正在连接")
    assert not shown.runner.is_idle()
    if is_painted:
        shown.window.show()
    qtbot.waitUntil(lambda: anna.status().is_online, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: link_words(shown).startswith("已连接"), timeout=WAIT_MS)
    qtbot.waitUntil(shown.runner.is_idle, timeout=WAIT_MS)
    shown.window.close()
    shown.close()
    anna.stop()


def test_what_happened_to_the_desks_files_is_told_once(
    site: Office, show_window: ShowWindow, qtbot: QtBot
) -> None:
    anna = site.filled("anna")
    folder = anna.profile.folder
    anna.close()
    (folder / "cache.db").write_bytes(b"damaged" * 1_000)
    again = site.desk("anna")
    assert [notice.text_id for notice in again.status().notices] == ["sync.cache_rebuilt"]
    shown = show_window(again)

    def notices() -> list[Dialog]:
        return [one for one in shown.window.findChildren(Dialog) if one.isVisible()]

    qtbot.waitUntil(lambda: len(notices()) == 1, timeout=WAIT_MS)
    said = link_words(shown)
    again.start()
    qtbot.waitUntil(lambda: link_words(shown) != said, timeout=WAIT_MS)
    assert len(notices()) == 1
    notices()[0].accept()
