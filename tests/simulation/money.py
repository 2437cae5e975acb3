"""Posted money: it never changes, it balances, and its numbers have neither gap nor repeat."""

from typing import TYPE_CHECKING, Any

from app.core.ledger import read_number
from tests.simulation.store import ServerStore

if TYPE_CHECKING:
    from tests.simulation.world import World

_POSTED = "SELECT * FROM ledger_entry WHERE state = 'posted' ORDER BY id"
_LINES = (
    "SELECT * FROM ledger_line WHERE entry_id IN"
    " (SELECT id FROM ledger_entry WHERE state = 'posted') ORDER BY id"
)
_UNBALANCED = (
    "SELECT entry_id, sum(debit), sum(credit) FROM ledger_line WHERE entry_id IN"
    " (SELECT id FROM ledger_entry WHERE state = 'posted')"
    " GROUP BY entry_id HAVING sum(debit) <> sum(credit)"
)
_NUMBERS = "SELECT scope_id, number FROM ledger_entry WHERE state = 'posted'"


class MoneyWatch:
    """9 and 10, after every step."""

    def __init__(self, store: ServerStore) -> None:
        self._store = store
        self._posted: dict[Any, Any] = {}

    def begin_again(self) -> None:
        """Another history."""
        self._posted.clear()

    def look(self, world: "World") -> None:
        """At everything posted."""
        now = {row[1]: row for query in (_POSTED, _LINES) for row in self._store.rows(query)}
        for key, row in self._posted.items():
            if now.get(key) != row:
                world.fail("posted", f"{row} became {now.get(key)}")
        self._posted = now
        for row in self._store.rows(_UNBALANCED):
            world.fail("balanced", str(row))
        self._look_at_numbers(world)

    def _look_at_numbers(self, world: "World") -> None:
        given: dict[Any, list[int]] = {}
        for scope, number in self._store.rows(_NUMBERS):
            found = read_number(number)
            assert found is not None
            series, year, serial = found
            given.setdefault((scope, series, year), []).append(serial)
        for key, serials in given.items():
            if sorted(serials) != list(range(1, len(serials) + 1)):
                world.fail("numbers", f"{key}: {sorted(serials)}")
