"""What psql finds in the store rooms."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tests.blackbox.checks import Books, Findings, Row, check_rows

BALANCES = """
    select b.id, b.on_hand, b.short_quantity, coalesce(sum(m.quantity), 0) as moved
    from stock_balance b
    left join stock_move m using (scope_id, item_id, location_id)
    group by b.id, b.on_hand, b.short_quantity"""
NOWHERE = """
    select m.id from stock_move m
    left join stock_balance b using (scope_id, item_id, location_id)
    where b.id is null"""
KINDS = ("stock.receive", "stock.issue", "stock.transfer", "stock.count", "stock.reverse")


def check_stock(books: Books, found: Findings) -> None:
    """Every applied movement once, nothing else moved, and balance - short = sum of moves."""
    for table, kind, named in (
        ("stock_item", "stock.add_item", "item_id"),
        ("stock_location", "stock.add_location", "location_id"),
    ):
        check_rows(books, found, books.psql.rows(f"select id from {table}"), kind, named)
    stored = {row["id"]: row["quantity"] for row in books.psql.rows("select * from stock_move")}
    booked: dict[str, Decimal] = {}
    for row in books.applied(*KINDS):
        for move, quantity in _moves(row, booked):
            booked[move] = quantity
            if move not in stored:
                found.lost.append(f"{row['op_id']}: move {move}")
            elif stored[move] != quantity:
                found.wrong.append(f"move {move} is {stored[move]}, applied was {quantity}")
    found.unasked += [f"move {one}" for one in sorted(stored.keys() - booked.keys())]
    reversed_ones = Counter(row["payload"]["move_id"] for row in books.applied("stock.reverse"))
    found.doubled += [f"reversal of {one}" for one, count in reversed_ones.items() if count > 1]
    _check_balances(books, found)


def _check_balances(books: Books, found: Findings) -> None:
    for row in books.psql.rows(BALANCES):
        net = row["on_hand"] - row["short_quantity"]
        if net != row["moved"] or row["on_hand"] < 0 or row["short_quantity"] < 0:
            found.wrong.append(f"balance {row}")
    found.wrong += [f"move {row['id']} without a balance" for row in books.psql.rows(NOWHERE)]


def _moves(row: Row, booked: dict[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
    """The moves of an applied command, and their signed quantities."""
    payload = row["payload"]
    if row["kind"] == "stock.receive":
        yield from ((line["move_id"], Decimal(line["quantity"])) for line in payload["lines"])
    elif row["kind"] == "stock.issue":
        yield payload["move_id"], -Decimal(payload["quantity"])
    elif row["kind"] == "stock.transfer":
        yield payload["out_id"], -Decimal(payload["quantity"])
        yield payload["in_id"], Decimal(payload["quantity"])
    elif row["kind"] == "stock.reverse":
        # What is reversed was booked before, in the server's order.
        yield payload["reversal_id"], -booked[payload["move_id"]]
    elif difference := Decimal(payload["counted"]) - Decimal(payload["seen"]):
        yield payload["move_id"], difference
