"""People: adding, editing, giving and taking jobs, and the last administrator."""

from uuid import UUID

import msgspec
import pytest

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.people import (
    AddPerson,
    EditPerson,
    GrantScope,
    PersonFields,
    PersonView,
    RevokeScope,
    jobs_of,
    list_people,
)
from app.services.tx import Clash
from tests.services.conftest import ADMINISTRATOR, CLERK, LEADER, PLANNER
from tests.services.office import Office, new_id


def adding(login: str = "li.na", scope_id: UUID = COMPANY_SCOPE) -> AddPerson:
    return AddPerson(
        scope_id=scope_id,
        person_id=new_id(),
        member_id=new_id(),
        login=login,
        display_name="李娜",
        job=Job.STOREKEEPER,
    )


def granting(scope_id: UUID, person: str, job: Job) -> GrantScope:
    return GrantScope(scope_id=scope_id, member_id=new_id(), person=person, job=job)


def person(office: Office, login: str) -> PersonView:
    with office.read() as session:
        return next(one for one in list_people(session) if one.login == login)


def test_an_administrator_adds_a_colleague_with_a_job(office: Office) -> None:
    office.run(adding(), ADMINISTRATOR)
    found = person(office, "li.na")
    assert (found.display_name, found.active) == ("李娜", True)
    assert [(held.scope_id, held.job) for held in found.memberships] == [
        (COMPANY_SCOPE, Job.STOREKEEPER)
    ]


@pytest.mark.parametrize("actor", [LEADER, PLANNER, CLERK])
def test_nobody_else_adds_people(office: Office, actor: str) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        office.run(adding(), actor)


def test_logins_are_unique_and_some_are_the_systems(office: Office) -> None:
    with pytest.raises(Refused, match="login_taken"):
        office.run(adding(CLERK), ADMINISTRATOR)
    with pytest.raises(Refused, match="login_reserved"):
        office.run(adding("gantry_worker"), ADMINISTRATOR)
    with pytest.raises(Refused, match="scope_differs"):
        office.run(adding(scope_id=new_id()), ADMINISTRATOR)


@pytest.mark.parametrize("login", ["", "a", "Li.na", "1a", "li na", "李娜", "a" * 64, "a'; drop--"])
def test_a_login_that_is_none_cannot_be_decoded(login: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(msgspec.to_builtins(adding()) | {"login": login}, AddPerson)


def test_an_edit_merges_or_clashes(office: Office) -> None:
    found = person(office, CLERK)
    seen = PersonFields(display_name="王芳", phone="", active=True)

    def edit(**values: object) -> EditPerson:
        fields = PersonFields(**values)  # type: ignore[arg-type]
        return EditPerson(scope_id=COMPANY_SCOPE, person_id=found.id, base=seen, values=fields)

    office.run(edit(phone="139"), ADMINISTRATOR)
    office.run(edit(active=False), ADMINISTRATOR)
    with pytest.raises(Clash):
        office.run(edit(phone="138"), ADMINISTRATOR)
    assert (person(office, CLERK).phone, person(office, CLERK).active) == ("139", False)
    command = msgspec.structs.replace(edit(phone="1"), person_id=new_id())
    with pytest.raises(Refused, match="gone"):
        office.run(command, ADMINISTRATOR)


def test_a_leader_gives_and_takes_jobs_in_the_own_project(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    command = granting(project_id, PLANNER, Job.PLANNER)
    office.run(command, LEADER)
    assert not office.run(granting(project_id, PLANNER, Job.PLANNER), LEADER)
    with office.read() as session:
        assert jobs_of(session, PLANNER, project_id) == {Job.PLANNER}

    office.run(RevokeScope(scope_id=project_id, member_id=command.member_id), LEADER)
    assert not office.run(RevokeScope(scope_id=project_id, member_id=command.member_id), LEADER)
    with office.read() as session:
        assert jobs_of(session, PLANNER, project_id) == frozenset()


@pytest.mark.parametrize("actor", [PLANNER, CLERK, "nobody"])
def test_nobody_without_the_lead_gives_jobs(office: Office, actor: str) -> None:
    project_id = office.found(LEADER, "A", "甲")
    office.employ(actor, actor, Job.PLANNER, scope_id=project_id)
    with pytest.raises(Refused, match="not_permitted"):
        office.run(granting(project_id, actor, Job.PROJECT_MANAGER), actor)


def test_a_leader_of_one_project_has_no_say_in_another(office: Office) -> None:
    mine = office.found(LEADER, "A", "甲")
    office.employ(PLANNER, "陈立", Job.PROJECT_MANAGER, scope_id=mine)
    other = office.found(LEADER, "B", "乙")
    with pytest.raises(Refused, match="not_permitted"):
        office.run(granting(other, CLERK, Job.PLANNER), PLANNER)


def test_the_last_administrator_keeps_the_job(office: Office) -> None:
    office.employ("gantry_admin", "系统", Job.ADMINISTRATOR)
    held = person(office, ADMINISTRATOR).memberships[0]
    revoke = RevokeScope(scope_id=COMPANY_SCOPE, member_id=held.id)
    with pytest.raises(Refused, match="last_administrator"):
        office.run(revoke, ADMINISTRATOR)

    office.employ(CLERK, "王芳", Job.ADMINISTRATOR)
    office.run(revoke, ADMINISTRATOR)
    assert person(office, ADMINISTRATOR).memberships == ()


def test_administrators_act_everywhere(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    office.run(granting(project_id, CLERK, Job.STOREKEEPER), ADMINISTRATOR)
    with office.read() as session:
        assert jobs_of(session, ADMINISTRATOR, project_id) == {Job.ADMINISTRATOR}
        assert jobs_of(session, LEADER, project_id) == {Job.PROJECT_MANAGER}


@pytest.mark.parametrize("job", [Job.ADMINISTRATOR, Job.PROJECT_MANAGER, Job.FINANCE_CLERK])
def test_only_an_administrator_gives_jobs_in_the_company(office: Office, job: Job) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        office.run(granting(COMPANY_SCOPE, LEADER, job), LEADER, on_server=True)
    office.run(granting(COMPANY_SCOPE, PLANNER, job), ADMINISTRATOR, on_server=True)


def test_only_an_administrator_takes_jobs_in_the_company(office: Office) -> None:
    held = next(one for one in person(office, CLERK).memberships if one.scope_id == COMPANY_SCOPE)
    revoke = RevokeScope(scope_id=COMPANY_SCOPE, member_id=held.id)
    with pytest.raises(Refused, match="not_permitted"):
        office.run(revoke, LEADER)
    office.run(revoke, ADMINISTRATOR)


def test_people_are_added_in_the_company_and_nowhere_else(office: Office) -> None:
    project_id = office.found(LEADER, "P-1", "滨江花园")
    with pytest.raises(Refused, match="scope_differs"):
        office.run(adding(scope_id=project_id), ADMINISTRATOR)
