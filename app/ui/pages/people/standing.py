"""Who holds which job where, and what this person may change of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Reason
from app.core.ids import COMPANY_SCOPE
from app.core.people import LEADING, Job
from app.services.parts import COMMAND_PARTS
from app.services.people import MembershipView, PersonView, jobs_of, list_people
from app.services.projects import list_projects
from app.ui.kit.text import tr
from app.ui.pages.wording import COMMAND_LINE


@dataclass(frozen=True, slots=True)
class Scope:
    """The company, or a project by its name. `may_grant`: this person hands out jobs there."""

    id: UUID
    name: str
    may_grant: bool

    def say(self) -> str:
        """The scope in words."""
        return self.name or tr("people.page.company")


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the page shows."""

    people: tuple[PersonView, ...]
    scopes: tuple[Scope, ...]
    may_administrate: bool

    def person(self, login: str) -> PersonView | None:
        """The person of a login."""
        return next((person for person in self.people if person.login == login), None)

    def scope(self, scope_id: UUID) -> Scope | None:
        """The scope of an id, if this desk holds it."""
        return next((scope for scope in self.scopes if scope.id == scope_id), None)


@dataclass(frozen=True, slots=True)
class CommandRight:
    """What may be done, and by whom."""

    kind: str
    jobs: frozenset[Job]
    online_only: bool
    founding: bool


def read_standing(session: Any, login: str) -> Standing:
    """Reads everything of the page."""

    def may_grant(scope_id: UUID) -> bool:
        return bool(LEADING & jobs_of(session, login, scope_id))

    projects = [Scope(one.id, one.name, may_grant(one.id)) for one in list_projects(session)]
    people = [person for person in list_people(session) if person.login != COMMAND_LINE]
    administrates = Job.ADMINISTRATOR in jobs_of(session, login, COMPANY_SCOPE)
    company = Scope(COMPANY_SCOPE, "", administrates)
    return Standing(tuple(people), (company, *projects), administrates)


def held_in(person: PersonView, scope_id: UUID) -> tuple[MembershipView, ...]:
    """The jobs of a person in one scope."""
    return tuple(held for held in person.memberships if held.scope_id == scope_id)


def say_jobs(memberships: Iterable[MembershipView]) -> str:
    """Jobs in words."""
    return tr("people.page.comma").join(say_job(held.job) for held in memberships)


def say_job(job: Job) -> str:
    """A job in words."""
    return tr(f"people.job.{job}")


def why_not_revoked(standing: Standing, held: MembershipView) -> Reason | None:
    """Why a job cannot be taken away, before anybody tries; None where it can."""
    if held.scope_id != COMPANY_SCOPE or held.job is not Job.ADMINISTRATOR:
        return None
    administrators = {
        person.login
        for person in standing.people
        for other in held_in(person, COMPANY_SCOPE)
        if other.job is Job.ADMINISTRATOR
    }
    return Reason("people.last_administrator") if len(administrators) < 2 else None


def jobs_open_in(scope_id: UUID) -> tuple[Job, ...]:
    """Jobs that can be held in a scope: administrators are the company's."""
    return tuple(job for job in Job if scope_id == COMPANY_SCOPE or job is not Job.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A scope with the people who hold each job in it."""

    scope: Scope
    holders: Mapping[Job, tuple[PersonView, ...]]


def scope_rows(standing: Standing) -> list[ScopeRow]:
    """All scopes with who holds which job."""
    rows: list[ScopeRow] = []
    for scope in standing.scopes:
        holders: dict[Job, tuple[PersonView, ...]] = {}
        for person in standing.people:
            for held in held_in(person, scope.id):
                holders[held.job] = (*holders.get(held.job, ()), person)
        rows.append(ScopeRow(scope, holders))
    return rows


def rights() -> list[CommandRight]:
    """Every command with the jobs that may issue it, as the rules themselves have it."""
    return [
        CommandRight(part.kind, part.jobs, part.online_only, part.founding)
        for part in COMMAND_PARTS
    ]


def jobs_by_scope(person: PersonView, standing: Standing) -> Mapping[Scope, list[MembershipView]]:
    """The jobs of a person in the order of the scopes."""
    return {scope: list(held) for scope in standing.scopes if (held := held_in(person, scope.id))}
