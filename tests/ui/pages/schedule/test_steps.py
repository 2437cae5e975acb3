"""Every edit, run on real rows, and taken back, leaves the plan as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from app.core.schedule.network import ActivityKind, LinkType, Rules
from app.services.schedule.links import LinkTasks
from app.services.schedule.tasks import AddTask, TaskImage
from app.services.schedule.views import Plan, TaskView
from app.services.tx import Clash
from app.ui.pages.schedule import steps
from app.ui.pages.schedule.moves import indented, outdented
from app.ui.pages.schedule.picture import Picture, picture_of
from app.ui.pages.schedule.steps import Act
from tests.services.schedule.site import DAY, TODAY, Site, new_id, whole_fields


@dataclass
class Bench:
    """1 (1.1, 1.2), 2, 3 (a milestone), 4; linked 1.1 -> 1.2 -> 2 -> 3."""

    site: Site

    def seen(self) -> Picture:
        return picture_of(self.site.plan(), TODAY, "zh_CN")

    def row(self, outline: str) -> TaskView:
        return next(task for task in self.site.plan().tasks if task.outline == outline)

    def do(self, *acts: Act) -> None:
        for act in acts:
            self.site.run(act.again())

    def undo(self, *acts: Act) -> None:
        for act in reversed(acts):
            for command in act.inverse():
                self.site.run(command)
        for act in reversed(acts):
            if act.mend is not None:
                self.site.run(act.mend())


@pytest.fixture
def work(site: Site) -> Bench:
    site.set_up()
    top = site.add("基础")
    below = [site.add("垫层", 2, parent=top)]
    below.append(site.add("筏板", 3, parent=top, after=below[0]))
    second = site.add("主体", 5, after=top)
    third = site.add("封顶", 0, after=second, kind=ActivityKind.FINISH_MILESTONE)
    site.add("装修", 4, after=third)
    site.link(below[0], below[1])
    site.link(below[1], second, LinkType.SS, DAY)
    site.link(second, third)
    return Bench(site)


def content(plan: Plan) -> object:
    """What a person sees of a plan; versions and places in between may differ."""
    rows = [(task.id, task.parent_id, task.outline, task.values) for task in plan.tasks]
    return rows, set(plan.links), plan.settings


Make = Callable[[Bench], tuple[Act, ...]]


def edited_task(work: Bench) -> tuple[Act, ...]:
    edit = {"name": "二次结构", "duration_minutes": 9 * DAY, "percent_complete": Decimal("0.5")}
    return (steps.edit_task(work.site.project_id, work.row("2"), edit),)


def edited_settings(work: Bench) -> tuple[Act, ...]:
    seen = work.site.plan().settings
    return (steps.edit_settings(work.site.project_id, seen, {"rules": Rules.P6}),)


def added_task(work: Bench) -> tuple[Act, ...]:
    command = AddTask(
        scope_id=work.site.project_id,
        task_id=new_id(),
        parent_id=None,
        after_id=work.row("1").id,
        name="回填",
        duration_minutes=DAY,
    )
    return (steps.add_task(command, work.seen),)


def added_rows(work: Bench) -> tuple[Act, ...]:
    last = work.row("4")
    images = [
        TaskImage(
            id=new_id(),
            parent_id=None,
            position=last.position + number,
            fields=whole_fields(f"新 {number}"),
        )
        for number in (1, 2)
    ]
    return (steps.add_rows(work.site.project_id, images, work.seen),)


def deleted_tasks(work: Bench) -> tuple[Act, ...]:
    ids = [work.row("1").id, work.row("2").id]
    return steps.delete_tasks(work.site.project_id, ids, work.seen(), work.seen)


def indented_below_a_milestone(work: Bench) -> tuple[Act, ...]:
    seen = work.seen()
    moves = indented(seen, [work.row("4").id])
    return tuple(steps.move_task(work.site.project_id, move, seen) for move in moves)


def outdented_rows(work: Bench) -> tuple[Act, ...]:
    seen = work.seen()
    moves = outdented(seen, [work.row("1.1").id, work.row("1.2").id])
    return tuple(steps.move_task(work.site.project_id, move, seen) for move in moves)


def linked(work: Bench) -> tuple[Act, ...]:
    command = LinkTasks(
        scope_id=work.site.project_id,
        link_id=new_id(),
        predecessor_id=work.row("2").id,
        successor_id=work.row("4").id,
        type=LinkType.FF,
        lag=DAY,
    )
    return (steps.link_tasks(command),)


def unlinked(work: Bench) -> tuple[Act, ...]:
    return tuple(steps.unlink(work.site.project_id, link) for link in work.site.plan().links)


def edited_link(work: Bench) -> tuple[Act, ...]:
    link = work.site.plan().links[0]
    return (steps.edit_link(work.site.project_id, link, {"type": LinkType.SF, "lag": -DAY}),)


@pytest.mark.parametrize(
    "make",
    [
        edited_task,
        edited_settings,
        added_task,
        added_rows,
        deleted_tasks,
        indented_below_a_milestone,
        outdented_rows,
        linked,
        unlinked,
        edited_link,
    ],
)
def test_there_back_and_there_again(work: Bench, make: Make) -> None:
    before = content(work.site.plan())
    acts = make(work)
    work.do(*acts)
    after = content(work.site.plan())
    assert after != before
    work.undo(*acts)
    assert content(work.site.plan()) == before
    work.do(*acts)
    assert content(work.site.plan()) == after


def test_an_edit_is_made_with_the_values_that_were_seen(work: Bench) -> None:
    act = steps.edit_task(work.site.project_id, work.row("2"), {"name": "我的"})
    other = steps.edit_task(work.site.project_id, work.row("2"), {"name": "同事的"})
    work.do(other)
    with pytest.raises(Clash):
        work.do(act)
    assert work.row("2").values.name == "同事的"


def test_taking_back_over_a_colleagues_change_is_a_clash(work: Bench) -> None:
    act = steps.edit_task(work.site.project_id, work.row("2"), {"name": "我的"})
    work.do(act)
    work.do(steps.edit_task(work.site.project_id, work.row("2"), {"name": "同事的"}))
    with pytest.raises(Clash):
        work.undo(act)


def test_a_row_added_and_then_edited_can_still_be_taken_back(work: Bench) -> None:
    before = content(work.site.plan())
    (act,) = added_task(work)
    work.do(act)
    work.do(steps.edit_task(work.site.project_id, work.row("2"), {"name": "土方回填"}))
    work.undo(act)
    assert content(work.site.plan()) == before


def test_images_hold_whole_rows(work: Bench) -> None:
    row, link = work.row("2"), work.site.plan().links[0]
    image = steps.task_image(row)
    assert (image.id, image.parent_id, image.position) == (row.id, None, row.position)
    assert image.fields == row.values.fields()
    tied = steps.link_image(link)
    assert (tied.id, tied.type, tied.lag) == (link.id, link.type, link.lag)
