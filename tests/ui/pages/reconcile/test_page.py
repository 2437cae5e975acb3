"""The inbox: choosing sides by key and mouse, submitting, sending back, refused edits."""

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.core.projects import ProjectKind
from app.core.reconcile import ConflictState
from app.services.commands import Command, encode
from app.services.projects import CreateProject, show_project
from app.services.reconcile import ConflictView as StoredConflict
from app.services.reconcile import Side, list_conflicts
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import DeleteTask
from app.services.schedule.views import TaskView
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog, FormDialog
from app.ui.kit.fields import LinesField
from app.ui.kit.labels import Label
from app.ui.kit.text import texts
from app.ui.pages.reconcile import reconcile_page
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.reconcile.items import Section
from app.ui.pages.reconcile.page import ReconcilePage
from app.ui.pages.reconcile.typed import OwnView
from tests.services.office import BEGINNING, WORKDAY, new_id
from tests.ui.pages.company import CHEN, ME, TODAY, Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(window: PageWindow) -> ReconcilePage:
    assert isinstance(window.page, ReconcilePage)
    return window.page


def view_of(window: PageWindow) -> ConflictView:
    view = shown(window).view
    assert isinstance(view, ConflictView)
    return view


def conflict(company: Company, conflict_id: UUID) -> StoredConflict:
    with company.read() as session:
        return next(one for one in list_conflicts(session) if one.id == conflict_id)


def task(company: Company, task_id: UUID) -> TaskView | None:
    with company.read() as session:
        plan = load_plan(session, company.riverside)
    return plan.task(task_id) if plan else None


def press(qtbot: QtBot, window: PageWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Presses a shortcut and waits until its button was let go and all is done."""
    heard: list[bool] = []
    buttons = [one for one in window.findChildren(Button) if one.isVisible()]
    for one in buttons:
        one.clicked.connect(lambda _checked=False: heard.append(True))
    qtbot.keyClick(window.page, key, modifier)
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    settle(qtbot, window)


def words_in(window: PageWindow) -> str:
    view = shown(window).view
    assert view is not None
    return "\n".join(one.text() for one in view.findChildren(Label))


def test_mine_by_key_is_written_with_what_waited_beside_it(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_work()
    window = open_page(reconcile_page)
    page = shown(window)
    assert page.conflict_foot.words == "还有 2 组未选"
    assert not page.conflict_foot.submit.isEnabled()

    press(qtbot, window, Qt.Key.Key_1, ALT)
    assert page.conflict_foot.words == "3 组已选齐"
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    row = task(company, company.works[company.riverside][6])
    assert row is not None
    assert row.values.duration_minutes == 15 * WORKDAY
    assert row.values.note == "按层流水，每层 5 天；先东区后西区"
    assert row.values.code == "1.3.1"
    assert conflict(company, conflict_id).state is ConflictState.RESOLVED


def test_theirs_by_key_leaves_the_row_alone(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_work()
    before = task(company, company.works[company.riverside][6])
    window = open_page(reconcile_page)

    press(qtbot, window, Qt.Key.Key_2, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    assert task(company, company.works[company.riverside][6]) == before
    assert conflict(company, conflict_id).state is ConflictState.RESOLVED


def test_sides_are_chosen_group_by_group_and_field_by_field(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    window = open_page(reconcile_page)
    view = view_of(window)
    timing, note, identity = view.blocks
    qtbot.mouseClick(timing.heads[Side.MINE], LEFT)
    qtbot.mouseClick(note.cells["note", Side.THEIRS], LEFT)
    qtbot.keyClick(identity.heads[Side.THEIRS], Qt.Key.Key_Space)
    settle(qtbot, window)
    assert timing.heads[Side.MINE].isChecked()
    assert note.heads[Side.THEIRS].isChecked()

    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    row = task(company, company.works[company.riverside][6])
    assert row is not None
    assert row.values.duration_minutes == 15 * WORKDAY
    assert row.values.note == "按层流水，每层 4 天；顶板养护顺延 1 天"
    assert row.values.code == ""


def test_the_result_is_computed_before_it_is_stored(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    window = open_page(reconcile_page)
    qtbot.mouseClick(view_of(window).blocks[0].heads[Side.MINE], LEFT)
    settle(qtbot, window)

    words = words_in(window)
    assert "较基准 +3 天" in words
    assert "较基准 +1 天" in words
    assert "不变" in words
    row = task(company, company.works[company.riverside][6])
    assert row is not None
    assert row.values.duration_minutes == 13 * WORKDAY


def test_what_changes_meanwhile_is_asked_again_and_the_rest_stays_chosen(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    window = open_page(reconcile_page)
    press(qtbot, window, Qt.Key.Key_1, ALT)
    task_id = company.works[company.riverside][6]

    company.edit_task(CHEN, company.riverside, task_id, duration_minutes=14 * WORKDAY)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "还有 1 组未选" in shown(window).conflict_foot.words, timeout=5000)

    assert view_of(window).choices.sides["note"] is Side.MINE
    assert "duration_minutes" not in view_of(window).choices.sides


def test_sending_back_hands_it_to_the_other_with_a_remark(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_work()
    window = open_page(reconcile_page)
    press(qtbot, window, Qt.Key.Key_4, ALT)
    dialog = window.page.findChild(FormDialog)
    assert dialog is not None
    remark = dialog.form.field("remark")
    assert isinstance(remark, LinesField)
    remark.setPlainText("层间流水已与劳务队谈定，请按 15 天。")
    dialog.form.submit()
    settle(qtbot, window)

    found = conflict(company, conflict_id)
    assert (found.state, found.remark) == (
        ConflictState.RETURNED,
        "层间流水已与劳务队谈定，请按 15 天。",
    )
    assert [item.section for item in shown(window).list.items] == [Section.OTHERS]
    theirs = open_page(reconcile_page, CHEN)
    assert [item.section for item in shown(theirs).list.items] == [Section.NEEDS_ME]
    assert "请按 15 天" in words_in(theirs)
    assert view_of(theirs).titles == ("对方", "我的")


def test_submitting_goes_on_to_the_next_and_settled_ones_stay_in_sight(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    first = company.clash_about_work()
    company.now += timedelta(minutes=5)
    second = company.clash_about_project()
    window = open_page(reconcile_page)
    page = shown(window)
    assert [item.id for item in page.list.items] == [second, first]

    press(qtbot, window, Qt.Key.Key_1, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    current = page.list.current_item()
    assert current is not None
    assert current.id == first
    assert [(item.id, item.section) for item in page.list.items] == [
        (first, Section.NEEDS_ME),
        (second, Section.SETTLED),
    ]
    with company.read() as session:
        project = show_project(session, company.riverside)
    assert project is not None
    assert str(project.planned_finish) == "2026-09-10"


def test_j_and_k_walk_through_the_list(open_page: OpenPage, company: Company, qtbot: QtBot) -> None:
    company.clash_about_work()
    company.now += timedelta(minutes=5)
    company.clash_about_project()
    page = shown(open_page(reconcile_page))
    first, second = page.list.items

    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.current_item() == second
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.current_item() == second
    qtbot.keyClick(page.list, Qt.Key.Key_K)
    assert page.list.current_item() == first


def test_a_deletion_that_clashed_is_asked_again_on_what_stands_there_now(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    task_id = company.works[company.riverside][11]
    company.edit_task(CHEN, company.riverside, task_id, note="另有安排")
    conflict_id = company.run_late(
        DeleteTask(scope_id=company.riverside, task_id=task_id, seen={task_id: 1}), ME
    )
    window = open_page(reconcile_page)
    assert not shown(window).conflict_foot.by_field.isEnabled()

    press(qtbot, window, Qt.Key.Key_1, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    assert task(company, task_id) is None
    assert conflict(company, conflict_id).state is ConflictState.RESOLVED


def test_an_edit_of_a_deleted_task_shows_what_was_typed(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    task_id = company.works[company.riverside][11]
    edit = company.task_edit(company.riverside, task_id, duration_minutes=3 * WORKDAY)
    row = task(company, task_id)
    assert row is not None
    company.run(
        DeleteTask(scope_id=company.riverside, task_id=task_id, seen={task_id: row.row_version}),
        CHEN,
    )
    company.run_late(edit, ME)
    window = open_page(reconcile_page)

    assert "3 天" in words_in(window)
    assert "已被他人删除" in words_in(window)
    assert not shown(window).conflict_foot.mine.isEnabled()
    press(qtbot, window, Qt.Key.Key_2, ALT)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert [item.section for item in shown(window).list.items] == [Section.SETTLED]


def own(command: Command, state: WaitingState, reason: Reason | None = None) -> WaitingCommand:
    return WaitingCommand(
        new_id(), command.scope_id, command.KIND, encode(command), BEGINNING, state, reason
    )


@pytest.fixture
def refused(open_page: OpenPage, qtbot: QtBot) -> PageWindow:
    """A window in which a new project came back."""
    command = CreateProject(
        scope_id=new_id(),
        member_id=new_id(),
        code="BJ-2026-018",
        name="湖滨学校",
        kind=ProjectKind.PUBLIC,
        planned_start=TODAY,
    )
    reason = Reason("projects.code_taken", {"code": "BJ-2026-018", "name": "滨江花园二期住宅"})
    window = open_page(reconcile_page)
    window.waiting.commands = [own(command, WaitingState.REFUSED, reason)]
    window.page.activated(None)
    settle(qtbot, window)
    assert isinstance(shown(window).view, OwnView)
    return window


def test_a_refused_edit_shows_why_and_all_that_was_typed(refused: PageWindow) -> None:
    words = words_in(refused)

    assert "项目编号 BJ-2026-018 已用于" in words
    for typed in ("湖滨学校", "公建", "筹备", "2026-03-24"):
        assert typed in words
    assert "{" not in words
    assert "公司" not in words
    assert [item.project for item in shown(refused).list.items] == ["湖滨学校"]
    texts().set_language("en")
    assert "Public" in words_in(refused)
    assert "公建" not in words_in(refused)


def test_a_refused_edit_is_copied_sent_again_or_put_away(refused: PageWindow, qtbot: QtBot) -> None:
    page = shown(refused)
    waiting = refused.waiting
    op_id = waiting.commands[0].op_id
    press(qtbot, refused, Qt.Key.Key_2, ALT)
    assert "湖滨学校" in QGuiApplication.clipboard().text()
    press(qtbot, refused, Qt.Key.Key_1, ALT)
    assert refused.visited[-1] == ("projects", op_id)
    assert refused.context.project.project_id is None

    press(qtbot, refused, Qt.Key.Key_4, ALT)
    dialog = page.findChild(Dialog)
    assert dialog is not None
    assert waiting.put_away == []
    yes = next(one for one in dialog.findChildren(Button) if one.text() == "收起")
    qtbot.mouseClick(yes, LEFT)
    settle(qtbot, refused)
    assert waiting.put_away == [op_id]
    assert page.list.items == ()


def test_a_refused_edit_is_sent_again(refused: PageWindow, qtbot: QtBot) -> None:
    op_id = refused.waiting.commands[0].op_id
    press(qtbot, refused, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, refused)

    assert refused.waiting.sent_again == [op_id]


def test_edits_on_their_way_are_listed_and_can_only_be_hurried(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(reconcile_page)
    page = shown(window)
    edit = company.task_edit(
        company.road, company.works[company.road][3], duration_minutes=9 * WORKDAY
    )
    window.waiting.commands = [own(edit, WaitingState.SAVED)]
    page.activated(None)
    settle(qtbot, window)

    item = page.list.items[0]
    assert (item.section, item.title, item.words) == (
        Section.WAITING,
        "修改任务 基础底板",
        "工期 14 天 → 9 天",
    )
    assert not page.own_foot.put_away.isVisible()
    qtbot.mouseClick(page.own_foot.connect_now, LEFT)
    settle(qtbot, window)
    assert window.waiting.retried == 1


def test_who_is_not_concerned_may_only_look(open_page: OpenPage, company: Company) -> None:
    company.clash_about_work()
    window = open_page(reconcile_page, "li.na")
    foot = shown(window).conflict_foot

    assert not any(one.isEnabled() for one in (foot.mine, foot.theirs, foot.send_back, foot.submit))
    assert "只有双方当事人或项目负责人可以处理" in words_in(window)


def test_the_place_is_told_anew_when_others_arrive(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    window = open_page(reconcile_page)
    view = view_of(window)
    assert "项，共" not in words_in(window)
    company.now += timedelta(minutes=5)
    company.clash_about_project()
    window.page.activated(None)
    settle(qtbot, window)
    assert view_of(window) is view
    assert "第 2 项，共 2 项" in words_in(window)
