"""Projects. A project is a scope of its own: its row's scope is its own id."""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.projects import ProjectKind, ProjectStage
from app.models.base import Scoped
from app.models.types import choice


class Project(Scoped):
    """A construction project."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("id = scope_id", name="own_scope"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ProjectKind] = mapped_column(choice(ProjectKind))
    stage: Mapped[ProjectStage] = mapped_column(choice(ProjectStage))
    region: Mapped[str] = mapped_column(String(80), default="")
    owner_name: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    planned_start: Mapped[date]
    planned_finish: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
