"""Stock: items and where they lie. Moves are only ever added; a balance is what they come to."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.stock import CountState, MoveKind
from app.models.base import Scoped
from app.models.types import Quantity, choice


def _of(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["scope_id", column],
        [f"{table}.scope_id", f"{table}.id"],
        deferrable=True,
        initially="DEFERRED",
    )


class StockItem(Scoped):
    """A material or thing that is kept."""

    __tablename__ = "stock_item"
    __table_args__ = (UniqueConstraint("scope_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    spec: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class StockLocation(Scoped):
    """A place where items lie: a store room, a yard, a container."""

    __tablename__ = "stock_location"
    __table_args__ = (UniqueConstraint("scope_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))


class StockMove(Scoped):
    """A signed quantity that came or went. Never changed: a mistake is reversed by another move.

    `is_fact`: it has happened already, whatever the books say. `reverses_id` is the move taken
    back. `document` is the paper it came with.
    """

    __tablename__ = "stock_move"
    __table_args__ = (
        _of("item_id", "stock_item"),
        _of("location_id", "stock_location"),
        _of("reverses_id", "stock_move"),
        UniqueConstraint("scope_id", "reverses_id"),
        CheckConstraint("quantity <> 0", name="quantity"),
        Index("ix_stock_move_place", "scope_id", "item_id", "location_id"),
    )

    item_id: Mapped[UUID] = mapped_column(Uuid)
    location_id: Mapped[UUID] = mapped_column(Uuid)
    kind: Mapped[MoveKind] = mapped_column(choice(MoveKind))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    business_date: Mapped[date] = mapped_column(Date)
    is_fact: Mapped[bool] = mapped_column(Boolean)
    document: Mapped[str] = mapped_column(String(120), default="")
    task_id: Mapped[UUID | None] = mapped_column(Uuid)
    reverses_id: Mapped[UUID | None] = mapped_column(Uuid)
    note: Mapped[str] = mapped_column(Text, default="")


class StockBalance(Scoped):
    """What the moves of an item at a location come to; its id follows from both."""

    __tablename__ = "stock_balance"
    __table_args__ = (
        _of("item_id", "stock_item"),
        _of("location_id", "stock_location"),
        UniqueConstraint("scope_id", "item_id", "location_id"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("short_quantity >= 0", name="short"),
    )

    item_id: Mapped[UUID] = mapped_column(Uuid)
    location_id: Mapped[UUID] = mapped_column(Uuid)
    on_hand: Mapped[Decimal] = mapped_column(Quantity)
    short_quantity: Mapped[Decimal] = mapped_column(Quantity)


class StockCount(Scoped):
    """Somebody has to count: more was taken than lay there. `counted` is what was found."""

    __tablename__ = "stock_count"
    __table_args__ = (
        _of("item_id", "stock_item"),
        _of("location_id", "stock_location"),
        Index("ix_stock_count_place", "scope_id", "item_id", "location_id"),
    )

    item_id: Mapped[UUID] = mapped_column(Uuid)
    location_id: Mapped[UUID] = mapped_column(Uuid)
    state: Mapped[CountState] = mapped_column(choice(CountState))
    counted: Mapped[Decimal | None] = mapped_column(Quantity)
