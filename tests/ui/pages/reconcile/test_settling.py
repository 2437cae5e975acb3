"""From a choice to commands: what is written, what follows, what is said when it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import EnvironmentFault, GantryError
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.core.reconcile import ConflictState
from app.services.commands import encode
from app.services.people import AddPerson
from app.services.projects import show_project
from app.services.reconcile import ConflictView as StoredConflict
from app.services.reconcile import ResolveConflict, Side, list_conflicts
from app.services.schedule.tasks import DeleteTask
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.dialogs import Dialog
from app.ui.pages.reconcile import reconcile_page
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.reconcile.page import ReconcilePage
from tests.services.office import BEGINNING, new_id
from tests.ui.pages.company import CHEN, ME, Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow


def page_of(window: PageWindow) -> ReconcilePage:
    assert isinstance(window.page, ReconcilePage)
    return window.page


def view_of(window: PageWindow) -> ConflictView:
    view = page_of(window).view
    assert isinstance(view, ConflictView)
    return view


def stored(company: Company, conflict_id: UUID) -> StoredConflict:
    with company.read() as session:
        return next(one for one in list_conflicts(session) if one.id == conflict_id)


def own(kind: str, payload: str, scope_id: UUID) -> WaitingCommand:
    return WaitingCommand(new_id(), scope_id, kind, payload, BEGINNING, WaitingState.REFUSED, None)


def toast(window: PageWindow) -> str:
    message = window.context.toasts.message
    return message.words if message else ""


def test_a_choice_writes_only_what_was_chosen(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_project()
    window = open_page(reconcile_page)
    view_of(window).choose_all(Side.MINE)
    page_of(window).settling.submit(view_of(window), None, None)
    settle(qtbot, window)

    assert stored(company, conflict_id).state is ConflictState.RESOLVED
    with company.read() as session:
        project = show_project(session, company.riverside)
    assert project is not None
    assert str(project.planned_finish) == "2026-09-10"
    assert toast(window)


def test_what_was_settled_meanwhile_is_said_and_the_inbox_read_again(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_project()
    window = open_page(reconcile_page)
    view = view_of(window)
    view.choose_all(Side.MINE)
    company.now += timedelta(minutes=1)
    seen = {name: value for g in view.shown.view.groups for name, value in (g.theirs or {}).items()}
    company.run(
        ResolveConflict(scope_id=company.riverside, conflict_id=conflict_id, seen=seen),
        "zhang.chi",
    )

    page_of(window).settling.submit(view, None, None)
    settle(qtbot, window)

    dialog = window.page.findChild(Dialog)
    assert dialog is not None
    dialog.reject()
    with company.read() as session:
        project = show_project(session, company.riverside)
    assert project is not None
    assert str(project.planned_finish) == "2026-08-31"


def test_leaving_theirs_of_a_whole_edit_only_settles_it(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    task_id = company.works[company.riverside][11]
    company.edit_task(CHEN, company.riverside, task_id, note="另有安排")
    conflict_id = company.run_late(
        DeleteTask(scope_id=company.riverside, task_id=task_id, seen={task_id: 1}), ME
    )
    window = open_page(reconcile_page)
    page_of(window).settling.submit(view_of(window), Side.THEIRS, None)
    settle(qtbot, window)
    found = stored(company, conflict_id)
    assert (found.state, found.title) == (ConflictState.RESOLVED, "竣工验收")


def test_sending_back_tells_the_form_how_it_went(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_project()
    window = open_page(reconcile_page)
    ends: list[GantryError | None] = []
    settling = page_of(window).settling
    shown = view_of(window).shown
    settling.send_back(shown, "请定", None, ends.append)
    settle(qtbot, window)
    settling.send_back(
        replace(shown, view=replace(shown.view, id=new_id())), "没有这一项", None, ends.append
    )
    settle(qtbot, window)
    assert stored(company, conflict_id).remark == "请定"
    assert ends[0] is None
    assert isinstance(ends[1], GantryError)


@pytest.mark.parametrize("act", ["send_again", "put_away"])
def test_an_own_edit_is_handed_to_the_desk(open_page: OpenPage, qtbot: QtBot, act: str) -> None:
    window = open_page(reconcile_page)
    command = own("from.the.future", "{}", COMPANY_SCOPE)
    window.waiting.commands = [command]
    getattr(page_of(window).settling, act)(command)
    settle(qtbot, window)
    done = window.waiting.sent_again if act == "send_again" else window.waiting.put_away
    assert done == [command.op_id]
    assert toast(window)


def test_a_desk_that_fails_says_so(
    open_page: OpenPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_page(reconcile_page)
    tools = page_of(window).settling._tools

    def fail(_op_id: UUID) -> None:
        raise EnvironmentFault("sync.online_needed")

    page_of(window).settling._tools = replace(tools, dismiss=fail)
    page_of(window).settling.put_away(own("x.y", "{}", COMPANY_SCOPE))
    settle(qtbot, window)
    dialog = window.page.findChild(Dialog)
    assert dialog is not None
    dialog.reject()


def _task(company: Company) -> tuple[WaitingCommand, UUID]:
    task_id = company.works[company.road][3]
    edit = company.task_edit(company.road, task_id, note="x")
    return own(edit.KIND, encode(edit), company.road), task_id


def _person(_company: Company) -> tuple[WaitingCommand, UUID]:
    add = AddPerson(
        scope_id=COMPANY_SCOPE,
        person_id=new_id(),
        member_id=new_id(),
        login="a.b",
        display_name="某人",
        job=Job.PLANNER,
    )
    return own(add.KIND, encode(add), COMPANY_SCOPE), add.person_id


@pytest.mark.parametrize(("make", "page"), [(_task, "schedule"), (_person, "people")])
def test_it_is_typed_again_where_its_row_is(
    open_page: OpenPage,
    company: Company,
    make: Callable[[Company], tuple[WaitingCommand, UUID]],
    page: str,
) -> None:
    window = open_page(reconcile_page)
    command, row_id = make(company)
    page_of(window).settling.edit_again(command, {company.riverside, company.road, company.plant})
    assert window.visited == [(page, row_id)]
    chosen = None if command.scope_id == COMPANY_SCOPE else command.scope_id
    assert window.context.project.project_id == chosen


def test_an_unknown_edit_opens_the_schedule_of_its_project(
    open_page: OpenPage, company: Company
) -> None:
    window = open_page(reconcile_page)
    page_of(window).settling.edit_again(
        own("from.the.future", '{"task_id": "no id"}', company.plant),
        {company.plant},
    )
    assert window.visited == [("schedule", None)]
    assert window.context.project.project_id == company.plant
