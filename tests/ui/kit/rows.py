"""A small list of contracts for tests of tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.ui.kit.columns import Column
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.status import Status

TODAY = date(2026, 3, 24)


@dataclass(frozen=True)
class Contract:
    """One row."""

    id: int
    name: str
    amount: Decimal
    status: Status
    progress: Decimal
    due: date | None


def contract(number: int, name: str, amount: str = "100") -> Contract:
    """A row with a few things filled in."""
    states = list(Status)
    return Contract(
        number,
        name,
        Decimal(amount),
        states[number % len(states)],
        Decimal(number % 11) / 10,
        date(2026, 1, 1 + number % 28) if number % 3 else None,
    )


# The words are those of the kit itself: tests need no texts of their own.
COLUMNS: tuple[Column[Contract], ...] = (
    Column("id", "kit.sort_up", lambda row: row.id, "number", 60),
    Column("name", "kit.columns", lambda row: row.name, editable=True, required=True, width=200),
    Column("amount", "kit.export", lambda row: row.amount, "money", editable=True),
    Column("status", "kit.filter", lambda row: row.status, "status"),
    Column("progress", "kit.undo", lambda row: row.progress, "progress", editable=True),
    Column("due", "kit.redo", lambda row: row.due, "date", editable=lambda row: row.id != 2),
)
NAMES = ("钢筋采购", "商品混凝土", "塔吊租赁", "外脚手架", "防水工程")


def model(count: int = 5) -> RowsModel[Contract]:
    """A model with rows 1 to count."""
    made = RowsModel(COLUMNS, lambda row: row.id, lambda: TODAY)
    made.set_rows([contract(n, NAMES[(n - 1) % 5], str(n * 100)) for n in range(1, count + 1)])
    return made
