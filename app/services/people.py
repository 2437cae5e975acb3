"""People, and the jobs they hold in the company and in projects."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import LEADING, Job
from app.models.people import Person, ScopeMember
from app.services.commands import Command, CommandPart, Place
from app.services.fields import Fields, base_and_mine
from app.services.tx import Tx

Login = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_.]{1,62}$")]
Phone = Annotated[str, msgspec.Meta(max_length=40)]
DisplayName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]

ADMINISTRATORS = frozenset({Job.ADMINISTRATOR})


class AddPerson(Command, frozen=True, kw_only=True):
    """Adds a colleague to the company, with the job held there."""

    KIND: ClassVar[str] = "people.add"

    person_id: UUID
    member_id: UUID
    login: Login
    display_name: DisplayName
    job: Job
    phone: Phone = ""


class PersonFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a colleague."""

    display_name: DisplayName | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class EditPerson(Command, frozen=True, kw_only=True):
    """Changes a colleague's name, phone or whether the person is still with the company."""

    KIND: ClassVar[str] = "people.edit"

    person_id: UUID
    base: PersonFields
    values: PersonFields


class GrantScope(Command, frozen=True, kw_only=True):
    """Gives a person a job in the scope (a project, or the company)."""

    KIND: ClassVar[str] = "people.grant"

    member_id: UUID
    person: Login
    job: Job


class RevokeScope(Command, frozen=True, kw_only=True):
    """Takes a job in the scope from a person."""

    KIND: ClassVar[str] = "people.revoke"

    member_id: UUID


PERSON_GROUPS = {"name": ("display_name",), "phone": ("phone",), "active": ("active",)}


def add_person(command: AddPerson, tx: Tx) -> None:
    """Adds the person and the company membership."""
    if command.login.startswith("gantry_"):
        raise Refused("people.login_reserved", login=command.login)
    if tx.session.scalar(select(Person.id).where(Person.login == command.login)) is not None:
        raise Refused("people.login_taken", login=command.login)
    tx.add(
        Person(
            id=command.person_id,
            login=command.login,
            display_name=command.display_name,
            phone=command.phone,
            active=True,
        )
    )
    tx.add(ScopeMember(id=command.member_id, person=command.login, job=command.job))


def edit_person(command: EditPerson, tx: Tx) -> None:
    """Merges an edit into a person."""
    person = tx.find(Person, command.person_id)
    if person is None:
        raise Refused("people.gone")
    base, mine = base_and_mine(command.base, command.values)
    tx.merge(person, PERSON_GROUPS, base, mine)


def grant_scope(command: GrantScope, tx: Tx) -> None:
    """Adds the membership; nothing happens where the person holds the job already."""
    held = select(ScopeMember.id).where(
        ScopeMember.scope_id == tx.scope_id,
        ScopeMember.person == command.person,
        ScopeMember.job == command.job,
    )
    if tx.session.scalar(held) is None:
        tx.add(ScopeMember(id=command.member_id, person=command.person, job=command.job))


def revoke_scope(command: RevokeScope, tx: Tx) -> None:
    """Removes the membership. Refused for the company's last administrator."""
    member = tx.find(ScopeMember, command.member_id)
    if member is None:
        return
    if tx.scope_id == COMPANY_SCOPE and member.job is Job.ADMINISTRATOR:
        others = select(func.count()).where(
            ScopeMember.scope_id == COMPANY_SCOPE,
            ScopeMember.job == Job.ADMINISTRATOR,
            ScopeMember.person.not_in((member.person, "gantry_admin")),
        )
        if not tx.session.scalar(others):
            raise Refused("people.last_administrator")
    tx.remove(member)


def _person_is_known(command: GrantScope, tx: Tx) -> None:
    known = select(Person.active).where(Person.login == command.person)
    if not tx.session.scalar(known):
        raise Refused("people.unknown", person=command.person)
    if command.job is Job.ADMINISTRATOR and tx.scope_id != COMPANY_SCOPE:
        raise Refused("people.administrator_is_company_wide")


def _align_jobs(command: AddPerson | GrantScope, tx: Tx) -> None:
    login = command.login if isinstance(command, AddPerson) else command.person
    tx.session.execute(text("select app.align_jobs(:login)"), {"login": login})


def _align_all_jobs(command: RevokeScope, tx: Tx) -> None:
    del command
    tx.session.execute(text("select app.align_jobs(login) from person"))


PARTS = (
    CommandPart(
        AddPerson,
        add_person,
        ADMINISTRATORS,
        Place.COMPANY,
        online_only=True,
        server_effects=_align_jobs,
    ),
    CommandPart(EditPerson, edit_person, ADMINISTRATORS, Place.COMPANY),
    CommandPart(
        GrantScope,
        grant_scope,
        LEADING,
        Place.EITHER,
        ADMINISTRATORS,
        online_only=True,
        server_check=_person_is_known,
        server_effects=_align_jobs,
    ),
    CommandPart(
        RevokeScope,
        revoke_scope,
        LEADING,
        Place.EITHER,
        ADMINISTRATORS,
        online_only=True,
        server_effects=_align_all_jobs,
    ),
)


@dataclass(frozen=True, slots=True)
class MembershipView:
    """A job held in a scope."""

    id: UUID
    scope_id: UUID
    job: Job


@dataclass(frozen=True, slots=True)
class PersonView:
    """A colleague with the jobs that this desk may see."""

    id: UUID
    login: str
    display_name: str
    phone: str
    active: bool
    memberships: tuple[MembershipView, ...]


def list_people(session: Session) -> list[PersonView]:
    """All colleagues by name, each with the visible memberships."""
    members: dict[str, list[MembershipView]] = {}
    for row in session.scalars(select(ScopeMember).order_by(ScopeMember.id)):
        members.setdefault(row.person, []).append(MembershipView(row.id, row.scope_id, row.job))
    people = session.scalars(select(Person).order_by(Person.display_name, Person.id))
    return [
        PersonView(
            row.id,
            row.login,
            row.display_name,
            row.phone,
            row.active,
            tuple(members.get(row.login, ())),
        )
        for row in people
    ]


def jobs_of(session: Session, login: str, scope_id: UUID) -> frozenset[Job]:
    """The jobs of a person in a scope, with the company-wide administrator's."""
    held = session.execute(
        select(ScopeMember.scope_id, ScopeMember.job).where(
            ScopeMember.person == login, ScopeMember.scope_id.in_((scope_id, COMPANY_SCOPE))
        )
    )
    return frozenset(job for scope, job in held if scope == scope_id or job is Job.ADMINISTRATOR)
