"""What may be done, by job and state; and the commands that say what was seen."""

from decimal import Decimal

import pytest

from app.core.ledger import EntryState
from app.core.people import Job
from app.ui.pages.ledger.deeds import (
    approving,
    closing,
    deeds_of,
    editing,
    lines_of,
    possible,
    posting,
    returning,
    reversing,
    submitting,
)
from tests.services.ledger.books import DAY, Books, lines
from tests.services.office import new_id
from tests.ui.pages.company import ME
from tests.ui.pages.ledger.conftest import CLERK

CLERKS, LEADERS = deeds_of(frozenset({Job.FINANCE_CLERK})), deeds_of(frozenset({Job.MANAGER}))


def test_jobs() -> None:
    assert {"new", "edit", "submit", "post", "reverse", "close"} == CLERKS
    assert {"approve", "return"} == LEADERS
    assert deeds_of(frozenset({Job.COMMERCIAL, Job.STOREKEEPER})) == frozenset()
    assert deeds_of(frozenset({Job.ADMINISTRATOR})) == CLERKS | LEADERS


@pytest.mark.parametrize(
    ("state", "by_clerk", "by_leader"),
    [
        (EntryState.DRAFT, {"edit", "submit"}, set()),
        (EntryState.RETURNED, {"edit", "submit"}, set()),
        (EntryState.SUBMITTED, {"edit"}, {"approve", "return"}),
        (EntryState.APPROVED, {"post"}, {"return"}),
        (EntryState.POSTED, {"reverse"}, set()),
    ],
)
def test_states(books: Books, state: EntryState, by_clerk: set[str], by_leader: set[str]) -> None:
    entry = books.entry(books.brought_to(state))
    assert possible(entry, CLERKS, CLERK) == by_clerk | {"new", "close"}
    assert possible(entry, LEADERS, ME) == by_leader
    assert possible(entry, LEADERS, CLERK) == by_leader - {"approve"}
    assert possible(None, CLERKS, CLERK) == {"new", "close"}


def test_what_was_taken_back_is_not_taken_back_again(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    reversal = books.reversing(entry_id)
    books.do(reversal)
    for one in (entry_id, reversal.reversal_id):
        assert "reverse" not in possible(books.entry(one), CLERKS, CLERK)


def test_an_edit_says_what_changed_only(books: Books) -> None:
    entry = books.entry(books.draft())
    same = {"business_date": DAY, "summary": entry.summary, "party": entry.party}
    assert editing(books.project_id, entry, same, lines_of(entry)) is None
    command = editing(books.project_id, entry, same | {"party": "别处"}, lines("7"))
    assert command is not None
    books.do(command)
    changed = books.entry(entry.id)
    assert (changed.party, changed.amount) == ("别处", Decimal(7))


def test_every_step_is_applied_on_what_is_shown(books: Books) -> None:
    scope, entry_id = books.project_id, books.draft()
    books.do(submitting(scope, books.entry(entry_id)))
    books.do(returning(scope, books.entry(entry_id), "缺发票"), ME)
    books.do(submitting(scope, books.entry(entry_id)))
    books.do(approving(scope, books.entry(entry_id)), ME)
    books.do(posting(scope, books.entry(entry_id)))
    values: dict[str, object] = {"business_date": DAY, "summary": "冲销"}
    books.do(reversing(scope, books.entry(entry_id), new_id(), values))
    books.do(closing(scope, books.ledger().periods[0]))
    assert books.entry(entry_id).reversed_by is not None
