"""Settling clashes: by field, with what was seen, by whom; and handing them on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
import pytest

from app.core.errors import Refused
from app.core.people import Job
from app.core.reconcile import ConflictState
from app.services.reconcile import (
    EDITABLE,
    ConflictView,
    ResolveConflict,
    ReturnConflict,
    list_conflicts,
    mine_of,
)
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import DeleteTask, EditTask, TaskFields
from app.services.schedule.views import TaskValues
from tests.services.conftest import CLERK, LEADER, PLANNER
from tests.services.office import WORKDAY, Office, new_id


@dataclass
class Clashing:
    """A project in which the leader's edit of a task clashed with the planner's."""

    office: Office
    project_id: UUID
    task_id: UUID
    conflict_id: UUID

    def conflict(self) -> ConflictView:
        with self.office.read() as session:
            return next(one for one in list_conflicts(session) if one.id == self.conflict_id)

    def values(self) -> TaskValues:
        with self.office.read() as session:
            plan = load_plan(session, self.project_id)
        task = plan.task(self.task_id) if plan else None
        assert task is not None
        return task.values

    def edit(self, **values: object) -> EditTask:
        now = self.values()
        return EditTask(
            scope_id=self.project_id,
            task_id=self.task_id,
            base=now.base_of(*values),
            values=TaskFields(**values),  # type: ignore[arg-type]
        )

    def resolve(self, *choices: str, actor: str = LEADER, **seen: object) -> None:
        theirs = {
            name: value
            for group in self.conflict().groups
            for name, value in (group.theirs or {}).items()
        }
        command = ResolveConflict(
            scope_id=self.project_id,
            conflict_id=self.conflict_id,
            choices=choices,
            seen=theirs | seen,
            remark="现场已核对",
        )
        self.office.run(command, actor)


@pytest.fixture
def clashing(office: Office) -> Clashing:
    project_id = office.found(LEADER, "A", "甲")
    office.employ(PLANNER, "陈立", Job.PLANNER, scope_id=project_id)
    office.employ(CLERK, "王芳", Job.FINANCE_CLERK, scope_id=project_id)
    task_id = office.chain(LEADER, project_id, ("挖土", 10), ("垫层", 5))[0]
    found = Clashing(office, project_id, task_id, task_id)
    late = found.edit(duration_minutes=12 * WORKDAY, note="我的")
    office.run(found.edit(duration_minutes=11 * WORKDAY, note="对方"), PLANNER)
    found.conflict_id = office.run_late(late, LEADER)
    return found


def test_a_clash_shows_base_mine_and_theirs(clashing: Clashing) -> None:
    found = clashing.conflict()
    timing, note = found.groups
    assert (found.title, found.project, found.state) == ("挖土", "甲", ConflictState.OPEN)
    assert (found.actor, found.their_actor) == (LEADER, PLANNER)
    assert (note.group, note.base, note.mine, note.theirs) == (
        "note",
        {"note": ""},
        {"note": "我的"},
        {"note": "对方"},
    )
    assert timing.theirs is not None
    assert (timing.base["duration_minutes"], timing.theirs["duration_minutes"]) == (4800, 5280)


def test_chosen_fields_become_mine_and_all_others_stay(clashing: Clashing) -> None:
    clashing.resolve("duration_minutes")

    found = clashing.conflict()
    assert clashing.values().duration_minutes == 12 * WORKDAY
    assert clashing.values().note == "对方"
    assert (found.state, found.resolved_by, found.remark) == (
        ConflictState.RESOLVED,
        LEADER,
        "现场已核对",
    )
    assert found.resolved_at is not None


def test_no_choice_leaves_everything_as_it_is(clashing: Clashing) -> None:
    before = clashing.values()
    clashing.resolve()
    assert clashing.values() == before
    assert clashing.conflict().state is ConflictState.RESOLVED


def test_what_was_seen_must_still_be_so(clashing: Clashing) -> None:
    seen = clashing.values()
    clashing.office.run(clashing.edit(duration_minutes=13 * WORKDAY), PLANNER)
    with pytest.raises(Refused, match="changed_again"):
        clashing.resolve("duration_minutes", duration_minutes=seen.duration_minutes)
    assert clashing.values().duration_minutes == 13 * WORKDAY
    assert clashing.conflict().state is ConflictState.OPEN

    clashing.resolve("duration_minutes")
    assert clashing.values().duration_minutes == 12 * WORKDAY


def test_a_choice_must_be_in_the_clash(clashing: Clashing) -> None:
    with pytest.raises(Refused, match="choice_unknown") as refusal:
        clashing.resolve("name", "note")
    assert refusal.value.reason.parameters == {"fields": "name"}


def test_what_was_seen_must_come_along_and_make_sense(clashing: Clashing) -> None:
    command = ResolveConflict(
        scope_id=clashing.project_id, conflict_id=clashing.conflict_id, choices=("note",)
    )
    with pytest.raises(Refused, match="base_missing"):
        clashing.office.run(command, LEADER)
    with pytest.raises(Refused, match="base_missing"):
        clashing.resolve("note", note=["not", "a", "text"])


def test_a_settled_clash_stays_settled(clashing: Clashing) -> None:
    clashing.resolve("note")
    with pytest.raises(Refused, match="settled_already") as refusal:
        clashing.resolve("note", actor=PLANNER)
    assert refusal.value.reason.parameters == {"person": LEADER}


def test_only_the_two_and_leaders_decide(clashing: Clashing) -> None:
    with pytest.raises(Refused, match="not_concerned"):
        clashing.resolve("note", actor=CLERK)
    with pytest.raises(Refused, match="not_permitted"):
        clashing.resolve("note", actor="nobody")
    clashing.resolve("note", actor=PLANNER)
    assert clashing.values().note == "我的"


def test_a_clash_is_handed_to_the_other(clashing: Clashing) -> None:
    command = ReturnConflict(
        scope_id=clashing.project_id, conflict_id=clashing.conflict_id, remark="请核对"
    )
    clashing.office.run(command, LEADER)
    assert (clashing.conflict().state, clashing.conflict().remark) == (
        ConflictState.RETURNED,
        "请核对",
    )
    clashing.resolve("note", actor=PLANNER)
    with pytest.raises(Refused, match="settled_already"):
        clashing.office.run(command, LEADER)


def test_a_clash_that_is_not_there_is_refused(clashing: Clashing) -> None:
    with pytest.raises(Refused, match="conflict_gone"):
        clashing.office.run(
            ResolveConflict(scope_id=clashing.project_id, conflict_id=new_id()), LEADER
        )


def test_a_deleted_row_cannot_be_written(clashing: Clashing) -> None:
    with clashing.office.read() as session:
        plan = load_plan(session, clashing.project_id)
    assert plan is not None
    seen = {task.id: task.row_version for task in plan.below(clashing.task_id)}
    clashing.office.run(
        DeleteTask(scope_id=clashing.project_id, task_id=clashing.task_id, seen=seen), PLANNER
    )
    assert all(group.theirs is None for group in clashing.conflict().groups)
    assert clashing.conflict().title == ""
    with pytest.raises(Refused, match="row_deleted"):
        clashing.resolve("note")
    clashing.resolve()
    assert clashing.conflict().state is ConflictState.RESOLVED


def test_a_settled_clash_keeps_what_theirs_was(clashing: Clashing) -> None:
    clashing.resolve("note")
    clashing.office.run(clashing.edit(note="后来"), PLANNER)
    note = clashing.conflict().groups[1]
    assert note.theirs == {"note": "对方"}


def test_mine_of_gathers_all_groups() -> None:
    groups: list[dict[str, Any]] = [{"mine": {"a": 1}}, {"mine": None}, {"mine": {"b": 2}}]
    assert mine_of(groups) == {"a": 1, "b": 2}


@pytest.mark.parametrize("table", sorted(EDITABLE))
def test_every_editable_table_is_named_rightly(table: str) -> None:
    assert EDITABLE[table].model.__tablename__ == table
    assert msgspec.convert({}, EDITABLE[table].fields) is not None
