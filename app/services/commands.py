"""What a command is, and how it becomes text and back."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.people import Job
from app.services.tx import Tx


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person meant, in one scope, with everything needed to do it: ids, dates, base values.

    Fields are only ever added, with a default, and then VERSION goes up.
    """

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    scope_id: UUID


class Place(StrEnum):
    """In which kind of scope a command makes sense."""

    PROJECT = "project"
    COMPANY = "company"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class CommandPart:
    """A kind of command with all that the bus needs to know of it.

    `handler` runs on the desk and on the server and must do the same on both; `server_check` and
    `server_effects` run on the server alone (before and after it) and may look at any row.
    `jobs` are those that may issue it in its scope (`company_jobs` where that is the company, if
    others); `place` says in which scopes it may be issued at all. `founding` marks the command that
    founds its scope, judged by the jobs held in the company instead. `desk_check` runs when a
    person saves, among the rows that the desk holds, and never when a desk replays what was saved.
    `carry` adds what the server gave before (a number) to a command that a restored server has
    forgotten, as far as the desk's cache still shows it.
    """

    command: type[Command]
    handler: Callable[[Any, Tx], None]
    jobs: frozenset[Job]
    place: Place = Place.PROJECT
    company_jobs: frozenset[Job] | None = None
    online_only: bool = False
    founding: bool = False
    bulk: bool = False
    desk_check: Callable[[Any, Tx], None] | None = None
    server_check: Callable[[Any, Tx], None] | None = None
    server_effects: Callable[[Any, Tx], None] | None = None
    carry: Callable[[Any, Session], Command] | None = None
    upgrade: Callable[[int, dict[str, Any]], dict[str, Any]] | None = None

    @property
    def kind(self) -> str:
        """The name of the command on the wire."""
        return self.command.KIND


def encode(command: Command) -> str:
    """The JSON text of a command."""
    return msgspec.json.encode(command).decode("utf-8")


def decode(part: CommandPart, version: int, payload: str) -> Any:
    """The command in a payload of any known version. Refused if it is not one."""
    kind = part.command
    if not 1 <= version <= kind.VERSION:
        raise Refused("sync.version_unknown", kind=part.kind, version=version)
    try:
        if version == kind.VERSION or part.upgrade is None:
            return msgspec.json.decode(payload, type=kind)
        fields = part.upgrade(version, msgspec.json.decode(payload, type=dict[str, Any]))
        return msgspec.convert(fields, kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refused("sync.payload_malformed", kind=part.kind, detail=str(error)[:200]) from None
