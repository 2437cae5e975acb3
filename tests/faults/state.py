"""What a server and a desk hold, as plain values: whatever they are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

Rows = Mapping[str, Mapping[UUID, frozenset[str]]]
"""By table and scope: each row as text, comparable."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the inbox."""

    op_id: UUID
    scope_id: UUID
    actor: str
    device_id: UUID
    device_seq: int
    depends_on: UUID | None
    kind: str
    payload: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of the results."""

    op_id: UUID
    state: str
    reason_id: str | None
    epoch: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit chain; `epoch` is the term of the writer that decided the command."""

    n: int
    op_id: UUID
    scope_id: UUID
    actor: str
    kind: str
    state: str
    payload_hash: bytes
    at: datetime
    previous_hash: bytes
    hash: bytes
    epoch: int | None


@dataclass(frozen=True)
class ServerState:
    """Everything of the protocol that a server holds."""

    inbox: tuple[Asked, ...]
    results: tuple[Decided, ...]
    audit: tuple[Entry, ...]

    @cached_property
    def state_of(self) -> Mapping[UUID, str]:
        """The answer to each command that has one."""
        return {result.op_id: result.state for result in self.results}

    @cached_property
    def in_order(self) -> tuple[tuple[Asked, str], ...]:
        """Decided commands with their answers, in the order in which they were decided."""
        asked = {one.op_id: one for one in self.inbox}
        return tuple((asked[entry.op_id], entry.state) for entry in self.audit)


@dataclass(frozen=True, slots=True)
class Kept:
    """A command in an outbox."""

    op_id: UUID
    state: str
    reason_id: str | None


@dataclass(frozen=True)
class DeskState:
    """Everything that a desk holds. `base`: its rows with the own pending edits taken out."""

    login: str
    commands: tuple[Kept, ...]
    shown: Rows
    base: Rows
    cursors: Mapping[UUID, str]
    identity: str | None
    pending_shown: frozenset[UUID] = field(default_factory=frozenset)


def by_scope(rows: Mapping[str, list[tuple[Any, ...]]]) -> Rows:
    """Rows that begin with their scope, comparable."""
    found: dict[str, dict[UUID, frozenset[str]]] = {}
    for table, members in rows.items():
        scopes: dict[UUID, set[str]] = {}
        for row in members:
            scopes.setdefault(row[0], set()).add(repr(row))
        found[table] = {scope: frozenset(texts) for scope, texts in scopes.items()}
    return found
