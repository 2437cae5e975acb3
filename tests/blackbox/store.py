"""Work in store rooms: receipts, issues as requests and as facts, transfers, counts, reversals."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Final

from tests.blackbox.pen import Command, Maker, Pen, Row

MOST_ITEMS: Final = 3
MOST_PLACES: Final = 2
TODAY: Final = "2026-03-05"


class StoreWork:
    """The items and places of each project, and what lies where as far as the desk shows it."""

    query = "stock"

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._items: dict[str, set[str]] = {}
        self._places: dict[str, set[str]] = {}
        self._seen: dict[tuple[str, str, str], str] = {}
        self._moves: list[tuple[str, str]] = []

    def see(self, project: str, rows: Sequence[Row]) -> None:
        """Balances: an item and a place each."""
        for row in rows:
            item, place = row["item"]["id"], row["location"]["id"]
            self._items.setdefault(project, set()).add(item)
            self._places.setdefault(project, set()).add(place)
            net = Decimal(row["on_hand"]) - Decimal(row["short_quantity"])
            self._seen[project, item, place] = str(net)

    def makers(self, projects: Collection[str]) -> list[Maker]:
        """Adds what is missing, then moves things about."""
        makers: list[Maker] = []
        for project in sorted(projects):
            if len(self._items.get(project, ())) < MOST_ITEMS:
                makers.append((1, self._for(project, self._add_item)))
            if len(self._places.get(project, ())) < MOST_PLACES:
                makers.append((1, self._for(project, self._add_place)))
        usable = [one for one in sorted(projects) if self._items.get(one) and self._places.get(one)]
        if usable:
            project = self._pen.one_of(usable)
            makers.append((15, self._for(project, self._receive)))
            makers.append((30, self._for(project, self._issue)))
            if len(self._places[project]) > 1:
                makers.append((8, self._for(project, self._transfer)))
        counted = [one for one in self._seen if one[0] in projects]
        if counted:
            makers.append((4, lambda: self._count(self._pen.rng.choice(counted))))
        if self._moves:
            makers.append((6, lambda: self._reverse(*self._pen.rng.choice(self._moves))))
        return makers

    def saved(self, kind: str, payload: Row) -> None:
        """Keeps what was written."""
        scope = payload["scope_id"]
        if kind == "stock.add_item":
            self._items.setdefault(scope, set()).add(payload["item_id"])
        elif kind == "stock.add_location":
            self._places.setdefault(scope, set()).add(payload["location_id"])
        elif kind == "stock.receive":
            self._moves += [(scope, line["move_id"]) for line in payload["lines"]]
        elif kind == "stock.issue":
            self._moves.append((scope, payload["move_id"]))

    @staticmethod
    def _for(project: str, make: Callable[[str], Command]) -> Callable[[], Command]:
        return lambda: make(project)

    def _add_item(self, project: str) -> Command:
        mark = self._pen.mark()
        named = {"code": f"GJ {mark}", "name": f"螺纹钢 {mark}", "unit": "t"}
        return "stock.add_item", {"scope_id": project, "item_id": self._pen.id(), **named}

    def _add_place(self, project: str) -> Command:
        mark = self._pen.mark()
        named = {"code": f"A {mark}", "name": f"料场 {mark}"}
        return "stock.add_location", {"scope_id": project, "location_id": self._pen.id(), **named}

    def _quantity(self, most: int) -> str:
        return str(Decimal(self._pen.rng.randrange(1, most * 10_000)) / 10_000)

    def _receive(self, project: str) -> Command:
        items = self._pen.rng.sample(
            sorted(self._items[project]), self._pen.rng.randint(1, len(self._items[project]))
        )
        lines = [
            {"move_id": self._pen.id(), "item_id": item, "quantity": self._quantity(10)}
            for item in items
        ]
        return "stock.receive", {
            "scope_id": project,
            "location_id": self._pen.one_of(self._places[project]),
            "lines": lines,
            "business_date": TODAY,
            "document": f"送货单 {self._pen.mark()}",
        }

    def _issue(self, project: str) -> Command:
        return "stock.issue", {
            "scope_id": project,
            "move_id": self._pen.id(),
            "item_id": self._pen.one_of(self._items[project]),
            "location_id": self._pen.one_of(self._places[project]),
            "quantity": self._quantity(8),
            "is_fact": self._pen.rng.random() < 0.5,
            "business_date": TODAY,
            "note": self._pen.mark(),
        }

    def _transfer(self, project: str) -> Command:
        start, end = self._pen.rng.sample(sorted(self._places[project]), 2)
        return "stock.transfer", {
            "scope_id": project,
            "out_id": self._pen.id(),
            "in_id": self._pen.id(),
            "item_id": self._pen.one_of(self._items[project]),
            "from_id": start,
            "to_id": end,
            "quantity": self._quantity(3),
            "is_fact": self._pen.rng.random() < 0.5,
            "business_date": TODAY,
            "note": self._pen.mark(),
        }

    def _count(self, where: tuple[str, str, str]) -> Command:
        project, item, place = where
        return "stock.count", {
            "scope_id": project,
            "move_id": self._pen.id(),
            "item_id": item,
            "location_id": place,
            "counted": self._quantity(10),
            "seen": self._seen[where],
            "business_date": TODAY,
            "note": self._pen.mark(),
        }

    def _reverse(self, project: str, move: str) -> Command:
        return "stock.reverse", {
            "scope_id": project,
            "move_id": move,
            "reversal_id": self._pen.id(),
            "business_date": TODAY,
            "note": self._pen.mark(),
        }
