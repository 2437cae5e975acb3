"""What comes and goes. A request that does not fit is refused; a fact is always booked."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from sqlalchemy import select

from app.core.errors import Refused
from app.core.stock import CountState, Level, MoveKind, balance_id, derived_id
from app.models.stock import StockBalance, StockCount, StockItem, StockLocation, StockMove
from app.services.commands import Command, CommandPart
from app.services.fields import Code, Note
from app.services.stock.items import STOREKEEPING
from app.services.tx import Tx

MOST = Decimal(10) ** 12
"""A quantity is below this, so that the sum of any number of moves can be stored."""


class ReceivedLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item of a delivery."""

    move_id: UUID
    item_id: UUID
    quantity: Decimal


class ReceiveGoods(Command, frozen=True, kw_only=True):
    """A delivery was put down at a location."""

    KIND: ClassVar[str] = "stock.receive"

    location_id: UUID
    lines: Annotated[tuple[ReceivedLine, ...], msgspec.Meta(min_length=1, max_length=200)]
    business_date: date
    document: Code = ""
    note: Note = ""


class IssueGoods(Command, frozen=True, kw_only=True):
    """Something is taken away. `is_fact`: it is gone already, as the scanner saw."""

    KIND: ClassVar[str] = "stock.issue"

    move_id: UUID
    item_id: UUID
    location_id: UUID
    quantity: Decimal
    is_fact: bool
    business_date: date
    task_id: UUID | None = None
    document: Code = ""
    note: Note = ""


class TransferGoods(Command, frozen=True, kw_only=True):
    """Something is carried from one location to another."""

    KIND: ClassVar[str] = "stock.transfer"

    out_id: UUID
    in_id: UUID
    item_id: UUID
    from_id: UUID
    to_id: UUID
    quantity: Decimal
    is_fact: bool
    business_date: date
    document: Code = ""
    note: Note = ""


class CountGoods(Command, frozen=True, kw_only=True):
    """What was found on the shelf. `seen` is what the books said then (on hand less short): only
    the difference is booked, so that what came or went meanwhile still counts."""

    KIND: ClassVar[str] = "stock.count"

    move_id: UUID
    item_id: UUID
    location_id: UUID
    counted: Decimal
    seen: Decimal
    business_date: date
    note: Note = ""


class ReverseMove(Command, frozen=True, kw_only=True):
    """Takes a move back, by another one."""

    KIND: ClassVar[str] = "stock.reverse"

    move_id: UUID
    reversal_id: UUID
    business_date: date
    note: Note = ""


def _checked(quantity: Decimal, *, may_be_zero: bool = False) -> Decimal:
    _check_places(quantity)
    if quantity < 0 or (not quantity and not may_be_zero):
        raise Refused("stock.quantity_range")
    return quantity


def _check_places(quantity: Decimal) -> None:
    # The range first: a quantity beyond the precision of the arithmetic cannot be rounded.
    if not quantity.is_finite() or abs(quantity) >= MOST:
        raise Refused("stock.quantity_range")
    if quantity != quantity.quantize(Decimal("0.0001")):
        raise Refused("stock.quantity_places")


def _balance(tx: Tx, item_id: UUID, location_id: UUID) -> StockBalance:
    found = tx.find(StockBalance, balance_id(item_id, location_id))
    if found is not None:
        return found
    if tx.find(StockItem, item_id) is None:
        raise Refused("stock.item_gone")
    if tx.find(StockLocation, location_id) is None:
        raise Refused("stock.location_gone")
    empty = Level()
    return tx.add(
        StockBalance(
            id=balance_id(item_id, location_id),
            item_id=item_id,
            location_id=location_id,
            on_hand=empty.on_hand,
            short_quantity=empty.short_quantity,
        )
    )


def _book(tx: Tx, move: StockMove) -> None:
    """Adds a move and what follows from it. Refused for a request that does not fit."""
    if _move(tx, move.id) is not None:
        raise Refused("stock.exists")
    balance = _balance(tx, move.item_id, move.location_id)
    before = Level(balance.on_hand, balance.short_quantity)
    after = before.after(move.quantity)
    if after.short_quantity > before.short_quantity:
        if not move.is_fact:
            raise Refused("stock.not_there", on_hand=_plain(before.on_hand))
        _open_count(tx, balance)
    tx.add(move)
    tx.change(balance, {"on_hand": after.on_hand, "short_quantity": after.short_quantity})


def _move(tx: Tx, move_id: UUID) -> StockMove | None:
    # Not locked: nobody can change it, not even the worker, and so nobody may lock it either.
    return tx.session.get(StockMove, (tx.scope_id, move_id))


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


def _open_count(tx: Tx, balance: StockBalance) -> None:
    if _open_counts(tx, balance.item_id, balance.location_id):
        return
    tx.add(
        StockCount(
            id=derived_id(tx.op_id, balance.id),
            item_id=balance.item_id,
            location_id=balance.location_id,
            state=CountState.OPEN,
        )
    )


def _open_counts(tx: Tx, item_id: UUID, location_id: UUID) -> list[StockCount]:
    tx.session.flush()
    return list(
        tx.session.scalars(
            select(StockCount)
            .where(
                StockCount.scope_id == tx.scope_id,
                StockCount.item_id == item_id,
                StockCount.location_id == location_id,
                StockCount.state == CountState.OPEN,
            )
            .order_by(StockCount.id)
        )
    )


def receive_goods(command: ReceiveGoods, tx: Tx) -> None:
    """Books every line of a delivery: what is short is covered first."""
    for line in command.lines:
        move = StockMove(
            id=line.move_id,
            item_id=line.item_id,
            location_id=command.location_id,
            kind=MoveKind.RECEIPT,
            quantity=_checked(line.quantity),
            business_date=command.business_date,
            is_fact=True,
            document=command.document,
            note=command.note,
        )
        _book(tx, move)


def issue_goods(command: IssueGoods, tx: Tx) -> None:
    """Books what is taken away. A fact that does not fit leaves a short quantity and a count."""
    move = StockMove(
        id=command.move_id,
        item_id=command.item_id,
        location_id=command.location_id,
        kind=MoveKind.ISSUE,
        quantity=-_checked(command.quantity),
        business_date=command.business_date,
        is_fact=command.is_fact,
        document=command.document,
        task_id=command.task_id,
        note=command.note,
    )
    _book(tx, move)


def transfer_goods(command: TransferGoods, tx: Tx) -> None:
    """Books both ends of a transfer."""
    if command.from_id == command.to_id:
        raise Refused("stock.same_place")
    quantity = _checked(command.quantity)
    ends = (
        (command.out_id, command.from_id, MoveKind.TRANSFER_OUT, -quantity),
        (command.in_id, command.to_id, MoveKind.TRANSFER_IN, quantity),
    )
    for move_id, location_id, kind, signed in ends:
        move = StockMove(
            id=move_id,
            item_id=command.item_id,
            location_id=location_id,
            kind=kind,
            quantity=signed,
            business_date=command.business_date,
            is_fact=command.is_fact,
            document=command.document,
            note=command.note,
        )
        _book(tx, move)


def count_goods(command: CountGoods, tx: Tx) -> None:
    """Books the difference between what was found and what the books said, and closes the count."""
    _check_places(command.seen)
    difference = _checked(command.counted, may_be_zero=True) - command.seen
    if difference:
        move = StockMove(
            id=command.move_id,
            item_id=command.item_id,
            location_id=command.location_id,
            kind=MoveKind.ADJUSTMENT,
            quantity=_signed(difference),
            business_date=command.business_date,
            is_fact=True,
            note=command.note,
        )
        _book(tx, move)
    elif tx.find(StockBalance, balance_id(command.item_id, command.location_id)) is None:
        raise Refused("stock.item_gone")
    for count in _open_counts(tx, command.item_id, command.location_id):
        tx.change(count, {"state": CountState.DONE, "counted": command.counted})


def _signed(difference: Decimal) -> Decimal:
    _checked(abs(difference))
    return difference


def reverse_move(command: ReverseMove, tx: Tx) -> None:
    """Books the opposite of a move. Refused where that was done, or would leave less than none."""
    move = _move(tx, command.move_id)
    if move is None:
        raise Refused("stock.move_gone")
    if move.kind in (MoveKind.TRANSFER_OUT, MoveKind.TRANSFER_IN, MoveKind.REVERSAL):
        raise Refused("stock.not_reversible")
    taken = select(StockMove.id).where(
        StockMove.scope_id == tx.scope_id, StockMove.reverses_id == move.id
    )
    if tx.session.scalar(taken) is not None:
        raise Refused("stock.reversed_already")
    reversal = StockMove(
        id=command.reversal_id,
        item_id=move.item_id,
        location_id=move.location_id,
        kind=MoveKind.REVERSAL,
        quantity=-move.quantity,
        business_date=command.business_date,
        is_fact=False,
        document=move.document,
        task_id=move.task_id,
        reverses_id=move.id,
        note=command.note,
    )
    _book(tx, reversal)


PARTS = (
    CommandPart(ReceiveGoods, receive_goods, STOREKEEPING),
    CommandPart(IssueGoods, issue_goods, STOREKEEPING),
    CommandPart(TransferGoods, transfer_goods, STOREKEEPING),
    CommandPart(CountGoods, count_goods, STOREKEEPING),
    CommandPart(ReverseMove, reverse_move, STOREKEEPING),
)
