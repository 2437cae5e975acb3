"""The projects page: founding, editing in place and by form, undo, refusal, opening."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.projects import ProjectStage
from app.services.projects import ProjectView, list_projects, show_project
from app.services.schedule.queries import load_plan
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.fields import ChoiceField, DateField, TextField
from app.ui.kit.table_model import FAULT
from app.ui.pages.projects import projects_page
from app.ui.pages.projects.page import ProjectsPage
from tests.ui.pages.company import Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

RETURN = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(window: PageWindow) -> ProjectsPage:
    assert isinstance(window.page, ProjectsPage)
    return window.page


def stored(company: Company, project_id: UUID) -> ProjectView:
    with company.read() as session:
        found = show_project(session, project_id)
    assert found is not None
    return found


def put_keys_on(page: ProjectsPage, project_id: UUID, key: str) -> None:
    place = page.model.place_of(project_id)
    column = [one.key for one in page.model.columns].index(key)
    page.table.view.setCurrentIndex(page.model.index(place, column))


def type_into_cell(qtbot: QtBot, page: ProjectsPage, words: str) -> None:
    view = page.table.view
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    editor.insert(words)
    qtbot.keyClick(editor, RETURN)


def test_a_cell_is_edited_and_undone_by_name(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(projects_page)
    page = shown(window)
    put_keys_on(page, company.road, "region")

    type_into_cell(qtbot, page, "粤东")
    settle(qtbot, window)
    assert stored(company, company.road).region == "粤东"
    undo = window.context.undo
    assert undo.undo_name is not None
    assert undo.undo_name.text_id == "projects.edit"

    undo.undo()
    settle(qtbot, window)
    assert stored(company, company.road).region == "华南"
    undo.redo()
    settle(qtbot, window)
    assert stored(company, company.road).region == "粤东"


def test_a_refused_cell_keeps_what_was_typed_and_says_why(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(projects_page)
    page = shown(window)
    put_keys_on(page, company.road, "planned_finish")

    type_into_cell(qtbot, page, "2020-01-01")
    settle(qtbot, window)

    index = page.table.view.model().index(
        page.model.place_of(company.road),
        [c.key for c in page.model.columns].index("planned_finish"),
    )
    assert "早于计划开始" in index.data(FAULT)
    assert index.data() == "2020-01-01"
    assert stored(company, company.road).planned_finish == date(2026, 9, 8)


def test_opening_chooses_the_project_and_shows_its_schedule(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(projects_page)
    page = shown(window)
    page.table.view.select_id(company.plant)

    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)

    assert window.context.project.project_id == company.plant
    assert window.visited == [("schedule", None)]


def fill(dialog: FormDialog, **words: str) -> None:
    for key, value in words.items():
        field = dialog.form.field(key)
        if isinstance(field, ChoiceField):
            field.setCurrentIndex(field.findText(value))
            assert field.currentText() == value
        elif isinstance(field, TextField | DateField):
            field.setText(value)


def dialog_by_key(qtbot: QtBot, window: PageWindow, key: Qt.Key) -> FormDialog:
    qtbot.keyClick(window.page, key, CONTROL)
    # A button pressed by its shortcut is released a tenth of a second later.
    qtbot.waitUntil(lambda: window.page.findChild(FormDialog) is not None, timeout=5000)
    dialog = window.page.findChild(FormDialog)
    assert dialog is not None
    return dialog


@pytest.fixture
def founding(open_page: OpenPage, qtbot: QtBot) -> tuple[PageWindow, FormDialog]:
    window = open_page(projects_page)
    dialog = dialog_by_key(qtbot, window, Qt.Key.Key_N)
    return window, dialog


def test_a_new_project_gets_a_six_day_schedule_with_holidays(
    founding: tuple[PageWindow, FormDialog], company: Company, qtbot: QtBot
) -> None:
    window, dialog = founding
    fill(
        dialog,
        code="XX-2026-001",
        name="湖滨学校",
        kind="公建",
        planned_start="2026-05-04",
        planned_finish="2027-08-20",
    )
    qtbot.keyClick(dialog.form.field("name"), RETURN)
    settle(qtbot, window)

    with company.read() as session:
        made = next(one for one in list_projects(session) if one.code == "XX-2026-001")
        plan = load_plan(session, made.id)
    assert (made.name, made.stage) == ("湖滨学校", ProjectStage.PREPARING)
    assert plan is not None
    assert [bool(shifts) for shifts in plan.calendars[0].week] == [True] * 6 + [False]
    assert date(2027, 10, 1) in {day.day for day in plan.calendars[0].days}
    assert f"{plan.settings.start_at:%Y-%m-%d %H:%M}" == "2026-05-04 08:00"
    page = shown(window)
    current = page.table.view.current_row()
    assert current is not None
    assert current.id == made.id
    assert "湖滨学校" in (
        window.context.toasts.message.words if window.context.toasts.message else ""
    )


def test_a_form_with_faults_says_all_of_them_and_stores_nothing(
    founding: tuple[PageWindow, FormDialog], company: Company
) -> None:
    _window, dialog = founding
    fill(dialog, planned_start="2026-05-04", planned_finish="2026-05-01")

    faults = dialog.form.find_faults()

    assert faults == {
        "code": "必填",
        "name": "必填",
        "kind": "必填",
        "planned_finish": "不能早于计划开始",
    }
    dialog.reject()


def test_the_form_edits_all_facts_at_once(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(projects_page)
    shown(window).table.view.select_id(company.road)
    dialog = dialog_by_key(qtbot, window, Qt.Key.Key_E)
    assert dialog.form.values()["name"] == "市政道路改造工程"

    fill(dialog, stage="停工", address="深南大道 1 号")
    qtbot.keyClick(dialog.form.field("address"), RETURN)
    settle(qtbot, window)

    found = stored(company, company.road)
    assert (found.stage, found.address) == (ProjectStage.SUSPENDED, "深南大道 1 号")


def test_who_leads_nothing_reads_only(open_page: OpenPage, company: Company) -> None:
    page = shown(open_page(projects_page, "chen.li"))
    page.table.view.select_id(company.riverside)

    assert not page.new_button.isEnabled()
    assert not page.edit_button.isEnabled()
    assert page.open_button.isEnabled()
    flags = page.model.flags(page.model.index(0, 0))
    assert not flags & Qt.ItemFlag.ItemIsEditable
