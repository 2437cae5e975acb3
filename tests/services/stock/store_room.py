"""A store room for tests: a project with an item and two locations, and the hands in it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from app.core.people import Job
from app.services.commands import Command
from app.services.stock.items import AddItem, AddLocation
from app.services.stock.moves import (
    CountGoods,
    IssueGoods,
    ReceivedLine,
    ReceiveGoods,
    ReverseMove,
    TransferGoods,
)
from app.services.stock.queries import BalanceView, list_balances
from tests.services.office import Office, new_id

KEEPER = "sun.ku"
DAY = date(2026, 3, 5)


class StoreRoom:
    """Commands of a storekeeper, with as little to write as can be."""

    def __init__(self, office: Office, leader: str) -> None:
        self.office = office
        self.project = office.found(leader, "CK-1", "库房试验")
        office.employ(KEEPER, "孙库", Job.STOREKEEPER, scope_id=self.project)
        self.item, self.yard, self.shed = new_id(), new_id(), new_id()
        self.do(AddItem(scope_id=self.project, item_id=self.item, code="C", name="水泥", unit="t"))
        for place, code in ((self.yard, "A"), (self.shed, "B")):
            self.do(AddLocation(scope_id=self.project, location_id=place, code=code, name=code))

    def do(self, command: Command) -> None:
        """The storekeeper does it."""
        self.office.run(command, KEEPER)

    def receive(self, quantity: str, place: UUID | None = None) -> UUID:
        """A delivery; the id of its move."""
        line = ReceivedLine(move_id=new_id(), item_id=self.item, quantity=Decimal(quantity))
        self.do(
            ReceiveGoods(
                scope_id=self.project,
                location_id=place or self.yard,
                lines=(line,),
                business_date=DAY,
            )
        )
        return line.move_id

    def issue(self, quantity: str, *, is_fact: bool = True) -> UUID:
        """Something is taken from the yard; the id of its move."""
        move = new_id()
        self.do(
            IssueGoods(
                scope_id=self.project,
                move_id=move,
                item_id=self.item,
                location_id=self.yard,
                quantity=Decimal(quantity),
                is_fact=is_fact,
                business_date=DAY,
            )
        )
        return move

    def transfer(self, quantity: str, *, is_fact: bool = True) -> None:
        """From the yard to the shed."""
        self.do(
            TransferGoods(
                scope_id=self.project,
                out_id=new_id(),
                in_id=new_id(),
                item_id=self.item,
                from_id=self.yard,
                to_id=self.shed,
                quantity=Decimal(quantity),
                is_fact=is_fact,
                business_date=DAY,
            )
        )

    def count(self, counted: str, seen: str) -> None:
        """Somebody counts in the yard."""
        self.do(
            CountGoods(
                scope_id=self.project,
                move_id=new_id(),
                item_id=self.item,
                location_id=self.yard,
                counted=Decimal(counted),
                seen=Decimal(seen),
                business_date=DAY,
            )
        )

    def reverse(self, move: UUID) -> UUID:
        """A move is taken back; the id of the reversal."""
        reversal = new_id()
        self.do(
            ReverseMove(
                scope_id=self.project, move_id=move, reversal_id=reversal, business_date=DAY
            )
        )
        return reversal

    def balances(self) -> dict[str, tuple[Decimal, Decimal, bool]]:
        """On hand, short and whether a count is open, by the code of the location."""
        with self.office.read() as session:
            return {
                view.location.code: _told(view) for view in list_balances(session, self.project)
            }


def _told(view: BalanceView) -> tuple[Decimal, Decimal, bool]:
    return view.on_hand, view.short_quantity, view.count_open
