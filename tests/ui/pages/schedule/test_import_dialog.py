"""Importing: read in the background, looked at, stored; all findings when the file is bad."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar

from app.core.errors import Finding, InputRejected, Reason
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.core.schedule.network import LagCalendar, LagKind, LinkType, ProgressMode, Rules
from app.services.projects import show_project
from app.services.schedule.imports import CalendarImage, ImportSchedule
from app.services.schedule.queries import load_plan
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskImage
from app.ui.pages.schedule.import_dialog import ImportDialog
from tests.services.schedule.site import PLANNER, SIX_DAYS, Site, new_id, whole_fields
from tests.ui.pages.schedule.building import build
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for


def read(path: Path, scope_id: UUID) -> ImportSchedule:
    """A file's command, as the port makes it."""
    calendar_id, first, second = new_id(), new_id(), new_id()
    return ImportSchedule(
        scope_id=scope_id,
        source=path.name,
        settings=SettingsFields(
            default_calendar_id=calendar_id,
            start_at=datetime(2026, 3, 2, 8),  # noqa: DTZ001
            data_date=datetime(2026, 3, 2, 8),  # noqa: DTZ001
            must_finish_at=None,
            rules=Rules.P6,
            progress_mode=ProgressMode.RETAINED_LOGIC,
            lag_calendar=LagCalendar.PREDECESSOR,
        ),
        calendars=(CalendarImage(id=calendar_id, name="P6 六天", week=SIX_DAYS),),
        tasks=(
            TaskImage(id=first, parent_id=None, position=1, fields=whole_fields("开挖")),
            TaskImage(id=second, parent_id=None, position=2, fields=whole_fields("垫层")),
        ),
        links=(
            LinkImage(
                id=new_id(),
                predecessor_id=first,
                successor_id=second,
                type=LinkType.FS,
                lag=0,
                lag_kind=LagKind.WORKING,
            ),
        ),
    )


def words_of(dialog: ImportDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def ready(hands: Hands) -> ImportDialog:
    dialog = hands.page.errands.import_from(Path("plan.xer"))
    hands.settle()
    return dialog


def press(hands: Hands, dialog: ImportDialog) -> None:
    hands.bot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    hands.settle()


@pytest.fixture
def empty(bench: Bench, site: Site) -> Hands:
    return bench.open(tools=tools_for(site, read))


def test_a_file_is_looked_at_and_taken_into_the_empty_project(empty: Hands) -> None:
    dialog = ready(empty)
    empty.bot.waitUntil(lambda: "P6 六天" in words_of(dialog))
    said = words_of(dialog)
    for part in ("plan.xer", "2 项任务", "P6 六天", "2026-03-02", "Primavera P6"):
        assert part in said
    assert dialog.targets is not None
    assert dialog.targets.here.isChecked()
    empty.bot.waitUntil(dialog.targets.here.hasFocus)
    empty.bot.keyClick(dialog.targets.here, Qt.Key.Key_Return)
    empty.settle()
    assert [name for _, name in empty.site.shape()] == ["开挖", "垫层"]
    assert len(empty.page.view.outline) == 2


def test_a_project_with_tasks_is_not_overwritten_a_new_one_is_founded(
    bench: Bench, site: Site
) -> None:
    ids = build(site)
    site.employ(PLANNER, Job.PROJECT_MANAGER, COMPANY_SCOPE)
    hands = bench.open(ids, tools=tools_for(site, read))
    dialog = ready(hands)
    assert dialog.targets is not None
    assert not dialog.targets.here.isEnabled()
    name = dialog.targets.form.field("name")
    name.setFocus()
    hands.bot.keyClick(name, Qt.Key.Key_Return)
    hands.settle()
    chosen = hands.page.context.project.project_id
    assert chosen is not None
    assert chosen != site.project_id
    with site.read() as session:
        project, plan = show_project(session, chosen), load_plan(session, chosen)
    assert project is not None
    assert (project.name, str(project.planned_start)) == ("plan", "2026-03-02")
    assert plan is not None
    assert len(plan.tasks) == 2
    assert len(hands.page.view.outline) == 2


def test_a_refused_founding_is_said_and_nothing_is_stored(bench: Bench, site: Site) -> None:
    site.employ(PLANNER, Job.PROJECT_MANAGER, COMPANY_SCOPE)
    hands = bench.open(build(site), tools=tools_for(site, read))
    dialog = ready(hands)
    site.dismiss(PLANNER, Job.PROJECT_MANAGER, COMPANY_SCOPE)
    press(hands, dialog)
    assert dialog.isVisible()
    assert dialog.action.isEnabled()
    assert "（新建项目）" in words_of(dialog)
    assert hands.page.context.project.project_id == site.project_id
    dialog.reject()


def test_who_may_import_nowhere_is_told_whom_to_ask(bench: Bench, site: Site) -> None:
    hands = bench.open(build(site), tools=tools_for(site, read))
    dialog = ready(hands)
    hands.bot.waitUntil(lambda: "请项目经理新建一个空项目" in words_of(dialog))
    assert dialog.targets is not None
    assert dialog.targets.new.text() == "导入为新项目（只有项目经理或管理员可以新建项目）"
    assert not dialog.action.isEnabled()
    dialog.reject()


def test_with_all_projects_in_view_a_file_becomes_a_new_one(bench: Bench, site: Site) -> None:
    site.employ(PLANNER, Job.PROJECT_MANAGER, COMPANY_SCOPE)
    hands = bench.open(tools=tools_for(site, read), project=False)
    assert hands.page.toolbar.buttons["import"].isEnabled()
    dialog = ready(hands)
    assert dialog.targets is not None
    assert dialog.targets.here.text() == "导入到当前项目（未选择项目）"
    press(hands, dialog)
    assert hands.page.context.project.project_id not in (None, site.project_id)


def test_a_bad_file_lists_every_finding_with_its_place(bench: Bench, site: Site) -> None:
    def refuse(_path: Path, _scope_id: UUID) -> ImportSchedule:
        raise InputRejected(
            tuple(
                Finding(Reason("schedule.page.fault_date", {"typed": f"x{n}"}), f"L{n}")
                for n in range(1, 41)
            )
        )

    hands = bench.open(tools=tools_for(site, refuse))
    dialog = ready(hands)
    # What is put into a window that is open already is seen a turn of the event loop later.
    hands.bot.waitUntil(lambda: "L1: " in words_of(dialog))
    said = words_of(dialog)
    assert all(f"L{n}: “x{n}”" in said for n in range(1, 41))
    assert not dialog.action.isEnabled()
    assert dialog.height() < 768
    dialog.reject()


def test_reading_can_be_cancelled(bench: Bench, site: Site) -> None:
    go_on = Event()

    def slowly(wait: Callable[[], object]) -> Callable[[Path, UUID], ImportSchedule]:
        def work(path: Path, scope_id: UUID) -> ImportSchedule:
            wait()
            return read(path, scope_id)

        return work

    hands = bench.open(tools=tools_for(site, slowly(lambda: go_on.wait(20))))
    dialog = hands.page.errands.import_from(Path("plan.xer"))
    assert dialog.findChild(QProgressBar) is not None
    assert not dialog.action.isEnabled()
    hands.bot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    hands.settle()
    with site.read() as session:
        assert load_plan(session, site.project_id) is None
