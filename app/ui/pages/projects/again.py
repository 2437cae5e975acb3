"""What was typed of a project and came back, to be typed again in the form that it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.services.fields import given
from app.services.inbox import command_of
from app.services.projects import CreateProject, EditProject
from app.services.waiting import WaitingCommand

FIELDS = (
    "code",
    "name",
    "kind",
    "stage",
    "region",
    "owner_name",
    "address",
    "planned_start",
    "planned_finish",
    "note",
)


@dataclass(frozen=True, slots=True)
class TypedProject:
    """A project's facts as typed before; only those edited, unless it was to be founded."""

    op_id: UUID
    project_id: UUID
    is_new: bool
    values: dict[str, object]


def typed_again(op_id: UUID | None, waiting: Iterable[WaitingCommand]) -> TypedProject | None:
    """The own edit of this id; None where there is none, or it is about nothing of a project."""
    own = next((one for one in waiting if one.op_id == op_id), None)
    command = None if own is None else command_of(own.kind, own.payload)
    if isinstance(command, CreateProject) and own is not None:
        values = {name: getattr(command, name) for name in FIELDS}
        return TypedProject(own.op_id, own.scope_id, True, values)
    if isinstance(command, EditProject) and own is not None:
        return TypedProject(own.op_id, own.scope_id, False, given(command.values))
    return None
