"""Who holds what where, and why a job stays."""

from uuid import UUID

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.people import MembershipView, PersonView
from app.ui.pages.people.standing import (
    Scope,
    Standing,
    held_in,
    jobs_by_scope,
    jobs_open_in,
    scope_rows,
    why_not_revoked,
)

PROJECT = UUID(int=5)
SCOPES = (Scope(COMPANY_SCOPE, "", True), Scope(PROJECT, "甲", False))


def person(login: str, *held: tuple[UUID, Job]) -> PersonView:
    memberships = tuple(MembershipView(UUID(int=n), *one) for n, one in enumerate(held))
    return PersonView(UUID(int=len(login)), login, login, "", True, memberships)


FIRST = person("a.b", (COMPANY_SCOPE, Job.ADMINISTRATOR), (PROJECT, Job.PLANNER))
SECOND = person("c.de", (PROJECT, Job.PLANNER))


def test_the_last_administrator_stays() -> None:
    alone = Standing((FIRST, SECOND), SCOPES, may_administrate=True)
    held = FIRST.memberships[0]
    reason = why_not_revoked(alone, held)
    assert reason is not None
    assert reason.text_id == "people.last_administrator"
    assert why_not_revoked(alone, FIRST.memberships[1]) is None
    third = person("e.f", (COMPANY_SCOPE, Job.ADMINISTRATOR))
    assert why_not_revoked(Standing((FIRST, third), SCOPES, True), held) is None


def test_holders_by_scope_and_scopes_by_holder() -> None:
    standing = Standing((FIRST, SECOND), SCOPES, may_administrate=True)
    company, project = scope_rows(standing)
    assert company.holders == {Job.ADMINISTRATOR: (FIRST,)}
    assert project.holders == {Job.PLANNER: (FIRST, SECOND)}
    assert [scope.id for scope in jobs_by_scope(FIRST, standing)] == [COMPANY_SCOPE, PROJECT]
    assert [one.job for one in held_in(SECOND, PROJECT)] == [Job.PLANNER]
    assert standing.person("c.de") == SECOND
    assert standing.scope(PROJECT) == SCOPES[1]


def test_administrators_are_the_companys() -> None:
    assert Job.ADMINISTRATOR in jobs_open_in(COMPANY_SCOPE)
    assert set(jobs_open_in(PROJECT)) == set(Job) - {Job.ADMINISTRATOR}
