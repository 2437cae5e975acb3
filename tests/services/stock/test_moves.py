"""Moves: facts are always booked, requests only where they fit, and the sum is always right."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core.errors import Refused
from app.models.stock import StockBalance, StockCount, StockMove
from app.services.stock.moves import IssueGoods, ReceivedLine, ReceiveGoods
from tests.services.conftest import PLANNER
from tests.services.office import Office, new_id
from tests.services.stock.store_room import DAY, StoreRoom

NONE = Decimal(0)


def test_a_fact_that_does_not_fit_is_booked_and_somebody_has_to_count(room: StoreRoom) -> None:
    room.receive("5")
    room.issue("7.5")
    room.issue("1")
    assert room.balances() == {"A": (NONE, Decimal("3.5"), True)}
    with room.office.read() as session:
        assert session.scalar(select(func.count()).select_from(StockCount)) == 1
    room.receive("5")
    assert room.balances() == {"A": (Decimal("1.5"), NONE, True)}
    room.count("2", "1.5")
    assert room.balances() == {"A": (Decimal(2), NONE, False)}


def test_a_request_that_does_not_fit_is_refused_with_what_is_there(room: StoreRoom) -> None:
    room.receive("5")
    with pytest.raises(Refused) as caught:
        room.issue("5.0001", is_fact=False)
    assert caught.value.reason.parameters == {"on_hand": "5"}
    room.issue("5", is_fact=False)
    with pytest.raises(Refused, match="not_there"):
        room.transfer("1", is_fact=False)
    assert room.balances() == {"A": (NONE, NONE, False)}


def test_a_transfer_has_two_ends(room: StoreRoom) -> None:
    room.receive("5")
    room.transfer("2")
    assert room.balances() == {"A": (Decimal(3), NONE, False), "B": (Decimal(2), NONE, False)}
    room.shed = room.yard
    with pytest.raises(Refused, match="same_place"):
        room.transfer("1")


def test_a_count_books_only_what_differs_from_what_was_seen(room: StoreRoom) -> None:
    room.receive("5")
    room.receive("10")
    # Counted before the second delivery was put down.
    room.count("4", "5")
    assert room.balances() == {"A": (Decimal(14), NONE, False)}
    room.count("14", "14")
    for counted, seen in (("-1", "14"), ("14", "sNaN"), ("14", "1E+30"), ("14", "0.00001")):
        with pytest.raises(Refused, match="quantity"):
            room.count(counted, seen)


def test_a_move_is_reversed_once(room: StoreRoom) -> None:
    first = room.receive("5")
    reversal = room.reverse(first)
    assert room.balances() == {"A": (NONE, NONE, False)}
    with pytest.raises(Refused, match="reversed_already"):
        room.reverse(first)
    with pytest.raises(Refused, match="not_reversible"):
        room.reverse(reversal)
    with pytest.raises(Refused, match="move_gone"):
        room.reverse(uuid4())
    second = room.receive("5")
    room.issue("1")
    with pytest.raises(Refused, match="not_there"):
        room.reverse(second)


@pytest.mark.parametrize(
    "quantity",
    ["0", "-1", "1.00001", "NaN", "sNaN", "Infinity", "1000000000000", "1E+30", "9" * 26],
)
def test_quantities_that_are_none(room: StoreRoom, quantity: str) -> None:
    with pytest.raises(Refused, match="quantity"):
        room.receive(quantity)


def test_the_same_move_is_not_booked_twice(room: StoreRoom) -> None:
    room.receive("5")
    before = room.balances()
    move = room.issue("1")
    with pytest.raises(Refused, match=r"stock\.exists"):
        room.do(_issue_again(room, move))
    assert room.balances() != before


def _issue_again(room: StoreRoom, move: UUID) -> IssueGoods:
    return IssueGoods(
        scope_id=room.project,
        move_id=move,
        item_id=room.item,
        location_id=room.yard,
        quantity=Decimal(1),
        is_fact=True,
        business_date=DAY,
    )


def test_what_is_not_there_cannot_be_moved(room: StoreRoom) -> None:
    room.item = new_id()
    with pytest.raises(Refused, match="item_gone"):
        room.receive("1")
    with pytest.raises(Refused, match="item_gone"):
        room.count("0", "0")


def test_a_planner_books_nothing(office: Office, room: StoreRoom) -> None:
    line = ReceivedLine(move_id=new_id(), item_id=room.item, quantity=Decimal(1))
    command = ReceiveGoods(
        scope_id=room.project, location_id=room.yard, lines=(line,), business_date=DAY
    )
    with pytest.raises(Refused, match="not_permitted"):
        office.run(command, PLANNER)


acts = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "request", "transfer", "count", "reverse"]),
        st.integers(1, 60_000),
    ),
    max_size=25,
)


@given(acts)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_the_sum_is_right(room: StoreRoom, done: list[tuple[str, int]]) -> None:
    moves = []
    for what, number in done:
        quantity = str(Decimal(number).scaleb(-3))
        try:
            if what == "receive":
                moves.append(room.receive(quantity))
            elif what in ("issue", "request"):
                moves.append(room.issue(quantity, is_fact=what == "issue"))
            elif what == "transfer":
                room.transfer(quantity)
            elif what == "count":
                room.count(quantity, str(_net(room)))
            elif moves:
                room.reverse(moves[number % len(moves)])
        except Refused:
            assert what in ("request", "reverse")
    _assert_sums(room)


def _net(room: StoreRoom) -> Decimal:
    on_hand, short, _ = room.balances().get("A", (NONE, NONE, False))
    return on_hand - short


def _assert_sums(room: StoreRoom) -> None:
    with room.office.read() as session:
        for balance in session.scalars(select(StockBalance)):
            moved = session.scalars(
                select(StockMove.quantity).where(
                    StockMove.item_id == balance.item_id,
                    StockMove.location_id == balance.location_id,
                )
            )
            assert balance.on_hand - balance.short_quantity == sum(moved, NONE)
            assert balance.on_hand >= 0
            assert balance.short_quantity >= 0
