"""The sample's books: every command is applied, in every state, and the oldest month is closed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.ledger import EntryKind, EntryState, PeriodState, difference
from app.core.people import Job
from app.server.sample.ledger import SampleBooks, Writers
from app.services.ledger.queries import show_ledger
from tests.services.conftest import CLERK, LEADER, office
from tests.services.office import Office, new_id

__all__ = ["office"]

DAYS = [date(2026, 1, 31), date(2026, 3, 1), date(2026, 3, 31), date(2028, 2, 29)]


@pytest.mark.parametrize("today", DAYS)
def test_the_books_of_a_project(office: Office, today: date) -> None:
    project_id = office.found(LEADER, "BJ-1", "甲")
    office.employ(CLERK, "王芳", Job.FINANCE_CLERK, scope_id=project_id)
    noon = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)
    books = SampleBooks(
        project_id,
        Writers(CLERK, LEADER),
        today,
        lambda days: noon - timedelta(days=days),
        lambda _at: new_id(),
    )
    office.now = noon
    for asked in books.commands():
        office.run(asked.command, asked.actor, on_server=True)
    with office.read() as session:
        ledger = show_ledger(session, project_id)
    assert {entry.state for entry in ledger.entries} == set(EntryState)
    assert [entry.kind for entry in ledger.entries].count(EntryKind.REVERSAL) == 1
    assert all(difference(entry.lines) == 0 for entry in ledger.entries)
    assert [one.state for one in ledger.periods].count(PeriodState.CLOSED) == 1
    assert len({entry.provisional for entry in ledger.entries if entry.provisional}) == 10
