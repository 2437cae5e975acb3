"""Projects: founding, editing, merging, and who may."""

from datetime import date
from uuid import UUID

import msgspec
import pytest

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.services.bus import apply_on_desk
from app.services.people import jobs_of
from app.services.projects import (
    CreateProject,
    EditProject,
    ProjectFields,
    list_projects,
    show_project,
)
from app.services.tx import Clash, Tx
from tests.services.conftest import ADMINISTRATOR, CLERK, LEADER, PLANNER
from tests.services.office import Office, new_id

START = date(2026, 3, 2)


def founding(**changes: object) -> CreateProject:
    command = CreateProject(
        scope_id=new_id(),
        member_id=new_id(),
        code="BJ-1",
        name="滨江花园",
        kind=ProjectKind.RESIDENTIAL,
        planned_start=START,
    )
    return msgspec.structs.replace(command, **changes)


def edit(project_id: UUID, base: ProjectFields, **values: object) -> EditProject:
    return EditProject(scope_id=project_id, base=base, values=ProjectFields(**values))  # type: ignore[arg-type]


def test_a_founder_leads_the_new_project(office: Office) -> None:
    command = founding()
    changes = office.run(command, LEADER)

    assert changes.touches("project", "scope_member")
    with office.read() as session:
        found = show_project(session, command.scope_id)
        assert jobs_of(session, LEADER, command.scope_id) == {Job.PROJECT_MANAGER}
    assert found is not None
    assert (found.name, found.stage) == ("滨江花园", ProjectStage.PREPARING)


@pytest.mark.parametrize("actor", [PLANNER, CLERK, "nobody"])
def test_only_leaders_found_projects(office: Office, actor: str) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        office.run(founding(), actor)
    with office.read() as session:
        assert list_projects(session) == []


def test_leading_one_project_is_no_right_to_found_another(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    office.employ(PLANNER, "陈立", Job.PROJECT_MANAGER, scope_id=project_id)
    with pytest.raises(Refused, match="not_permitted"):
        office.run(founding(), PLANNER)


def test_a_project_ends_after_it_begins(office: Office) -> None:
    with pytest.raises(Refused, match="finish_before_start"):
        office.run(founding(planned_finish=date(2026, 3, 1)), LEADER)


def test_a_project_is_founded_once(office: Office) -> None:
    command = founding()
    office.run(command, LEADER)
    with pytest.raises(Refused, match="exists"):
        office.run(command, LEADER)


def test_a_code_is_the_companys_only_once(office: Office) -> None:
    office.run(founding(), LEADER, on_server=True)
    with pytest.raises(Refused, match="code_taken") as refusal:
        office.run(founding(), LEADER, on_server=True)
    assert refusal.value.reason.parameters == {"code": "BJ-1", "name": "滨江花园"}


def test_edits_of_different_groups_merge(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    with office.read() as session:
        view = show_project(session, project_id)
    assert view is not None
    seen = ProjectFields(region=view.region, stage=view.stage)
    office.run(edit(project_id, seen, region="华东"), LEADER)
    office.run(edit(project_id, seen, stage=ProjectStage.SUSPENDED), ADMINISTRATOR)

    with office.read() as session:
        found = show_project(session, project_id)
    assert found is not None
    assert (found.region, found.stage) == ("华东", ProjectStage.SUSPENDED)


def test_edits_of_one_group_clash_and_change_nothing(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    base = ProjectFields(code="A", name="甲")
    office.run(edit(project_id, base, name="甲一"), LEADER)
    with pytest.raises(Clash) as clash:
        office.run(
            edit(
                project_id,
                base,
                name="甲二",
            ),
            ADMINISTRATOR,
        )

    group = clash.value.clashes[0]
    assert (clash.value.row_table, clash.value.row_id) == ("project", project_id)
    assert (group.group, group.base, group.mine, group.theirs) == (
        "identity",
        {"code": "A", "name": "甲"},
        {"code": "A", "name": "甲二"},
        {"code": "A", "name": "甲一"},
    )


def test_an_edit_without_what_was_seen_is_refused(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    with pytest.raises(Refused, match="base_missing"):
        office.run(edit(project_id, ProjectFields(), name="乙"), LEADER)
    with pytest.raises(Refused, match="base_missing"):
        office.run(edit(project_id, ProjectFields(name="甲")), LEADER)


def test_an_edit_that_breaks_the_dates_is_refused(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    base = ProjectFields(planned_start=START, planned_finish=None)
    with pytest.raises(Refused, match="finish_before_start"):
        office.run(edit(project_id, base, planned_finish=date(2020, 1, 1)), LEADER)
    with office.read() as session:
        found = show_project(session, project_id)
    assert found is not None
    assert found.planned_finish is None


def test_a_project_that_is_gone_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="gone"):
        office.run(edit(new_id(), ProjectFields(name="a"), name="b"), ADMINISTRATOR)


@pytest.mark.parametrize("actor", [PLANNER, CLERK])
def test_only_leaders_edit_projects(office: Office, actor: str) -> None:
    project_id = office.found(LEADER, "A", "甲")
    office.employ(actor, actor, Job.PLANNER, scope_id=project_id)
    with pytest.raises(Refused, match="not_permitted"):
        office.run(edit(project_id, ProjectFields(name="甲"), name="乙"), actor)


def test_projects_are_listed_by_code(office: Office) -> None:
    for code in ("C", "A", "B"):
        office.found(LEADER, code, code)
    with office.read() as session:
        assert [one.code for one in list_projects(session)] == ["A", "B", "C"]
        assert show_project(session, new_id()) is None


def test_the_company_itself_is_no_project(office: Office) -> None:
    with pytest.raises(Refused, match="scope_differs"):
        office.run(founding(scope_id=COMPANY_SCOPE), LEADER)


def test_an_edit_may_not_take_another_projects_code(office: Office) -> None:
    office.found(LEADER, "P-1", "滨江花园")
    other = office.found(LEADER, "P-2", "青龙河大桥")
    taking = EditProject(
        scope_id=other, base=ProjectFields(code="P-2"), values=ProjectFields(code="P-1")
    )
    with pytest.raises(Refused, match="code_taken"):
        office.run(taking, LEADER, on_server=True)


def test_a_code_fits_its_column_and_is_not_empty() -> None:
    for code in ("", "x" * 41):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"code": code}, ProjectFields)


def test_a_code_that_the_desk_knows_is_refused_at_once_but_replayed(office: Office) -> None:
    office.found(LEADER, "P-1", "滨江花园")
    other = office.found(LEADER, "P-2", "青龙河大桥")
    taking = EditProject(
        scope_id=other, base=ProjectFields(code="P-2"), values=ProjectFields(code="P-1")
    )
    for command in (founding(code="P-1"), taking):
        with pytest.raises(Refused, match="code_taken"):
            office.run(command, LEADER)
    with office.write() as session:
        tx = Tx(session, scope_id=other, op_id=new_id(), actor=LEADER, issued_at=office.now)
        apply_on_desk(taking, tx)
    with office.read() as session:
        assert [one.code for one in list_projects(session)] == ["P-1", "P-1"]
