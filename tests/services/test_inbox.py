"""What the inbox shows: names, what was typed, fields that wait with a clash."""

from uuid import UUID

import pytest

from app.core.errors import Reason, Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.commands import encode
from app.services.inbox import Inbox, command_of, read_inbox, rest_command, typed_fields
from app.services.people import EditPerson, PersonFields, list_people
from app.services.projects import EditProject, ProjectFields
from app.services.reconcile import ResolveConflict
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import DeleteTask, EditTask, TaskFields
from app.services.waiting import WaitingCommand, WaitingState
from tests.services.conftest import ADMINISTRATOR, CLERK, LEADER
from tests.services.office import WORKDAY, Office, new_id


def inbox(office: Office, login: str = LEADER, *own: WaitingCommand) -> Inbox:
    with office.read() as session:
        return read_inbox(session, login, own)


@pytest.fixture
def works(office: Office) -> tuple[UUID, list[UUID]]:
    project_id = office.found(LEADER, "A", "甲")
    return project_id, office.chain(LEADER, project_id, ("挖土", 6), ("浇筑", 6))


def edit(project_id: UUID, task_id: UUID, days: int, **values: object) -> EditTask:
    return EditTask(
        scope_id=project_id,
        task_id=task_id,
        base=TaskFields(duration_minutes=6 * WORKDAY, note="", code=""),
        values=TaskFields(duration_minutes=days * WORKDAY, **values),  # type: ignore[arg-type]
    )


def test_fields_that_did_not_clash_wait_with_those_that_did(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, ids = works
    office.run(edit(project_id, ids[0], 8), ADMINISTRATOR)
    office.run_late(edit(project_id, ids[0], 9, code="1.1"), LEADER)
    shown = inbox(office).conflicts[0]

    assert [group.group for group in shown.view.groups] == ["timing"]
    (rest,) = shown.rest
    assert (rest.group, rest.base, rest.mine) == ("identity", {"code": ""}, {"code": "1.1"})
    assert rest.theirs == {"code": "", "name": "挖土", "kind": "task"}
    assert shown.by_choice

    command = rest_command(shown, {"code": "1.1"}, rest.theirs)
    assert isinstance(command, EditTask)
    assert command.values == TaskFields(code="1.1")
    office.run(command, LEADER)
    with office.read() as session:
        plan = load_plan(session, project_id)
    assert plan is not None
    assert plan.tasks[0].values.code == "1.1"
    assert plan.tasks[0].values.duration_minutes == 8 * WORKDAY
    assert rest_command(shown, {}, {}) is None


def test_who_is_concerned_may_settle(office: Office, works: tuple[UUID, list[UUID]]) -> None:
    project_id, ids = works
    office.run(edit(project_id, ids[0], 8), ADMINISTRATOR)
    office.run_late(edit(project_id, ids[0], 9), LEADER)
    assert inbox(office, LEADER).conflicts[0].may_settle
    assert inbox(office, ADMINISTRATOR).conflicts[0].may_settle
    assert not inbox(office, CLERK).conflicts[0].may_settle


def test_what_may_be_settled_is_what_the_handler_lets_pass(office: Office) -> None:
    office.employ("li.na", "李娜", Job.ADMINISTRATOR)
    with office.read() as session:
        found = next(one for one in list_people(session) if one.login == CLERK)

    def edit_phone(phone: str) -> EditPerson:
        return EditPerson(
            scope_id=COMPANY_SCOPE,
            person_id=found.id,
            base=PersonFields(phone=""),
            values=PersonFields(phone=phone),
        )

    office.run(edit_phone("138"), ADMINISTRATOR)
    conflict_id = office.run_late(edit_phone("139"), ADMINISTRATOR)
    settle = ResolveConflict(scope_id=COMPANY_SCOPE, conflict_id=conflict_id)
    for login in (LEADER, CLERK):
        assert not inbox(office, login).conflicts[0].may_settle
        with pytest.raises(Refused, match="not_concerned"):
            office.run(settle, login)
    assert inbox(office, "li.na").conflicts[0].may_settle
    office.run(settle, "li.na")


def test_a_deletion_is_not_settled_by_choice(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, ids = works
    office.run(edit(project_id, ids[0], 8), ADMINISTRATOR)
    office.run_late(DeleteTask(scope_id=project_id, task_id=ids[0], seen={ids[0]: 1}), LEADER)
    shown = inbox(office).conflicts[0]
    assert (shown.rest, shown.by_choice) == ((), False)


def test_names_are_found_for_everything_mentioned(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, ids = works
    command = edit(project_id, ids[1], 7)
    own = WaitingCommand(
        new_id(),
        project_id,
        command.KIND,
        encode(command),
        office.now,
        WaitingState.REFUSED,
        Reason("schedule.task_gone"),
    )
    names = inbox(office, LEADER, own).names
    assert names.tasks == {ids[1]: "浇筑"}
    assert names.projects == {project_id: "甲"}
    assert names.people[CLERK] == "王芳"
    assert set(names.calendars.values()) == {"六天工作制"}
    assert (names.day_of(project_id), names.day_of(new_id())) == (480, 480)


def test_what_was_typed_is_told_field_by_field() -> None:
    project_id = new_id()
    command = EditProject(
        scope_id=project_id,
        base=ProjectFields(name="甲", code="A"),
        values=ProjectFields(name="乙"),
    )
    (field,) = typed_fields(encode(command))
    assert (field.name, field.before, field.after, field.is_edit) == ("name", "甲", "乙", True)


@pytest.mark.parametrize("payload", ["", "{", "[1]", "7", '"words"', '{"later": 1}'])
def test_nothing_typed_is_lost_even_where_it_is_not_understood(payload: str) -> None:
    fields = typed_fields(payload)
    assert [(one.name, one.after) for one in fields] == (
        [("later", 1)] if "later" in payload else [("", payload)]
    )
    assert command_of("projects.edit", payload) is None
    assert command_of("later.kind", payload) is None
