"""What the stock page, the command line and the inbox show."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.stock import CountState, MoveKind
from app.models.stock import StockBalance, StockCount, StockItem, StockLocation, StockMove


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item."""

    id: UUID
    code: str
    name: str
    unit: str
    spec: str
    note: str


@dataclass(frozen=True, slots=True)
class LocationView:
    """A location."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What lies where; `count_open` while somebody has to count."""

    id: UUID
    item: ItemView
    location: LocationView
    on_hand: Decimal
    short_quantity: Decimal
    count_open: bool


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move; `reversed_by` is the move that took it back."""

    id: UUID
    kind: MoveKind
    quantity: Decimal
    business_date: date
    is_fact: bool
    document: str
    note: str
    person: str
    booked_at: datetime
    reversed_by: UUID | None


def list_items(session: Session, scope_id: UUID) -> list[ItemView]:
    """The items of a project, by code."""
    rows = session.scalars(
        select(StockItem)
        .where(StockItem.scope_id == scope_id)
        .order_by(StockItem.code, StockItem.id)
    )
    return [_item(row) for row in rows]


def list_locations(session: Session, scope_id: UUID) -> list[LocationView]:
    """The locations of a project, by code."""
    rows = session.scalars(
        select(StockLocation)
        .where(StockLocation.scope_id == scope_id)
        .order_by(StockLocation.code, StockLocation.id)
    )
    return [LocationView(row.id, row.code, row.name) for row in rows]


def list_balances(session: Session, scope_id: UUID) -> list[BalanceView]:
    """What lies where in a project, by item and location."""
    items = {item.id: item for item in list_items(session, scope_id)}
    places = {place.id: place for place in list_locations(session, scope_id)}
    counting = {
        (row.item_id, row.location_id)
        for row in session.scalars(
            select(StockCount).where(
                StockCount.scope_id == scope_id, StockCount.state == CountState.OPEN
            )
        )
    }
    rows = session.scalars(select(StockBalance).where(StockBalance.scope_id == scope_id))
    views = [
        BalanceView(
            row.id,
            items[row.item_id],
            places[row.location_id],
            row.on_hand,
            row.short_quantity,
            (row.item_id, row.location_id) in counting,
        )
        for row in rows
        if row.item_id in items and row.location_id in places
    ]
    return sorted(views, key=lambda view: (view.item.code, view.location.code, view.id))


def list_moves(
    session: Session, scope_id: UUID, item_id: UUID, location_id: UUID, limit: int = 500
) -> list[MoveView]:
    """The newest moves of an item at a location, newest first."""
    rows = session.scalars(
        select(StockMove)
        .where(
            StockMove.scope_id == scope_id,
            StockMove.item_id == item_id,
            StockMove.location_id == location_id,
        )
        .order_by(StockMove.created_at.desc(), StockMove.id.desc())
        .limit(limit)
    ).all()
    reversals = {row.reverses_id: row.id for row in rows if row.reverses_id is not None}
    return [
        MoveView(
            row.id,
            row.kind,
            row.quantity,
            row.business_date,
            row.is_fact,
            row.document,
            row.note,
            row.created_by,
            row.created_at,
            reversals.get(row.id),
        )
        for row in rows
    ]


def _item(row: StockItem) -> ItemView:
    return ItemView(row.id, row.code, row.name, row.unit, row.spec, row.note)
