"""Clashes between two people's edits, waiting for a person's decision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.reconcile import ConflictState
from app.models.base import LOGIN_LENGTH, Scoped
from app.models.types import UtcDateTime, choice


class Conflict(Scoped):
    """An edit that could not be applied without overwriting another's. Its id is the edit's op_id.

    `groups` is a list of {"group", "base", "mine", "theirs"} with the values of the fields;
    `theirs` of a deleted row is null. `command` is the whole edit, so that nothing of it is lost.
    """

    __tablename__ = "conflict"

    actor: Mapped[str] = mapped_column(String(LOGIN_LENGTH))
    device_id: Mapped[UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(String(80))
    command: Mapped[str] = mapped_column(Text)
    row_table: Mapped[str] = mapped_column(String(63))
    row_id: Mapped[UUID] = mapped_column(Uuid)
    their_actor: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    their_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason_id: Mapped[str] = mapped_column(String(80))
    reason_parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[ConflictState] = mapped_column(choice(ConflictState))
    resolution: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    resolved_by: Mapped[str] = mapped_column(String(LOGIN_LENGTH), default="")
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remark: Mapped[str] = mapped_column(Text, default="")
