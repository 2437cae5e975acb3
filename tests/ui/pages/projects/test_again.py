"""A project that came back is typed again in the form that it came from."""

from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.core.projects import ProjectKind
from app.services.commands import Command, encode
from app.services.projects import CreateProject, EditProject, ProjectFields, show_project
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.fields import TextField
from app.ui.pages.projects import projects_page
from app.ui.pages.projects.again import typed_again
from tests.services.office import BEGINNING, new_id
from tests.ui.pages.company import TODAY, Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

RETURN = Qt.Key.Key_Return


def refused(command: Command) -> WaitingCommand:
    reason = Reason("projects.code_taken", {"code": "BJ-2026-018", "name": "滨江花园二期住宅"})
    return WaitingCommand(
        new_id(),
        command.scope_id,
        command.KIND,
        encode(command),
        BEGINNING,
        WaitingState.REFUSED,
        reason,
    )


def new_project() -> CreateProject:
    return CreateProject(
        scope_id=new_id(),
        member_id=new_id(),
        code="BJ-2026-018",
        name="湖滨学校",
        kind=ProjectKind.PUBLIC,
        region="华东",
        planned_start=TODAY,
    )


def road_edit(company: Company) -> EditProject:
    return EditProject(
        scope_id=company.road,
        base=ProjectFields(code="SZ-2026-007", name="市政道路改造工程"),
        values=ProjectFields(code="BJ-2026-018"),
    )


def opened(qtbot: QtBot, window: PageWindow, command: Command) -> tuple[FormDialog, UUID]:
    own = refused(command)
    window.waiting.commands = [own]
    window.page.activated(own.op_id)
    settle(qtbot, window)
    dialog = window.page.findChild(FormDialog)
    assert dialog is not None
    return dialog, own.op_id


def retype_code(qtbot: QtBot, dialog: FormDialog, code: str) -> None:
    field = dialog.form.field("code")
    assert isinstance(field, TextField)
    field.setText(code)
    qtbot.keyClick(field, RETURN)


def test_a_new_project_is_typed_again_and_founded_in_place_of_the_first(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window, command = open_page(projects_page), new_project()
    dialog, op_id = opened(qtbot, window, command)
    values = dialog.form.values()
    assert (values["code"], values["name"], values["kind"]) == (
        "BJ-2026-018",
        "湖滨学校",
        ProjectKind.PUBLIC,
    )
    assert values["planned_start"] == TODAY

    retype_code(qtbot, dialog, "BJ-2026-019")
    settle(qtbot, window)
    with company.read() as session:
        made = show_project(session, command.scope_id)
    assert made is not None
    assert (made.code, made.region) == ("BJ-2026-019", "华东")
    assert window.waiting.put_away == [op_id]


def test_an_edit_is_typed_again_over_what_stands_there(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(projects_page)
    dialog, op_id = opened(qtbot, window, road_edit(company))
    values = dialog.form.values()
    assert (values["code"], values["name"]) == ("BJ-2026-018", "市政道路改造工程")

    retype_code(qtbot, dialog, "SZ-2026-070")
    settle(qtbot, window)
    with company.read() as session:
        road = show_project(session, company.road)
    assert road is not None
    assert road.code == "SZ-2026-070"
    assert window.waiting.put_away == [op_id]


def test_the_form_opens_once(open_page: OpenPage, company: Company, qtbot: QtBot) -> None:
    window = open_page(projects_page)
    dialog, _op_id = opened(qtbot, window, new_project())
    dialog.reject()
    company.run(road_note(company), "zhang.chi")
    settle(qtbot, window)
    assert [one for one in window.page.findChildren(FormDialog) if one.isVisible()] == []


def road_note(company: Company) -> EditProject:
    return EditProject(
        scope_id=company.road, base=ProjectFields(note=""), values=ProjectFields(note="围挡")
    )


def test_only_edits_of_projects_are_typed_again_here() -> None:
    own = refused(new_project())
    task = WaitingCommand(
        new_id(), new_id(), "schedule.edit_task", "{}", BEGINNING, WaitingState.REFUSED, None
    )
    found = typed_again(own.op_id, [task, own])
    assert found is not None
    assert found.is_new
    assert typed_again(task.op_id, [task, own]) is None
    assert typed_again(None, [own]) is None
    assert typed_again(new_id(), [own]) is None
