"""Previews of a choice, and the same wish once more on what stands there now."""

from datetime import date
from uuid import UUID

import msgspec
import pytest

from app.services.commands import Command
from app.services.inbox import ShownConflict, read_inbox
from app.services.outcome import AGAIN, Preview, asked_again, preview
from app.services.parts import COMMAND_PARTS
from app.services.projects import EditProject, ProjectFields
from app.services.schedule.calendars import SetCalendarDay
from app.services.schedule.links import EditLink, LinkFields, UnlinkTasks
from app.services.schedule.outline import MoveTask
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import DeleteTask, EditTask, TaskFields
from app.services.schedule.views import Plan
from tests.services.conftest import ADMINISTRATOR, LEADER
from tests.services.office import WORKDAY, Office, new_id


class Works:
    """A project with two tasks in a row, and clashes about it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.project_id = office.found(LEADER, "A", "甲")
        self.ids = office.chain(LEADER, self.project_id, ("挖土", 6), ("浇筑", 6))

    def plan(self) -> Plan:
        with self.office.read() as session:
            plan = load_plan(session, self.project_id)
        assert plan is not None
        return plan

    def clash(self, early: Command, late: Command) -> ShownConflict:
        self.office.run(early, ADMINISTRATOR)
        self.office.run_late(late, LEADER)
        with self.office.read() as session:
            return read_inbox(session, LEADER, ()).conflicts[0]

    def edit(self, days: int) -> EditTask:
        return EditTask(
            scope_id=self.project_id,
            task_id=self.ids[0],
            base=TaskFields(duration_minutes=6 * WORKDAY),
            values=TaskFields(duration_minutes=days * WORKDAY),
        )

    def preview(self, shown: ShownConflict, **chosen: object) -> Preview | None:
        group = shown.view.groups[0]
        with self.office.read() as session:
            return preview(session, shown, chosen, group.base)

    def again(self, shown: ShownConflict) -> Command | None:
        with self.office.read() as session:
            return asked_again(session, shown)


@pytest.fixture
def works(office: Office) -> Works:
    return Works(office)


def test_each_choice_has_its_finish(works: Works) -> None:
    shown = works.clash(works.edit(8), works.edit(9))
    found = works.preview(shown, duration_minutes=9 * WORKDAY)
    assert found is not None
    finishes = [one.finish.date() for one in (found.chosen, found.theirs, found.base) if one]
    assert finishes == [date(2026, 3, 18), date(2026, 3, 17), date(2026, 3, 14)]
    assert found.chosen is not None
    assert found.chosen.row_finish is not None
    assert (found.chosen.row_finish.date(), found.chosen.row_float) == (date(2026, 3, 11), 0)
    assert works.plan().tasks[0].values.duration_minutes == 8 * WORKDAY


def test_a_finished_task_has_its_actual_finish_and_no_float(works: Works) -> None:
    shown = works.clash(works.edit(8), works.edit(9))
    found = works.preview(
        shown,
        actual_start="2026-03-02T08:00:00",
        actual_finish="2026-03-05T17:00:00",
        percent_complete="1",
    )
    assert found is not None
    assert found.chosen is not None
    assert f"{found.chosen.row_finish:%Y-%m-%d}" == "2026-03-05"
    assert found.chosen.row_float is None
    assert found.theirs is not None
    assert found.theirs.row_float is not None


def test_what_cannot_be_computed_has_no_outcome(works: Works) -> None:
    shown = works.clash(works.edit(8), works.edit(9))
    found = works.preview(shown, calendar_id=str(new_id()))
    assert found is not None
    assert found.chosen is None
    assert found.theirs is not None
    assert works.preview(shown, duration_minutes="no number").chosen is None  # type: ignore[union-attr]


def test_a_link_and_a_project(works: Works) -> None:
    link = works.plan().links[0]

    def edit(lag: int) -> EditLink:
        return EditLink(
            scope_id=works.project_id,
            link_id=link.id,
            base=link.fields(),
            values=LinkFields(lag=lag),
        )

    shown = works.clash(edit(480), edit(960))
    found = works.preview(shown, lag=960)
    assert found is not None
    assert found.chosen is not None
    assert found.theirs is not None
    assert (found.chosen.finish - found.theirs.finish).days >= 1

    def rename(name: str) -> EditProject:
        return EditProject(
            scope_id=works.project_id,
            base=ProjectFields(name="甲"),
            values=ProjectFields(name=name),
        )

    works.office.run(rename("乙"), ADMINISTRATOR)
    works.office.run_late(rename("丙"), LEADER)
    with works.office.read() as session:
        shown = next(
            one
            for one in read_inbox(session, LEADER, ()).conflicts
            if one.view.row_table == "project"
        )
    assert works.preview(shown, name="丙") is None


def test_a_deletion_is_asked_again(works: Works) -> None:
    delete = DeleteTask(scope_id=works.project_id, task_id=works.ids[0], seen={works.ids[0]: 1})
    again = works.again(works.clash(works.edit(8), delete))
    assert again is not None
    works.office.run(again, LEADER)
    assert [task.id for task in works.plan().tasks] == [works.ids[1]]


def test_a_move_is_asked_again(works: Works) -> None:
    (third,) = works.office.chain(LEADER, works.project_id, ("回填", 1))

    def move(parent: UUID, base: UUID | None = None) -> MoveTask:
        return MoveTask(
            scope_id=works.project_id,
            task_id=third,
            base_parent_id=base,
            parent_id=parent,
            after_id=None,
        )

    again = works.again(works.clash(move(works.ids[0]), move(works.ids[1])))
    assert again is not None
    works.office.run(again, LEADER)
    task = works.plan().task(third)
    assert task is not None
    assert task.parent_id == works.ids[1]


def test_an_unlinking_is_asked_again(works: Works) -> None:
    link = works.plan().links[0]
    edit = EditLink(
        scope_id=works.project_id, link_id=link.id, base=link.fields(), values=LinkFields(lag=480)
    )
    unlink = UnlinkTasks(scope_id=works.project_id, link_id=link.id, base=link.fields())
    again = works.again(works.clash(edit, unlink))
    assert again is not None
    works.office.run(again, LEADER)
    assert works.plan().links == ()


def test_a_special_day_is_asked_again(works: Works) -> None:
    calendar, day_id = works.plan().calendars[0], new_id()

    def day(shifts: tuple[tuple[int, int], ...], base: object) -> SetCalendarDay:
        return SetCalendarDay(
            scope_id=works.project_id,
            calendar_id=calendar.id,
            day_id=day_id,
            day=date(2026, 5, 1),
            base_shifts=base,  # type: ignore[arg-type]
            shifts=shifts,
        )

    works.office.run(day((), None), LEADER)
    again = works.again(works.clash(day(((480, 720),), ()), day(((600, 720),), ())))
    assert again is not None
    works.office.run(again, LEADER)
    assert works.plan().calendars[0].days[0].shifts == ((600, 720),)

    named = msgspec.structs.replace(day((), ((600, 720),)), name="停电", base_name="")
    other = msgspec.structs.replace(day((), ((600, 720),)), name="停工", base_name="")
    again = works.again(works.clash(named, other))
    assert again is not None
    works.office.run(again, LEADER)
    assert works.plan().calendars[0].days[0].name == "停工"


def test_an_edit_is_not_asked_again(works: Works) -> None:
    assert works.again(works.clash(works.edit(8), works.edit(9))) is None
    assert {part.kind for part in COMMAND_PARTS} >= AGAIN
