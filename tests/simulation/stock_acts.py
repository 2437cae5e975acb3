"""What storekeepers do: more is taken than lies there, and counted, and taken back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.stock import StockBalance, StockItem, StockLocation, StockMove
from app.services.commands import Command
from app.services.stock.items import AddItem, AddLocation, EditItem, ItemFields
from app.services.stock.moves import (
    CountGoods,
    IssueGoods,
    ReceivedLine,
    ReceiveGoods,
    ReverseMove,
    TransferGoods,
)

NewId = Callable[[], UUID]
DAY = date(2026, 3, 2)


def _quantity(random: Random) -> Decimal:
    return Decimal(random.randrange(1, 80_000)).scaleb(-4)


def _items(session: Session, scope: UUID) -> list[StockItem]:
    query = select(StockItem).where(StockItem.scope_id == scope).order_by(StockItem.id)
    return list(session.scalars(query))


def _places(session: Session, scope: UUID) -> list[StockLocation]:
    query = select(StockLocation).where(StockLocation.scope_id == scope)
    return list(session.scalars(query.order_by(StockLocation.id)))


def set_up(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """An item or a location, as long as there are few; codes meet by chance."""
    items, places = _items(session, scope), _places(session, scope)
    code = f"C{random.randrange(6)}"
    if len(items) <= len(places) and len(items) < 3:
        return AddItem(scope_id=scope, item_id=new_id(), code=code, name="水泥", unit="t")
    if len(places) < 3:
        return AddLocation(scope_id=scope, location_id=new_id(), code=code, name="料场")
    item = random.choice(items)
    note = random.choice("甲乙丙")
    return EditItem(
        scope_id=scope,
        item_id=item.id,
        base=ItemFields(note=item.note),
        values=ItemFields(note=note),
    )


def receive(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A delivery of one or two lines."""
    items, places = _items(session, scope), _places(session, scope)
    if not items or not places:
        return None
    lines = tuple(
        ReceivedLine(move_id=new_id(), item_id=random.choice(items).id, quantity=_quantity(random))
        for _ in range(random.choice((1, 1, 2)))
    )
    return ReceiveGoods(
        scope_id=scope, location_id=random.choice(places).id, lines=lines, business_date=DAY
    )


def issue(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A fact or a request, whether it fits or not."""
    items, places = _items(session, scope), _places(session, scope)
    if not items or not places:
        return None
    return IssueGoods(
        scope_id=scope,
        move_id=new_id(),
        item_id=random.choice(items).id,
        location_id=random.choice(places).id,
        quantity=_quantity(random),
        is_fact=random.random() < 0.6,
        business_date=DAY,
    )


def transfer(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """From one location to another."""
    items, places = _items(session, scope), _places(session, scope)
    if not items or len(places) < 2:
        return None
    source, target = random.sample(places, 2)
    return TransferGoods(
        scope_id=scope,
        out_id=new_id(),
        in_id=new_id(),
        item_id=random.choice(items).id,
        from_id=source.id,
        to_id=target.id,
        quantity=_quantity(random),
        is_fact=random.random() < 0.6,
        business_date=DAY,
    )


def count(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Somebody counts what the desk shows."""
    query = select(StockBalance).where(StockBalance.scope_id == scope)
    shelves = list(session.scalars(query.order_by(StockBalance.id)))
    if not shelves:
        return None
    shelf = random.choice(shelves)
    return CountGoods(
        scope_id=scope,
        move_id=new_id(),
        item_id=shelf.item_id,
        location_id=shelf.location_id,
        counted=_quantity(random),
        seen=shelf.on_hand - shelf.short_quantity,
        business_date=DAY,
    )


def reverse(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """Some move is taken back, on several desks perhaps."""
    query = select(StockMove).where(StockMove.scope_id == scope).order_by(StockMove.id)
    moves = list(session.scalars(query))
    if not moves:
        return None
    move = random.choice(moves)
    return ReverseMove(scope_id=scope, move_id=move.id, reversal_id=new_id(), business_date=DAY)
