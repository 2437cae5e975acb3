"""Changes by colleagues: newest first, own and the system's left out, one go told once."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.core.people import Job
from app.services.people import GrantScope
from app.services.projects import EditProject, ProjectFields
from app.services.recent import RecentChange, recent_changes
from tests.services.conftest import ADMINISTRATOR, CLERK, LEADER, PLANNER
from tests.services.office import Office, new_id


def seen_by(office: Office, login: str) -> list[RecentChange]:
    with office.read() as session:
        return recent_changes(session, login)


@pytest.fixture
def project_id(office: Office) -> UUID:
    found = office.found(LEADER, "A", "甲")
    office.chain(LEADER, found, ("挖土", 6), ("浇筑", 6), ("回填", 2))
    return found


def test_own_changes_and_the_systems_are_left_out(office: Office, project_id: UUID) -> None:
    assert seen_by(office, LEADER) == []
    told = {change.table for change in seen_by(office, PLANNER)}
    assert {"task", "task_link", "project", "work_calendar", "schedule_settings"} <= told
    assert "person" not in told


def test_one_go_is_told_once(office: Office, project_id: UUID) -> None:
    grants = [
        GrantScope(scope_id=project_id, member_id=new_id(), person=person, job=Job.PLANNER)
        for person in (PLANNER, CLERK)
    ]
    for grant in grants:
        office.run(grant, ADMINISTRATOR)
    first = seen_by(office, PLANNER)[0]
    assert (first.table, first.title, first.count, first.is_new) == (
        "scope_member",
        "王芳",
        2,
        True,
    )
    assert (first.person, first.project, first.row_id) == ("张弛", "甲", grants[1].member_id)


def test_links_are_told_by_both_ends(office: Office, project_id: UUID) -> None:
    links = [one for one in seen_by(office, PLANNER) if one.table == "task_link"]
    assert "浇筑 → 回填" in {one.title for one in links}


def test_the_newest_comes_first(office: Office, project_id: UUID) -> None:
    office.now += timedelta(hours=3)
    command = EditProject(
        scope_id=project_id, base=ProjectFields(name="甲"), values=ProjectFields(name="甲一期")
    )
    office.run(command, ADMINISTRATOR)
    changes = seen_by(office, PLANNER)
    assert (changes[0].table, changes[0].title, changes[0].is_new) == ("project", "甲一期", False)
    assert [one.at for one in changes] == sorted((one.at for one in changes), reverse=True)
