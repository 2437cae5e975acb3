"""What stands in place of a plan."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.ui.kit.labels import Label
from app.ui.pages.schedule.empty_plan import NothingYet
from tests.services.schedule.site import CLERK, PLANNER, Site
from tests.ui.pages.schedule.conftest import Bench, tools_for


def test_the_empty_state_offers_both_ways_to_begin(bench: Bench) -> None:
    empty = bench.open()
    assert empty.page.nothing.offers_to_begin
    assert empty.page.nothing.import_button.isVisible()
    assert empty.page.nothing.first_button.isVisible()


def test_insert_on_the_empty_page_adds_the_first_task(bench: Bench, site: Site) -> None:
    site.set_up()
    hands = bench.open()
    hands.bot.keyClick(hands.page, Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Escape)
    hands.settle()
    assert site.shape() == [("1", "新任务")]


def said(nothing: NothingYet) -> str:
    shown = nothing.currentWidget()
    assert shown is not None
    found = shown.findChildren(Label)
    return " ".join(label.text() for label in found)


def test_each_state_says_what_to_do(qtbot: QtBot) -> None:
    pressed: list[str] = []
    nothing = NothingYet(
        lambda: pressed.append("import"),
        lambda: pressed.append("first"),
        lambda: pressed.append("choose"),
    )
    qtbot.addWidget(nothing)
    nothing.resize(900, 600)
    nothing.show()
    nothing.show_reading()
    assert said(nothing) == ""
    nothing.show_no_project()
    assert "请先选择项目" in said(nothing)
    assert not nothing.import_new_button.isVisible()
    nothing.offer_import(True)
    for made in (nothing.choose_button, nothing.import_new_button):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == ["choose", "import"]
    pressed.clear()
    nothing.show_empty(may_edit=False)
    assert "计划员或项目经理编制后即可" in said(nothing)
    nothing.show_empty(may_edit=True)
    assert "导入 P6 或 Project" in said(nothing)
    for made in (nothing.import_button, nothing.first_button):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == ["import", "first"]


def test_whoever_does_not_plan_is_not_offered_to_begin(bench: Bench, site: Site) -> None:
    site.set_up()
    hands = bench.open(tools=tools_for(site, login=CLERK))
    assert not hands.page.nothing.offers_to_begin
    hands.bot.keyClick(hands.page, Qt.Key.Key_Insert)
    hands.settle()
    assert site.shape() == []


def test_without_a_project_one_is_to_be_chosen(bench: Bench) -> None:
    hands = bench.open(project=False)
    assert "请先选择项目" in said(hands.page.nothing)
    assert hands.page.nothing.choose_button.isVisible()
    assert not hands.page.nothing.import_new_button.isVisible()


def test_whoever_leads_may_import_while_all_projects_are_in_view(bench: Bench, site: Site) -> None:
    site.employ(PLANNER, Job.PROJECT_MANAGER, COMPANY_SCOPE)
    hands = bench.open(project=False)
    assert hands.page.nothing.import_new_button.isVisible()
