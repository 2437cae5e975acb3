"""The one door: permission, scope, handler, check, effects, and what changed."""

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.projects import Project
from app.services.bus import apply_on_desk, apply_on_server, ask_rights, jobs_held, part_of
from app.services.projects import EditProject, ProjectFields
from app.services.tx import Tx
from tests.services.conftest import ADMINISTRATOR, CLERK, LEADER
from tests.services.office import Office, new_id


def tx_of(office: Office, session: Session, scope_id: UUID, actor: str) -> Tx:
    return Tx(session, scope_id=scope_id, op_id=new_id(), actor=actor, issued_at=office.now)


def edit(project_id: UUID) -> EditProject:
    return EditProject(
        scope_id=project_id, base=ProjectFields(region=""), values=ProjectFields(region="华东")
    )


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="kind_unknown") as refusal:
        part_of("no.such" * 100)
    assert len(str(refusal.value.reason.parameters["kind"])) == 80


def test_a_command_stays_in_its_scope(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    with office.write() as session, pytest.raises(Refused, match="scope_differs"):
        apply_on_desk(edit(project_id), tx_of(office, session, new_id(), LEADER))


def test_jobs_count_in_their_own_scope_and_administrators_everywhere(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    ordinary, founding = part_of("projects.edit"), part_of("projects.create")
    with office.read() as session:

        def held(actor: str, scope_id: UUID = project_id, *, found: bool = False) -> set[Job]:
            part = founding if found else ordinary
            return set(jobs_held(part, tx_of(office, session, scope_id, actor)))

        assert held(LEADER) == {Job.PROJECT_MANAGER}
        assert held(ADMINISTRATOR) == {Job.ADMINISTRATOR}
        assert held(CLERK) == set()
        assert held(LEADER, new_id()) == set()
        assert held(CLERK, new_id(), found=True) == {Job.FINANCE_CLERK}
        assert held(CLERK, COMPANY_SCOPE) == {Job.FINANCE_CLERK}


def test_rights_asked_for_at_once_are_those_asked_for_one_by_one(office: Office) -> None:
    projects = [office.found(LEADER, "A", "甲"), office.found(ADMINISTRATOR, "B", "乙")]
    scopes = [*projects, COMPANY_SCOPE, new_id()]
    asked = [(person, scope) for person in (LEADER, ADMINISTRATOR, CLERK) for scope in scopes]
    with office.read() as session:
        part = part_of("projects.edit")

        def held() -> list[set[Job]]:
            return [set(jobs_held(part, tx_of(office, session, s, p))) for p, s in asked]

        one_by_one = held()
        ask_rights(session, asked)
        assert held() == one_by_one


def test_changes_name_what_was_written_and_nothing_else(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    assert office.run(edit(project_id), LEADER).tables == {"project": {project_id}}
    assert office.run(edit(project_id), LEADER).tables == {}


def test_on_the_server_check_handler_and_effects_run_in_order(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    order: list[str] = []
    part = replace(
        part_of("projects.edit"),
        server_check=lambda command, tx: order.append("check"),
        handler=lambda command, tx: order.append("handler"),
        server_effects=lambda command, tx: order.append("effects"),
    )
    with office.write() as session:
        apply_on_server(part, edit(project_id), tx_of(office, session, project_id, LEADER))
    assert order == ["check", "handler", "effects"]


def test_a_check_that_refuses_leaves_the_handler_out(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")

    def refuse(command: EditProject, tx: Tx) -> None:
        raise Refused("projects.gone")

    part = replace(part_of("projects.edit"), server_check=refuse)
    with office.write() as session, pytest.raises(Refused, match="gone"):
        apply_on_server(part, edit(project_id), tx_of(office, session, project_id, LEADER))
    with office.read() as session:
        row = session.get(Project, (project_id, project_id))
        assert row is not None
        assert row.region == ""


def test_the_server_judges_as_the_desk_does(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")
    command = msgspec.structs.replace(edit(project_id))
    for on_server in (False, True):
        with pytest.raises(Refused, match="not_permitted"):
            office.run(command, CLERK, on_server=on_server)
