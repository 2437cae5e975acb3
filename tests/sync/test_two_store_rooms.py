"""Two storekeepers take the last bags without knowing of each other: nothing is lost or doubled."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from app.services.stock.items import AddItem, AddLocation
from app.services.stock.moves import IssueGoods, ReceivedLine, ReceiveGoods
from app.services.stock.queries import BalanceView, list_balances
from app.sync.desk import Desk
from tests.sync.desks import Office, assert_same_rows, founded_project

DAY = date(2026, 3, 5)


def _shelf(desk: Desk, project: UUID, quantity: int) -> tuple[UUID, UUID]:
    item, place = desk.new_id(), desk.new_id()
    desk.execute(AddItem(scope_id=project, item_id=item, code="C", name="水泥", unit="袋"))
    desk.execute(AddLocation(scope_id=project, location_id=place, code="A", name="料棚"))
    line = ReceivedLine(move_id=desk.new_id(), item_id=item, quantity=Decimal(quantity))
    desk.execute(
        ReceiveGoods(scope_id=project, location_id=place, lines=(line,), business_date=DAY)
    )
    return item, place


def _issue(
    desk: Desk, project: UUID, shelf: tuple[UUID, UUID], quantity: int, *, is_fact: bool
) -> UUID:
    command = IssueGoods(
        scope_id=project,
        move_id=desk.new_id(),
        item_id=shelf[0],
        location_id=shelf[1],
        quantity=Decimal(quantity),
        is_fact=is_fact,
        business_date=DAY,
    )
    return desk.execute(command).op_id


def _balance(desk: Desk, project: UUID) -> BalanceView:
    with desk.read() as session:
        (found,) = list_balances(session, project)
    return found


def test_facts_are_both_booked_and_one_count_opens(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    shelf = _shelf(anna, project, 10)
    site.sync(anna, boris)
    _issue(anna, project, shelf, 8, is_fact=True)
    _issue(boris, project, shelf, 7, is_fact=True)
    _issue(boris, project, shelf, 1, is_fact=True)
    site.sync(anna, boris)
    site.sync(anna, boris)
    for desk in (anna, boris):
        found = _balance(desk, project)
        assert (found.on_hand, found.short_quantity) == (Decimal(0), Decimal(6))
        assert found.count_open
        assert desk.status().pending == desk.status().refused == 0
        assert_same_rows(desk, site.server)
    with site.server.admin.connect() as connection:
        assert connection.scalar(text("select count(*) from stock_count")) == 1
        assert connection.scalar(text("select sum(quantity) from stock_move")) == -6


def test_the_second_request_comes_back_with_what_is_there(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    shelf = _shelf(anna, project, 10)
    site.sync(anna, boris)
    first = _issue(anna, project, shelf, 8, is_fact=False)
    second = _issue(boris, project, shelf, 7, is_fact=False)
    site.sync(anna, boris)
    site.sync(anna, boris)
    assert anna.outcome(first).state == "applied"
    told = boris.outcome(second)
    assert told.state == "refused"
    assert told.reason is not None
    assert (told.reason.text_id, dict(told.reason.parameters)) == (
        "stock.not_there",
        {"on_hand": "2"},
    )
    assert [entry.op_id for entry in boris.inbox()] == [second]
    for desk in (anna, boris):
        assert _balance(desk, project).on_hand == Decimal(2)
        assert_same_rows(desk, site.server)


def test_balances_made_on_two_desks_meet_in_one_row(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    item, place = _shelf(anna, project, 1)
    site.sync(anna, boris)
    other = anna.new_id()
    anna.execute(AddLocation(scope_id=project, location_id=other, code="B", name="新棚"))
    site.sync(anna, boris)
    for desk in (anna, boris):
        line = ReceivedLine(move_id=desk.new_id(), item_id=item, quantity=Decimal(3))
        desk.execute(
            ReceiveGoods(scope_id=project, location_id=other, lines=(line,), business_date=DAY)
        )
    site.sync(anna, boris)
    site.sync(anna, boris)
    with boris.read() as session:
        found = {view.location.id: view.on_hand for view in list_balances(session, project)}
    assert found == {place: Decimal(1), other: Decimal(6)}
    assert_same_rows(boris, site.server)
