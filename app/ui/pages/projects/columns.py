"""Columns of the project list, and the questions of its form."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.core.projects import ProjectKind, ProjectStage
from app.services.home import ProjectProgress
from app.services.projects import ProjectView
from app.ui.kit.columns import Column
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.text import tr
from app.ui.pages.wording import STAGES, say_days_late, say_stage

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the list, and whether this person may edit it."""

    progress: ProjectProgress
    may_edit: bool

    @property
    def id(self) -> UUID:
        """Id of the project."""
        return self.project.id

    @property
    def project(self) -> ProjectView:
        """The project's facts."""
        return self.progress.project

    @property
    def percent(self) -> Decimal | None:
        """Share done, 0..1; None before there is a schedule."""
        return self.progress.plan.percent if self.progress.plan else None


def kind_choices() -> tuple[tuple[object, str], ...]:
    """What can be built, in words."""
    return tuple((kind, tr(f"projects.kind.{kind}")) for kind in ProjectKind)


def stage_choices() -> tuple[tuple[object, str], ...]:
    """Stages in words."""
    return tuple((stage, say_stage(stage)) for stage in ProjectStage)


def _may_edit(row: ProjectRow) -> bool:
    return row.may_edit


def _text(
    key: str, width: int, *, required: bool = False, shown: bool = True
) -> Column[ProjectRow]:
    return Column(
        key,
        f"projects.field.{key}",
        lambda row: getattr(row.project, key),
        width=width,
        editable=_may_edit,
        required=required,
        shown=shown,
    )


def _late_tone(row: ProjectRow) -> str:
    return "overdue" if row.progress.days_late else ""


COLUMNS: tuple[Column[ProjectRow], ...] = (
    _text("code", 110, required=True),
    Column(
        "name",
        "projects.field.name",
        lambda row: row.project.name,
        width=200,
        editable=_may_edit,
        required=True,
        bold=lambda row: row.progress.is_mine,
    ),
    Column(
        "stage",
        "projects.field.stage",
        lambda row: STAGES[row.project.stage],
        "status",
        108,
        words=lambda row: say_stage(row.project.stage),
        editable=_may_edit,
        choices=lambda _row: stage_choices(),
    ),
    Column("percent", "projects.page.progress", lambda row: row.percent, "progress", 104),
    Column("finish", "projects.page.finish", lambda row: row.progress.finish, "date", 116),
    Column(
        "days_late",
        "projects.page.days_late",
        lambda row: row.progress.days_late,
        "number",
        84,
        words=lambda row: say_days_late(row.progress.days_late),
        tone=_late_tone,
    ),
    Column(
        "planned_start",
        "projects.field.planned_start",
        lambda row: row.project.planned_start,
        "date",
        108,
        editable=_may_edit,
        required=True,
    ),
    Column(
        "planned_finish",
        "projects.field.planned_finish",
        lambda row: row.project.planned_finish,
        "date",
        112,
        editable=_may_edit,
    ),
    Column(
        "kind",
        "projects.field.kind",
        lambda row: tr(f"projects.kind.{row.project.kind}"),
        width=104,
        editable=_may_edit,
        choices=lambda _row: kind_choices(),
    ),
    _text("region", 88),
    _text("owner_name", 160),
    Column(
        "tasks",
        "projects.page.tasks",
        lambda row: row.progress.plan.tasks if row.progress.plan else None,
        "number",
        72,
    ),
    _text("address", 200, shown=False),
    _text("note", 240, shown=False),
)


def specs(
    check_code: Callable[[object], str], check_finish: Callable[[object], str]
) -> tuple[FieldSpec, ...]:
    """The questions of a project's form, two in a row."""
    return (
        FieldSpec(
            "code", "projects.field.code", required=True, most=LONGEST_CODE, check=check_code
        ),
        FieldSpec("name", "projects.field.name", required=True, most=200),
        FieldSpec("kind", "projects.field.kind", "choice", required=True, choices=kind_choices),
        FieldSpec("stage", "projects.field.stage", "choice", required=True, choices=stage_choices),
        FieldSpec("region", "projects.field.region", most=80),
        FieldSpec("owner_name", "projects.field.owner_name", most=200),
        FieldSpec("planned_start", "projects.field.planned_start", "date", required=True),
        FieldSpec("planned_finish", "projects.field.planned_finish", "date", check=check_finish),
        FieldSpec("address", "projects.field.address", most=300),
        FieldSpec("note", "projects.field.note", "lines", most=2000),
    )
