"""The links of one task: removed, changed, added."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.schedule.network import LagKind, LinkType
from app.services.schedule.links import EditLink, LinkTasks, UnlinkTasks
from app.ui.kit.labels import Label
from app.ui.kit.text import tr
from app.ui.pages.schedule.links_editor import AFTER, LinksEditor
from tests.services.schedule.site import DAY, new_id
from tests.ui.pages.schedule.plans import link, picture, task

DIG, FENCE, POUR, STRIP = (task(name, 4) for name in ("土方", "支模", "浇筑", "拆模"))
LINKS = (link(POUR, STRIP, LinkType.SS), link(FENCE, POUR, lag=DAY), link(DIG, POUR))
SHOWN = picture([DIG, FENCE, POUR, STRIP], LINKS)


@pytest.fixture
def editor(qtbot: QtBot) -> LinksEditor:
    """The links of the pour."""
    made = LinksEditor(SHOWN, POUR.id, new_id, may_edit=True)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def said(editor: LinksEditor) -> str:
    return " ".join(one.text() for one in editor.findChildren(Label) if one.isVisible())


def commands(editor: LinksEditor) -> list[object]:
    return [act.again() for act in editor.acts()]


def test_predecessors_come_first_each_by_its_name(editor: LinksEditor) -> None:
    assert [(line.linked.called, line.linked.is_before) for line in editor.lines] == [
        ("1 土方", True),
        ("2 支模", True),
        ("4 拆模", False),
    ]
    assert [line.lag.text() for line in editor.lines] == ["", "+1", ""]
    assert not editor.is_touched()
    assert editor.acts() == ()


def test_removed_links_go_before_others_are_changed(editor: LinksEditor) -> None:
    editor.lines[1].lag.setText("3")
    editor.lines[0].remove.click()
    assert editor.is_touched()
    first, second = commands(editor)
    assert isinstance(first, UnlinkTasks)
    assert first.link_id == LINKS[2].id
    assert isinstance(second, EditLink)
    assert (second.link_id, second.values.lag) == (LINKS[1].id, 3 * DAY)


@pytest.mark.parametrize("after", [False, True])
def test_a_link_is_added_on_the_side_that_was_chosen(editor: LinksEditor, after: bool) -> None:
    editor.lines[2].remove.click()
    editor.other.setText("拆模")
    if after:
        editor.direction.set_value(AFTER)
    editor.add()
    line = editor.lines[-1]
    line.lag.setText("50%")
    line.kind.set_value(LagKind.PERCENT)
    command = commands(editor)[-1]
    assert isinstance(command, LinkTasks)
    ends = (command.predecessor_id, command.successor_id)
    assert ends == ((POUR.id, STRIP.id) if after else (STRIP.id, POUR.id))
    assert (command.lag, command.lag_kind, command.type) == (50, LagKind.PERCENT, LinkType.FS)


@pytest.mark.parametrize("typed", ["", "不存在", "模", "浇筑"])
def test_what_names_no_other_task_is_not_added(
    editor: LinksEditor, qtbot: QtBot, typed: str
) -> None:
    editor.other.setText(typed)
    qtbot.keyClick(editor.other, Qt.Key.Key_Return)
    assert len(editor.lines) == 3
    assert tr("schedule.page.link_unknown") in said(editor)
    editor.other.setText("1 土方")
    qtbot.keyClick(editor.other, Qt.Key.Key_Return)
    assert len(editor.lines) == 4
    assert tr("schedule.page.link_unknown") not in said(editor)


def test_a_lag_that_cannot_be_meant_stops_all(editor: LinksEditor) -> None:
    editor.lines[0].remove.click()
    editor.lines[0].lag.setText("later")
    with pytest.raises(ValueError, match="later"):
        editor.acts()


def test_a_task_without_links_says_so(qtbot: QtBot) -> None:
    lone = task("围挡")
    made = LinksEditor(picture([lone, DIG]), lone.id, new_id, may_edit=True)
    qtbot.addWidget(made)
    made.show()
    assert "没有" in said(made)
    made.other.setText("土方")
    made.add()
    assert "没有" not in said(made)
    made.lines[0].remove.click()
    assert "没有" in said(made)
    assert not made.is_touched()
