"""Columns of people, of jobs by project, and of rights by job."""

from typing import TypeVar
from uuid import UUID

import pytest

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.parts import COMMAND_PARTS
from app.services.people import MembershipView, PersonView
from app.ui.kit.columns import Column
from app.ui.pages.people.standing import CommandRight, Scope, Standing, scope_rows
from app.ui.pages.people.tables import matrix_columns, people_columns, rights_columns
from tests.ui.pages.company import TODAY
from tests.ui.pages.widths import too_narrow

PROJECT = UUID(int=5)


def person(login: str, name: str, *held: tuple[UUID, Job], active: bool = True) -> PersonView:
    memberships = tuple(MembershipView(UUID(int=n), *one) for n, one in enumerate(held))
    return PersonView(UUID(int=len(login)), login, name, "", active, memberships)


ZHOU = person(
    "zhou",
    "周明远",
    (COMPANY_SCOPE, Job.PROJECT_MANAGER),
    (COMPANY_SCOPE, Job.PLANNER),
    (PROJECT, Job.PLANNER),
    (PROJECT, Job.STOREKEEPER),
)
LI = person("li", "李娜", (PROJECT, Job.PLANNER), active=False)


T = TypeVar("T")


def by_key(columns: tuple[Column[T], ...]) -> dict[str, Column[T]]:
    return {column.key: column for column in columns}


def test_a_person_says_company_jobs_and_counts_projects_once(usual_look: None) -> None:
    columns = by_key(people_columns(lambda _row: True))
    words = {key: column.say(ZHOU) for key, column in columns.items()}
    assert words["company"] == "项目经理、计划员"
    assert (words["projects"], words["active"]) == ("1", "在职")
    assert columns["projects"].say(person("x", "某")) == "–"
    assert columns["active"].say(LI) != words["active"]
    assert columns["display_name"].bold is not None
    assert not columns["display_name"].bold(LI)


def test_names_phones_and_leaving_are_edited_logins_and_jobs_are_not(usual_look: None) -> None:
    columns = by_key(people_columns(lambda row: row is ZHOU))
    assert {key for key, one in columns.items() if one.can_edit(ZHOU)} == {
        "display_name",
        "phone",
        "active",
    }
    assert not any(one.can_edit(LI) for one in columns.values())
    assert columns["active"].read(ZHOU, columns["active"].say(LI), TODAY) is False
    with pytest.raises(ValueError, match=r"."):
        columns["display_name"].read(ZHOU, "  ", TODAY)


def test_the_matrix_names_who_holds_a_job_where(usual_look: None) -> None:
    scopes = (Scope(COMPANY_SCOPE, "", False), Scope(PROJECT, "滨江", True))
    company, project = scope_rows(Standing((ZHOU, LI), scopes, may_administrate=False))
    columns = by_key(matrix_columns())
    assert columns.keys() == {"scope", *Job}
    assert columns["scope"].say(project) == "滨江"
    assert columns[Job.PLANNER].say(project) == "周明远、李娜"
    assert columns[Job.PLANNER].say(company) == "周明远"
    assert columns[Job.STOREKEEPER].say(company) == ""


def test_a_right_is_marked_at_the_jobs_that_have_it(usual_look: None) -> None:
    columns = by_key(rights_columns())
    right = CommandRight("projects.create", frozenset({Job.PLANNER}), True, False)
    marked = {job for job in Job if columns[job].say(right)}
    assert marked == {Job.PLANNER}
    other = CommandRight("projects.create", frozenset(), False, False)
    assert columns["online"].say(right) != columns["online"].say(other)


def test_titles_and_words_fit_their_columns(usual_look: None) -> None:
    jobs = [f"people.job.{job}" for job in Job]
    states = ["people.page.active", "people.page.inactive"]
    people = people_columns(lambda _row: True)
    assert too_narrow(people, {"active": states, "company": jobs}) == []
    assert too_narrow(matrix_columns()) == []
    words = {
        "kind": [part.kind for part in COMMAND_PARTS],
        "online": ["people.page.online_only", "people.page.works_offline"],
        **{job.value: ["people.page.may"] for job in Job},
    }
    assert too_narrow(rights_columns(), words) == []
