"""Projects: founding one, and editing its facts."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.people import LEADING, Job
from app.core.projects import ProjectKind, ProjectStage
from app.models.people import ScopeMember
from app.models.projects import Project
from app.services.commands import Command, CommandPart
from app.services.fields import Fields, Line, Name, Note, ShortText, base_and_mine
from app.services.tx import Tx

GROUPS = {
    "identity": ("code", "name"),
    "classification": ("kind", "region"),
    "stage": ("stage",),
    "owner": ("owner_name", "address"),
    "dates": ("planned_start", "planned_finish"),
    "note": ("note",),
}

ProjectCode = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
OwnerName = Annotated[str, msgspec.Meta(max_length=200)]


class CreateProject(Command, frozen=True, kw_only=True):
    """Founds a project: its scope is its own id; its founder leads it."""

    KIND: ClassVar[str] = "projects.create"

    member_id: UUID
    code: ProjectCode
    name: Name
    kind: ProjectKind
    stage: ProjectStage = ProjectStage.PREPARING
    region: ShortText = ""
    owner_name: OwnerName | None = None
    address: Line = ""
    planned_start: date
    planned_finish: date | None = None
    note: Note = ""


class ProjectFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a project."""

    code: ProjectCode | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    kind: ProjectKind | UnsetType = UNSET
    stage: ProjectStage | UnsetType = UNSET
    region: ShortText | UnsetType = UNSET
    owner_name: OwnerName | UnsetType = UNSET
    address: Line | UnsetType = UNSET
    planned_start: date | UnsetType = UNSET
    planned_finish: date | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET


class EditProject(Command, frozen=True, kw_only=True):
    """Changes facts of a project; `base` holds what the editor saw."""

    KIND: ClassVar[str] = "projects.edit"

    base: ProjectFields
    values: ProjectFields


def _check_dates(start: date, finish: date | None) -> None:
    if finish is not None and finish < start:
        raise Refused("projects.finish_before_start", start=str(start), finish=str(finish))


def create_project(command: CreateProject, tx: Tx) -> None:
    """Adds the project and its founder as project manager."""
    if tx.find(Project, command.scope_id) is not None:
        raise Refused("projects.exists")
    _check_dates(command.planned_start, command.planned_finish)
    tx.add(
        Project(
            id=command.scope_id,
            code=command.code,
            name=command.name,
            kind=command.kind,
            stage=command.stage,
            region=command.region,
            owner_name=command.owner_name or "",
            address=command.address,
            planned_start=command.planned_start,
            planned_finish=command.planned_finish,
            note=command.note,
        )
    )
    tx.add(ScopeMember(id=command.member_id, person=tx.actor, job=Job.PROJECT_MANAGER))


def _code_is_free(command: CreateProject | EditProject, tx: Tx) -> None:
    code = command.code if isinstance(command, CreateProject) else command.values.code
    if code is UNSET:
        return
    taken = select(Project.name).where(Project.code == code, Project.id != command.scope_id)
    name = tx.session.scalar(taken)
    if name is not None:
        raise Refused("projects.code_taken", code=str(code), name=name)


def _align_founder(command: CreateProject, tx: Tx) -> None:
    del command
    tx.session.execute(text("select app.align_jobs(:login)"), {"login": tx.actor})


def edit_project(command: EditProject, tx: Tx) -> None:
    """Merges an edit into the project."""
    project = tx.find(Project, command.scope_id)
    if project is None:
        raise Refused("projects.gone")
    base, mine = base_and_mine(command.base, command.values)
    tx.merge(project, GROUPS, base, mine)
    _check_dates(project.planned_start, project.planned_finish)


PARTS = (
    CommandPart(
        CreateProject,
        create_project,
        LEADING,
        founding=True,
        desk_check=_code_is_free,
        server_check=_code_is_free,
        server_effects=_align_founder,
    ),
    CommandPart(
        EditProject,
        edit_project,
        LEADING,
        desk_check=_code_is_free,
        server_check=_code_is_free,
    ),
)


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as pages show it."""

    id: UUID
    code: str
    name: str
    kind: ProjectKind
    stage: ProjectStage
    region: str
    owner_name: str
    address: str
    planned_start: date
    planned_finish: date | None
    note: str


def _view(row: Project) -> ProjectView:
    return ProjectView(
        row.id,
        row.code,
        row.name,
        row.kind,
        row.stage,
        row.region,
        row.owner_name,
        row.address,
        row.planned_start,
        row.planned_finish,
        row.note,
    )


def list_projects(session: Session) -> list[ProjectView]:
    """All projects that this desk holds, by code."""
    return [
        _view(row) for row in session.scalars(select(Project).order_by(Project.code, Project.id))
    ]


def show_project(session: Session, project_id: UUID) -> ProjectView | None:
    """One project."""
    row = session.get(Project, (project_id, project_id))
    return None if row is None else _view(row)
