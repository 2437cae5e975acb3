"""The one door for edits: permission, handler, and what changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.people import ScopeMember
from app.services.changes import Changes
from app.services.commands import Command, CommandPart, Place
from app.services.parts import COMMAND_PARTS
from app.services.tx import Tx

_member = ScopeMember.__table__.c
# Asked for every command: compiled once.
_HELD = select(_member.scope_id, _member.job).where(
    or_(_member.scope_id == bindparam("scope"), _member.scope_id == bindparam("company")),
    _member.person == bindparam("person"),
)

_HELD_BY_MANY = select(_member.person, _member.scope_id, _member.job).where(
    _member.person.in_(bindparam("people", expanding=True)),
    _member.scope_id.in_(bindparam("scopes", expanding=True)),
)

_RIGHTS = "rights"

PARTS: Mapping[str, CommandPart] = {part.kind: part for part in COMMAND_PARTS}


def part_of(kind: str) -> CommandPart:
    """The part for a kind of command. Refused for an unknown kind."""
    part = PARTS.get(kind)
    if part is None:
        raise Refused("sync.kind_unknown", kind=kind[:80])
    return part


def remember_rights(session: Session) -> None:
    """From now on rights are asked for once in this session, until a command touches them.

    For the only writer within one transaction; what was known before is forgotten.
    """
    session.info[_RIGHTS] = {}


def ask_rights(session: Session, asked: Collection[tuple[str, UUID]]) -> None:
    """Remembers (see `remember_rights`) the rights of many people and scopes by one question."""
    found: defaultdict[tuple[str, UUID], list[tuple[UUID, Job]]] = defaultdict(list)
    wanted = {
        "people": sorted({person for person, _ in asked}),
        "scopes": list({COMPANY_SCOPE, *(scope for _, scope in asked)}),
    }
    for person, scope, job in session.connection().execute(_HELD_BY_MANY, wanted):
        found[person, scope].append((scope, job))
    session.info[_RIGHTS] = {
        (person, scope): tuple(
            right for held in {scope, COMPANY_SCOPE} for right in found.get((person, held), ())
        )
        for person, scope in asked
    }


def save_on_desk(command: Command, tx: Tx) -> Changes:
    """`apply_on_desk` for what a person saves now: what this desk knows to be refused later is
    refused at once.
    """
    part = part_of(command.KIND)
    _judge(part, command, tx)
    if part.desk_check is not None:
        part.desk_check(command, tx)
    return _handled(part, command, tx)


def apply_on_desk(command: Command, tx: Tx) -> Changes:
    """Runs a command on a desk's cache: permission and handler. Raises Refused or Clash."""
    part = part_of(command.KIND)
    _judge(part, command, tx)
    return _handled(part, command, tx)


def _handled(part: CommandPart, command: Command, tx: Tx) -> Changes:
    part.handler(command, tx)
    tx.session.flush()
    return _told(tx)


def apply_on_server(part: CommandPart, command: Any, tx: Tx) -> Changes:
    """Runs a command where its outcome is final. Raises Refused or Clash."""
    tx.session.info.setdefault(_RIGHTS, {})
    _judge(part, command, tx)
    if part.server_check is not None:
        part.server_check(command, tx)
    part.handler(command, tx)
    tx.session.flush()
    if part.server_effects is not None:
        part.server_effects(command, tx)
        tx.session.flush()
    return _told(tx)


def _told(tx: Tx) -> Changes:
    changes = tx.changes()
    if changes.touches(ScopeMember.__tablename__) and _RIGHTS in tx.session.info:
        remember_rights(tx.session)
    return changes


def _judge(part: CommandPart, command: Command, tx: Tx) -> None:
    if command.scope_id != tx.scope_id:
        raise Refused("sync.scope_differs")
    in_company = tx.scope_id == COMPANY_SCOPE
    if part.place is not Place.EITHER and in_company is not (part.place is Place.COMPANY):
        raise Refused("sync.scope_differs")
    narrower = part.company_jobs if in_company else None
    if not (part.jobs if narrower is None else narrower) & jobs_held(part, tx):
        raise Refused("people.not_permitted", kind=part.kind)


def jobs_held(part: CommandPart, tx: Tx) -> frozenset[Job]:
    """The jobs that judge the actor: those held in the scope, and administrator anywhere."""
    held = _held(tx)
    judged_by = COMPANY_SCOPE if part.founding else tx.scope_id
    return frozenset(job for scope, job in held if scope == judged_by or job is Job.ADMINISTRATOR)


def _held(tx: Tx) -> tuple[tuple[UUID, Job], ...]:
    """Scope and job of the rights that count: asked once where `remember_rights` says so."""
    known: dict[tuple[str, UUID], tuple[tuple[UUID, Job], ...]] = tx.session.info.get(_RIGHTS, {})
    key = (tx.actor, tx.scope_id)
    if key not in known:
        asked = {"scope": tx.scope_id, "company": COMPANY_SCOPE, "person": tx.actor}
        found = tx.session.connection().execute(_HELD, asked)
        known[key] = tuple((row.scope_id, row.job) for row in found)
    return known[key]
