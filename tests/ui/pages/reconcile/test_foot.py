"""What may be done with a clash or an own edit, and how much is chosen."""

from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.services.commands import encode
from app.services.reconcile import ReturnConflict, Side
from app.services.schedule.tasks import DeleteTask
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.buttons import Button
from app.ui.kit.text import texts
from app.ui.pages.reconcile.foot import ConflictFoot, OwnFoot
from tests.services.office import BEGINNING
from tests.ui.pages.company import CHEN, ME, Company
from tests.ui.pages.reconcile.shown import view_of


@pytest.fixture
def foot(qtbot: QtBot) -> ConflictFoot:
    made = ConflictFoot()
    qtbot.addWidget(made)
    return made


def enabled(foot: ConflictFoot) -> list[str]:
    names = ("mine", "theirs", "by_field", "send_back", "submit")
    return [name for name in names if getattr(foot, name).isEnabled()]


def test_submitting_waits_until_all_is_chosen(
    foot: ConflictFoot, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    view = view_of(company)
    qtbot.addWidget(view)
    foot.show_conflict(view, None)
    assert enabled(foot) == ["mine", "theirs", "by_field", "send_back"]
    assert foot.words == "还有 2 组未选"

    view.choose_all(Side.THEIRS)
    foot.show_conflict(view, None)
    assert "submit" in enabled(foot)
    assert foot.words == "3 组已选齐"
    assert (foot.mine.isChecked(), foot.theirs.isChecked()) == (False, True)


def test_buttons_are_named_after_the_sides_of_who_looks(
    foot: ConflictFoot, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    said = []
    for login in (ME, CHEN, "zhang.chi"):
        view = view_of(company, login)
        qtbot.addWidget(view)
        foot.show_conflict(view, None)
        said.append((foot.mine.text(), foot.theirs.text()))
    assert said == [("用我的", "用对方"), ("用对方", "用我的"), ("用周明远", "用陈立")]


def test_what_was_sent_back_is_not_sent_back_again(
    foot: ConflictFoot, company: Company, qtbot: QtBot
) -> None:
    conflict_id = company.clash_about_work()
    command = ReturnConflict(scope_id=company.riverside, conflict_id=conflict_id, remark="请定")
    company.run(command, ME)
    view = view_of(company, CHEN)
    qtbot.addWidget(view)
    foot.show_conflict(view, None)
    assert "send_back" not in enabled(foot)
    assert "mine" in enabled(foot)


def test_a_deletion_is_decided_as_a_whole(
    foot: ConflictFoot, company: Company, qtbot: QtBot
) -> None:
    task_id = company.works[company.riverside][11]
    company.edit_task(CHEN, company.riverside, task_id, note="另有安排")
    company.run_late(DeleteTask(scope_id=company.riverside, task_id=task_id, seen={task_id: 1}), ME)
    view = view_of(company)
    qtbot.addWidget(view)
    foot.show_conflict(view, None)
    assert "by_field" not in enabled(foot)
    assert "submit" not in enabled(foot)
    foot.show_conflict(view, Side.MINE)
    assert "submit" in enabled(foot)
    assert foot.mine.isChecked()


@pytest.mark.parametrize("state", WaitingState)
def test_own_edits_are_sent_again_or_put_away_only_once_they_came_back(
    state: WaitingState, company: Company, qtbot: QtBot
) -> None:
    foot = OwnFoot()
    qtbot.addWidget(foot)
    foot.show()
    edit = company.task_edit(company.road, company.works[company.road][3], note="x")
    own = WaitingCommand(
        UUID(int=1), edit.scope_id, edit.KIND, encode(edit), BEGINNING, state, None
    )
    foot.show_own(own)
    came_back = state in (WaitingState.REFUSED, WaitingState.BLOCKED)
    assert foot.send_again.isVisible() == foot.put_away.isVisible() == came_back
    assert foot.connect_now.isVisible() != came_back
    assert foot.copy.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_buttons_have_room_beside_the_list_on_a_small_screen(
    language: str, foot: ConflictFoot, company: Company, qtbot: QtBot
) -> None:
    texts().set_language("en" if language == "en" else "zh_CN")
    company.clash_about_work()
    view = view_of(company)
    qtbot.addWidget(view)
    foot.show_conflict(view, None)
    foot.resize(840, foot.height())
    foot.show()
    for one in foot.findChildren(Button):
        assert one.width() >= one.sizeHint().width(), one.text()
