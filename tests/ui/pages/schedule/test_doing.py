"""Actions of many commands: one step of undo, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import GantryError, Reason
from app.services.schedule.calendars import AddCalendar
from app.services.tx import Clash
from app.ui.kit.runner import Runner
from app.ui.kit.undo import UndoStack
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.steps import Act, Action, edit_task
from tests.services.schedule.site import SIX_DAYS, Site, new_id

NAME = Reason("schedule.edit_task")


@dataclass
class Work:
    """A site with three tasks, and the doer on it."""

    bot: QtBot
    site: Site
    runner: Runner
    stack: UndoStack
    doer: Doer
    told: list[str] = field(default_factory=list)

    def names(self) -> list[str]:
        return [task.values.name for task in self.site.plan().tasks]

    def can_undo(self) -> bool:
        return self.stack.undo_name is not None

    def rename(self, number: int, name: str) -> Act:
        plan = self.site.plan()
        return edit_task(plan.project_id, plan.tasks[number], {"name": name})

    def do(self, *acts: Act) -> None:
        self.doer.do(Action(NAME, acts), lambda: self.told.append("done"), self.refused)
        self.settle()

    def refused(self, error: GantryError) -> None:
        self.told.append(type(error).__name__)

    def settle(self) -> None:
        self.bot.waitUntil(self.runner.is_idle)
        self.bot.wait(1)
        self.bot.waitUntil(self.runner.is_idle)


@pytest.fixture
def work(qtbot: QtBot, site: Site) -> Iterator[Work]:
    site.set_up()
    for name in ("丙", "乙", "甲"):
        site.add(name)
    runner = Runner(site)
    stack = UndoStack(runner)
    made = Work(qtbot, site, runner, stack, Doer(runner, stack))
    made.doer.stored.connect(lambda: made.told.append("stored"))
    made.doer.turned_back.connect(lambda: made.told.append("turned back"))
    yield made
    runner.shutdown()
    runner.deleteLater()


def test_many_commands_are_one_step_of_undo(work: Work) -> None:
    work.do(work.rename(0, "一"), work.rename(1, "二"), work.rename(2, "三"))
    assert work.names() == ["一", "二", "三"]
    assert work.told == ["stored", "done"]
    assert work.stack.undo_name == NAME
    work.stack.undo()
    work.settle()
    assert work.names() == ["甲", "乙", "丙"]
    assert not work.can_undo()
    work.stack.redo()
    work.settle()
    assert work.names() == ["一", "二", "三"]


@pytest.mark.parametrize("stale", [0, 1, 2])
def test_one_refused_command_takes_the_others_back(work: Work, stale: int) -> None:
    acts = [work.rename(number, f"新 {number}") for number in range(3)]
    work.site.run(work.rename(stale, "同事的").again())
    before = work.names()
    work.do(*acts)
    assert work.names() == before
    assert work.told.count(Clash.__name__) == 1
    assert "done" not in work.told
    assert "turned back" in work.told
    assert not work.can_undo()


def test_mending_comes_after_all_inverses(work: Work) -> None:
    first, second = work.rename(0, "一"), work.rename(1, "二")
    mended = work.rename(2, "补")
    work.do(Act(first.again, first.inverse, mended.again), second)
    work.stack.undo()
    work.settle()
    assert work.names() == ["甲", "乙", "补"]
    tail = [command.values.name for command in work.site.executed[-3:]]  # type: ignore[attr-defined]
    assert tail == ["乙", "甲", "补"]


def test_an_action_of_nothing_is_no_step(work: Work) -> None:
    work.do()
    assert work.told == []
    assert not work.can_undo()


def test_a_refusal_nobody_waits_for_goes_to_the_window(work: Work) -> None:
    stale = work.rename(0, "一")
    work.site.run(work.rename(0, "同事的").again())
    heard: list[object] = []
    work.runner.refused.connect(heard.append)
    work.doer.do(Action(NAME, (stale,)))
    work.settle()
    assert [type(one) for one in heard] == [Clash]


def test_what_has_no_way_back_is_stored_without_a_step(work: Work) -> None:
    command = AddCalendar(
        scope_id=work.site.project_id,
        calendar_id=new_id(),
        name="夜班",
        week=SIX_DAYS,
    )
    work.doer.run_once(command, work.refused)
    work.settle()
    assert {calendar.name for calendar in work.site.plan().calendars} == {"六天工作制", "夜班"}
    assert work.told == ["stored"]
    assert not work.can_undo()
