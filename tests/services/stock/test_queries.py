"""What is shown of the stock."""

from decimal import Decimal

from app.core.stock import MoveKind
from app.services.stock.queries import list_balances, list_moves
from tests.services.stock.store_room import KEEPER, StoreRoom


def test_balances_and_their_moves(room: StoreRoom) -> None:
    first = room.receive("5")
    room.issue("2")
    taken_back = room.receive("1", room.shed)
    reversal = room.reverse(taken_back)
    with room.office.read() as session:
        yard, shed = list_balances(session, room.project)
        moves = list_moves(session, room.project, room.item, room.yard)
        reversed_moves = list_moves(session, room.project, room.item, room.shed)
    assert (yard.item.code, yard.location.code, yard.on_hand) == ("C", "A", Decimal(3))
    assert (shed.location.code, shed.on_hand, shed.count_open) == ("B", Decimal(0), False)
    assert [(move.kind, move.quantity) for move in moves] == [
        (MoveKind.ISSUE, Decimal(-2)),
        (MoveKind.RECEIPT, Decimal(5)),
    ]
    assert moves[1].id == first
    assert {move.person for move in moves} == {KEEPER}
    assert [move.reversed_by for move in reversed_moves] == [None, reversal]
