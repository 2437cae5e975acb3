"""What lies on a shelf: on hand less short is the sum of all moves, whatever comes and goes."""

from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.core.stock import Level, balance_id, derived_id

quantities = st.decimals(-1000, 1000, places=4).filter(bool)


@given(st.lists(quantities))
def test_a_level_is_the_sum_of_its_moves(moves: list[Decimal]) -> None:
    level, booked = Level(), Decimal(0)
    for quantity in moves:
        level, booked = level.after(quantity), booked + quantity
        assert level.on_hand >= 0
        assert level.short_quantity >= 0
        assert level.on_hand - level.short_quantity == level.net == booked
        assert not (level.on_hand and level.short_quantity)


def test_what_comes_covers_what_is_short_first() -> None:
    short = Level().after(Decimal(-3))
    assert short == Level(Decimal(0), Decimal(3))
    assert short.after(Decimal(5)) == Level(Decimal(2), Decimal(0))


def test_ids_follow_from_item_and_location() -> None:
    item, location = uuid4(), uuid4()
    assert balance_id(item, location) == balance_id(item, location) == derived_id(item, location)
    assert balance_id(item, location) != balance_id(location, item)
    assert derived_id(UUID(int=1), UUID(int=2)).variant == uuid4().variant
