"""A clash in full, as its author, the other and a third person see it."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.reconcile import ResolveConflict, ReturnConflict, Side
from app.ui.kit.buttons import Button
from app.ui.pages.reconcile.conflict_view import ConflictView
from tests.ui.pages.company import CHEN, ME, Company
from tests.ui.pages.reconcile.shown import inbox_of, view_of, words_of


def shown(qtbot: QtBot, company: Company, login: str = ME) -> ConflictView:
    made = view_of(company, login)
    qtbot.addWidget(made)
    return made


def test_each_person_is_told_which_side_is_whose(company: Company, qtbot: QtBot) -> None:
    company.clash_about_work()
    assert shown(qtbot, company).titles == ("我的", "对方")
    assert shown(qtbot, company, CHEN).titles == ("对方", "我的")
    assert shown(qtbot, company, "zhang.chi").titles == ("周明远", "陈立")


def test_the_parties_may_settle_it_and_others_may_look(company: Company, qtbot: QtBot) -> None:
    company.clash_about_work()
    assert shown(qtbot, company).is_open
    assert shown(qtbot, company, CHEN).is_open
    storekeeper = shown(qtbot, company, "li.na")
    assert not storekeeper.is_open
    assert "只有双方当事人或项目负责人可以处理" in words_of(storekeeper)


def test_choosing_everything_tells_once_and_shows_it(company: Company, qtbot: QtBot) -> None:
    company.clash_about_work()
    view = shown(qtbot, company)
    assert {block.heads[Side.MINE].isChecked() for block in view.blocks} == {True, False}
    with qtbot.waitSignal(view.chosen):
        view.choose_all(Side.MINE)
    assert all(block.heads[Side.MINE].isChecked() for block in view.blocks)
    assert view.choices.undecided() == ()


def test_what_happened_is_told_in_order(company: Company, qtbot: QtBot) -> None:
    conflict_id = company.clash_about_work()
    before = words_of(shown(qtbot, company))
    company.now += timedelta(minutes=5)
    company.run(
        ReturnConflict(scope_id=company.riverside, conflict_id=conflict_id, remark="请定工期"), ME
    )
    returned = words_of(shown(qtbot, company, CHEN))
    assert "请定工期" in returned
    assert "请定工期" not in before

    (one,) = inbox_of(company, CHEN).conflicts
    now = {name: value for group in one.view.groups for name, value in (group.theirs or {}).items()}
    company.run(
        ResolveConflict(scope_id=company.riverside, conflict_id=conflict_id, seen=now), CHEN
    )
    view = shown(qtbot, company)
    assert not view.is_open
    events = view._events()
    assert [event.what for event in events][-1] in words_of(view)
    assert len(events) == 3


def test_groups_that_agree_are_folded_away(company: Company, qtbot: QtBot) -> None:
    task_id = company.works[company.riverside][6]
    mine = company.task_edit(company.riverside, task_id, name="主体一", note="同样的话")
    company.edit_task(CHEN, company.riverside, task_id, name="主体二", note="同样的话")
    company.run_late(mine, ME)
    view = shown(qtbot, company)
    view.show()
    folded = [block for block in view.blocks if not block.isVisible()]
    assert len(folded) == 1
    (fold,) = (one for one in view.findChildren(Button) if one.isVisible())
    assert "备注" in fold.text()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert all(block.isVisible() for block in view.blocks)
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert not folded[0].isVisible()
    assert any("主体一" in cell.text() for b in view.blocks for cell in b.cells.values())


def test_its_place_among_several_is_said(company: Company, qtbot: QtBot) -> None:
    company.clash_about_work()
    several = view_of(company, ME, (2, 5))
    qtbot.addWidget(several)
    assert "2" in words_of(several)
    assert "5" in words_of(several)
