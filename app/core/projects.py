"""Kinds and stages of construction projects."""

from enum import StrEnum


class ProjectKind(StrEnum):
    """What is being built."""

    RESIDENTIAL = "residential"
    MUNICIPAL = "municipal"
    INDUSTRIAL = "industrial"
    COMMERCIAL = "commercial"
    TRANSPORT = "transport"
    PUBLIC = "public"


class ProjectStage(StrEnum):
    """Where a project stands in its life."""

    PREPARING = "preparing"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    WARRANTY = "warranty"
