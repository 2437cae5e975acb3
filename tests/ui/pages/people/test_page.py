"""People and rights: giving and taking jobs with the server's word, editing, who may do what."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.parts import COMMAND_PARTS
from app.services.people import jobs_of, list_people
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog, FormDialog
from app.ui.kit.fields import TextField
from app.ui.kit.status import Status
from app.ui.kit.table_model import VALUE
from app.ui.kit.text import texts
from app.ui.pages.people import people_page
from app.ui.pages.people.page import PeoplePage
from tests.ui.pages.company import Company
from tests.ui.pages.conftest import OpenPage, settle
from tests.ui.pages.window import PageWindow

LEFT = Qt.MouseButton.LeftButton
ADMINISTRATOR = "zhang.chi"


def shown(window: PageWindow) -> PeoplePage:
    assert isinstance(window.page, PeoplePage)
    return window.page


def jobs(company: Company, login: str, scope_id: UUID) -> frozenset[Job]:
    with company.read() as session:
        return jobs_of(session, login, scope_id)


def choose_grant(page: PeoplePage, login: str, scope_id: UUID, job: Job) -> None:
    page.people_table.view.select_id(login)
    page.person.choose(scope_id, job)
    assert page.person.scope.value() == scope_id
    assert page.person.job.value() == job


def test_a_job_is_given_after_the_server_agreed(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(people_page)
    page = shown(window)
    choose_grant(page, "sun.wei", company.road, Job.QUALITY_OFFICER)

    qtbot.mouseClick(page.person.grant, LEFT)
    assert page.person.answer == "正在等待服务器确认，确认后才生效……"
    assert not page.person.grant.isEnabled()
    settle(qtbot, window)

    assert jobs(company, "sun.wei", company.road) == {Job.QUALITY_OFFICER}
    assert page.person.answer == "孙伟 已获得“质量员”岗位。"
    assert page.person.grant.isEnabled()


def test_without_a_server_nothing_is_given_and_the_choice_stays(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(people_page)
    window.desk.reachable = False
    page = shown(window)
    choose_grant(page, "sun.wei", company.road, Job.QUALITY_OFFICER)

    qtbot.mouseClick(page.person.grant, LEFT)
    settle(qtbot, window)

    assert jobs(company, "sun.wei", company.road) == frozenset()
    assert page.person.answer.startswith("没有生效：权限变更必须联网确认")
    assert "10060" in page.person.answer
    assert page.person.job.value() == Job.QUALITY_OFFICER
    assert page.person.grant.isEnabled()


def test_a_job_is_taken_away_after_a_question(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(people_page)
    page = shown(window)
    page.people_table.view.select_id("li.na")
    assert len(page.person.revokes) == 1

    qtbot.mouseClick(next(iter(page.person.revokes.values())), LEFT)
    dialog = page.findChild(Dialog)
    assert dialog is not None
    yes = next(one for one in dialog.findChildren(Button) if one.text() == "收回")
    qtbot.mouseClick(yes, LEFT)
    settle(qtbot, window)

    assert jobs(company, "li.na", company.riverside) == frozenset()
    assert page.person.answer == "已收回 李娜 的“库管”岗位。"


def test_the_last_administrator_stays_and_the_page_says_so(
    open_page: OpenPage, company: Company
) -> None:
    page = shown(open_page(people_page, ADMINISTRATOR))
    page.people_table.view.select_id(ADMINISTRATOR)

    assert page.person.revokes == {}
    company.employ("liu.min", "刘敏", Job.ADMINISTRATOR)
    second = shown(open_page(people_page, ADMINISTRATOR))
    second.people_table.view.select_id(ADMINISTRATOR)
    assert len(second.person.revokes) == 1


def test_only_administrators_give_jobs_of_the_company(open_page: OpenPage) -> None:
    page = shown(open_page(people_page))
    page.people_table.view.select_id("sun.wei")

    offered = [page.person.scope.itemData(n) for n in range(page.person.scope.count())]
    assert COMPANY_SCOPE not in offered
    assert len(offered) == 3


def test_an_administrator_edits_a_phone_in_place(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(people_page, ADMINISTRATOR)
    page = shown(window)
    view = page.people_table.view
    view.setCurrentIndex(page.people.index(page.people.place_of("wang.fang"), 2))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.insert("139 0000 1234")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, window)

    with company.read() as session:
        phones = {one.login: one.phone for one in list_people(session)}
    assert phones["wang.fang"] == "139 0000 1234"
    window.context.undo.undo()
    settle(qtbot, window)
    with company.read() as session:
        assert {one.login: one.phone for one in list_people(session)}["wang.fang"] == ""


def test_a_colleague_is_added_and_a_taken_login_is_told(
    open_page: OpenPage, company: Company, qtbot: QtBot
) -> None:
    window = open_page(people_page, ADMINISTRATOR)
    page = shown(window)
    page.add()
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    for key, words in (("display_name", "何静"), ("login", "He Jing")):
        field = dialog.form.field(key)
        assert isinstance(field, TextField)
        field.setText(words)
    assert set(dialog.form.find_faults()) == {"login", "job"}
    dialog.form.set_values({"login": "wang.fang", "job": Job.LABOUR_CLERK})
    dialog.form.submit()
    settle(qtbot, window)
    assert dialog.isVisible()

    dialog.form.set_values({"login": "he.jing"})
    dialog.form.submit()
    settle(qtbot, window)
    assert jobs(company, "he.jing", COMPANY_SCOPE) == {Job.LABOUR_CLERK}
    assert page.person.login == "he.jing"


def test_rights_are_those_of_the_rules(open_page: OpenPage) -> None:
    page = shown(open_page(people_page))
    page.tabs.choose("rights")

    assert page.rights.rowCount() == len(COMMAND_PARTS)
    keys = [column.key for column in page.rights.columns]
    for part in COMMAND_PARTS:
        place = page.rights.place_of(part.kind)
        for job in Job:
            index = page.rights.index(place, keys.index(job.value))
            assert (index.data(VALUE) is Status.DONE) == (job in part.jobs)


def test_a_cell_of_the_matrix_shows_its_holder(open_page: OpenPage, company: Company) -> None:
    page = shown(open_page(people_page))
    page.tabs.choose("scopes")
    column = [one.key for one in page.scopes.columns].index(Job.STOREKEEPER.value)
    place = page.scopes.place_of(company.riverside)
    assert page.scopes.index(place, column).data() == "李娜"

    page.scopes_table.view.setCurrentIndex(page.scopes.index(place, column))

    assert page.person.login == "li.na"
    assert page.person.scope.value() == company.riverside
    texts().set_language("en")
    assert page.title.text() == "People and rights"
