"""What every synced row carries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.models.types import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

LOGIN_LENGTH = 63

SERVER = MetaData(naming_convention=NAMING)
"""Tables that live on the server alone: no desk caches them."""


class Base(DeclarativeBase):
    """Tables on the server and, as far as a person may see their rows, in every desk's cache."""

    metadata = MetaData(naming_convention=NAMING)


class Scoped(Base):
    """A synced row: its scope never changes and leads every key; its id is made by the client."""

    __abstract__ = True

    scope_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, sort_order=-20)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, sort_order=-19)
    row_version: Mapped[int] = mapped_column(default=0, sort_order=90)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, sort_order=91)
    created_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), sort_order=92)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, sort_order=93)
    updated_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), sort_order=94)
