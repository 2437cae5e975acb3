"""Approving, posting, reversing: on what was seen, by whom it is for, once."""

from decimal import Decimal

import msgspec
import pytest

from app.core.errors import Refused
from app.core.ledger import EntryKind, EntryState, difference
from app.services.tx import Clash
from tests.services.conftest import CLERK, LEADER
from tests.services.ledger.books import APPROVER, AUTHOR, DAY, Books, lines
from tests.services.office import new_id


def test_an_author_does_not_approve(books: Books) -> None:
    entry_id = books.draft(actor=LEADER)
    books.do(books.submitting(entry_id), CLERK)
    with pytest.raises(Refused, match="approver_is_author"):
        books.do(books.approving(entry_id), LEADER)
    with pytest.raises(Refused, match="not_permitted"):
        books.do(books.approving(entry_id), CLERK)
    books.do(books.approving(entry_id), APPROVER)
    assert books.entry(entry_id).approved_by == APPROVER


def test_an_editor_is_an_author(books: Books) -> None:
    entry_id = books.draft()
    books.do(books.editing(entry_id, summary="甲"), LEADER)
    books.do(books.submitting(entry_id))
    with pytest.raises(Refused, match="approver_is_author"):
        books.do(books.approving(entry_id), LEADER)
    assert books.entry(entry_id).authors == {AUTHOR, LEADER}


def test_an_approval_is_void_if_the_entry_changed(books: Books) -> None:
    entry_id = books.brought_to(EntryState.SUBMITTED)
    seen = books.approving(entry_id)
    books.do(books.editing(entry_id, lines=lines("7")))
    with pytest.raises(Refused, match="now_draft"):
        books.do(seen, APPROVER)
    books.do(books.submitting(entry_id))
    with pytest.raises(Refused, match="content_changed"):
        books.do(seen, APPROVER)
    books.do(books.approving(entry_id), APPROVER)
    again = msgspec.structs.replace(books.approving(entry_id), expected=EntryState.SUBMITTED)
    with pytest.raises(Refused, match="now_approved"):
        books.do(again, APPROVER)


def test_posting_gives_the_number_and_ends_all_change(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    entry = books.entry(entry_id)
    assert (entry.state, entry.number, entry.posted_by) == (
        EntryState.POSTED,
        "记-2026-0001",
        AUTHOR,
    )
    with pytest.raises(Refused, match="now_posted"):
        books.do(msgspec.structs.replace(books.posting(entry_id), expected=EntryState.APPROVED))


def test_posting_is_for_posters_on_what_they_saw(books: Books) -> None:
    entry_id = books.brought_to(EntryState.APPROVED)
    seen = books.posting(entry_id)
    with pytest.raises(Refused, match="not_permitted"):
        books.do(seen, LEADER)
    with pytest.raises(Refused, match="content_changed"):
        books.do(msgspec.structs.replace(seen, content_hash="0" * 64))
    with pytest.raises(Refused, match="not_from_here"):
        books.do(msgspec.structs.replace(seen, expected=EntryState.DRAFT))
    books.do(books.returning(entry_id), APPROVER)
    with pytest.raises(Refused, match="now_returned"):
        books.do(seen)
    with pytest.raises(Refused, match="gone"):
        books.do(msgspec.structs.replace(seen, entry_id=new_id()))


def test_a_reversal_swaps_sides_and_is_posted_at_once(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED, "88000.50")
    before = books.entry(entry_id)
    command = books.reversing(entry_id, corrects=True)
    books.do(command)
    reversal, original = books.entry(command.reversal_id), books.entry(entry_id)
    assert (reversal.kind, reversal.state) == (EntryKind.REVERSAL, EntryState.POSTED)
    assert (reversal.number, reversal.reverses_id) == ("记-2026-0002", entry_id)
    assert [line.swapped() for line in reversal.lines] == list(original.lines)
    assert difference((*reversal.lines, *original.lines)) == 0
    assert original.reversed_by == reversal.id
    assert (original.number, original.lines, original.content_hash) == (
        before.number,
        before.lines,
        before.content_hash,
    )
    assert command.correction is not None
    correction = books.entry(command.correction.entry_id)
    assert (correction.state, correction.amount) == (EntryState.DRAFT, Decimal(90))


def test_an_entry_is_reversed_once_and_a_reversal_never(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    command = books.reversing(entry_id)
    books.do(command)
    with pytest.raises(Refused, match="reversed_already"):
        books.do(books.reversing(entry_id))
    with pytest.raises(Refused, match="is_reversal"):
        books.do(books.reversing(command.reversal_id))
    other = books.brought_to(EntryState.POSTED)
    with pytest.raises(Refused, match="exists"):
        books.do(msgspec.structs.replace(books.reversing(other), reversal_id=entry_id))


def test_only_what_is_posted_is_reversed(books: Books) -> None:
    entry_id = books.brought_to(EntryState.APPROVED)
    with pytest.raises(Refused, match="not_from_here"):
        books.do(books.reversing(entry_id))
    with pytest.raises(Refused, match="now_approved"):
        books.do(msgspec.structs.replace(books.reversing(entry_id), expected=EntryState.POSTED))


def test_a_reversal_into_a_closed_month_goes_to_the_inbox(books: Books) -> None:
    entry_id = books.brought_to(EntryState.POSTED)
    books.do(books.closing())
    with pytest.raises(Clash, match="period_closed"):
        books.do(books.reversing(entry_id, DAY))
    assert len(books.ledger().entries) == 1
