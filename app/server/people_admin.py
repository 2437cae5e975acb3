"""What an administrator does with people: rows by commands, logins on the database server."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.server.door import Door
from app.server.logins import check_free, check_password, person_logins, set_person_login, shut_out
from app.services.people import AddPerson, EditPerson, GrantScope, PersonFields, RevokeScope

_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,62}")
COMPANY = "company"
"""The word for the company where a project is asked for."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person with the jobs held: (project code or `company`, job)."""

    login: str
    display_name: str
    active: bool
    may_log_in: bool
    jobs: tuple[tuple[str, str], ...]


class PeopleAdmin:
    """Works through a `Door`. Everything raises Refused with the reason of the rule."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def add(self, login: str, display_name: str, job: Job, password: str) -> None:
        """Adds a colleague with a login. The person's row comes first: it knows the rules."""
        check_password(password)
        if not _LOGIN.fullmatch(login):
            raise Refused("server.admin.bad_login", login=login[:63])
        check_free(self._door.opened, login)
        self._door.issue(
            AddPerson(
                scope_id=COMPANY_SCOPE,
                person_id=uuid4(),
                member_id=uuid4(),
                login=login,
                display_name=display_name,
                job=job,
            )
        )
        self._set_login(login, password)

    def reset_password(self, login: str, password: str) -> None:
        """Gives a colleague another password; makes the login if it is missing."""
        check_password(password)
        _, _, active = self._person(login)
        if not active:
            raise Refused("server.admin.person_disabled", login=login)
        self._set_login(login, password)

    def disable(self, login: str) -> int:
        """Locks a colleague out at once; how many sessions were ended."""
        self._set_active(login, active=False)
        return shut_out(self._door.opened, login)

    def enable(self, login: str, password: str) -> None:
        """Lets a colleague in again, with a new password."""
        check_password(password)
        self._set_active(login, active=True)
        self._set_login(login, password)

    def grant(self, login: str, project: str, job: Job) -> None:
        """Gives a job in a project (its code or id, or `company`)."""
        self._person(login)
        scope_id = self._scope(project)
        self._door.issue(GrantScope(scope_id=scope_id, member_id=uuid4(), person=login, job=job))

    def revoke(self, login: str, project: str, job: Job | None = None) -> int:
        """Takes a job (or all) in a project away; how many were taken."""
        scope_id = self._scope(project)
        held = self._rows(
            "select id from scope_member where scope_id = %s and person = %s"
            " and (%s is null or job = %s)",
            (scope_id, login, job, job),
        )
        if not held:
            raise Refused("server.admin.no_membership", login=login, project=project)
        for (member_id,) in held:
            self._door.issue(RevokeScope(scope_id=scope_id, member_id=member_id))
        return len(held)

    def colleagues(self) -> list[Colleague]:
        """Everybody, by login."""
        logins = person_logins(self._door.opened)
        jobs: dict[str, list[tuple[str, str]]] = {}
        for person, code, job in self._rows(
            "select person, coalesce(code, %s), job from scope_member left join project"
            " on project.id = scope_member.scope_id order by 1, 2, 3",
            (COMPANY,),
        ):
            jobs.setdefault(person, []).append((code, job))
        return [
            Colleague(login, name, active, logins.get(login, False), tuple(jobs.get(login, ())))
            for login, name, active in self._rows(
                "select login, display_name, active from person order by login"
            )
        ]

    def known(self, login: str) -> str:
        """The name of a colleague. Refused `server.admin.person_unknown`."""
        name: str = self._person(login)[1]
        return name

    def _set_login(self, login: str, password: str) -> None:
        set_person_login(self._door.opened, login, password)
        self._rows("select app.align_jobs(%s)", (login,))

    def _set_active(self, login: str, *, active: bool) -> None:
        person_id, _, now_active = self._person(login)
        if now_active != active:
            self._door.issue(
                EditPerson(
                    scope_id=COMPANY_SCOPE,
                    person_id=person_id,
                    base=PersonFields(active=now_active),
                    values=PersonFields(active=active),
                )
            )

    def _person(self, login: str) -> Any:
        found = self._rows(
            "select id, display_name, active from person where scope_id = %s and login = %s",
            (COMPANY_SCOPE, login),
        )
        if not found:
            raise Refused("server.admin.person_unknown", login=login)
        return found[0]

    def _scope(self, project: str) -> UUID:
        if project == COMPANY:
            return COMPANY_SCOPE
        found = self._rows(
            "select id from project where code = %s or id::text = %s limit 2", (project, project)
        )
        if len(found) != 1:
            raise Refused("server.admin.project_unknown", project=project)
        scope_id: UUID = found[0][0]
        return scope_id

    def _rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._door.opened.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()
