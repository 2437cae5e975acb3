"""Drafts, edits, submitting and returning."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.ledger import EntryKind, EntryState
from app.services.ledger.entries import EditEntry, EntryFields
from app.services.ledger.queries import show_ledger
from app.services.tx import Clash
from tests.services.conftest import CLERK, LEADER, PLANNER
from tests.services.ledger.books import APPROVER, AUTHOR, Books, lines
from tests.services.office import new_id


def test_a_draft_has_a_provisional_number_and_balanced_lines(books: Books) -> None:
    changes = books.office.run(books.drafting("88000.50"), AUTHOR)
    assert changes.touches("ledger_entry", "ledger_line")
    (entry,) = books.ledger().entries
    assert (entry.state, entry.kind, entry.number) == (EntryState.DRAFT, EntryKind.NORMAL, "")
    assert entry.provisional == "暂-3F9A-1"
    assert entry.amount == Decimal("88000.50")
    assert [line.account for line in entry.lines] == ["5401.01", "2202"]


def test_the_same_command_makes_the_same_rows_on_desk_and_server(books: Books) -> None:
    command, op_id = books.drafting(), new_id()
    first = books.do(command, op_id=op_id)
    other = books.office.run(
        msgspec.structs.replace(command, entry_id=new_id()), AUTHOR, op_id=op_id
    )
    assert len(first.tables["ledger_line"]) == len(other.tables["ledger_line"]) == 2
    with pytest.raises(Refused, match="exists"):
        books.do(command)


def test_the_company_has_books_of_its_own(books: Books) -> None:
    command = msgspec.structs.replace(books.drafting(), scope_id=COMPANY_SCOPE)
    books.do(command, CLERK)
    with books.office.read() as session:
        assert len(show_ledger(session, COMPANY_SCOPE).entries) == 1
    assert books.ledger().entries == ()


def test_only_writers_write(books: Books) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        books.do(books.drafting(), PLANNER)
    entry_id = books.draft(actor=LEADER)
    books.do(books.submitting(entry_id))
    with pytest.raises(Refused, match="not_permitted"):
        books.do(books.returning(entry_id), CLERK)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lines("1")[:1] * 2, "unbalanced"),
        ((msgspec.structs.replace(lines("1")[0], credit=Decimal(1)), lines("1")[1]), "one_side"),
        (lines("0.001"), "no_amount"),
    ],
)
def test_broken_lines_are_refused(books: Books, broken: object, reason: str) -> None:
    entry_id = books.draft()
    with pytest.raises(Refused, match=reason):
        books.do(msgspec.structs.replace(books.drafting(), lines=broken))
    with pytest.raises(Refused, match=reason):
        books.do(books.editing(entry_id, lines=broken))


def test_edits_of_different_groups_merge(books: Books) -> None:
    entry_id = books.draft()
    one, other = books.editing(entry_id, summary="甲"), books.editing(entry_id, lines=lines("7"))
    before = books.entry(entry_id).content_hash
    books.do(one)
    books.do(other, LEADER)
    entry = books.entry(entry_id)
    assert (entry.summary, entry.amount, entry.edited_by) == ("甲", Decimal(7), LEADER)
    assert entry.content_hash != before
    assert not books.do(other, LEADER)


def test_lines_are_replaced_as_a_whole_or_clash_as_a_whole(books: Books) -> None:
    entry_id = books.draft()
    one = books.editing(entry_id, lines=lines("7"))
    other = books.editing(entry_id, lines=lines("8"))
    books.do(one)
    with pytest.raises(Clash, match="changed_meanwhile") as clash:
        books.do(other, LEADER)
    (group,) = clash.value.clashes
    assert (group.group, group.mine["lines"]) == ("lines", lines("8"))
    assert group.theirs["lines"] == lines("7")
    assert books.entry(entry_id).amount == Decimal(7)


def test_an_edit_takes_a_submitted_entry_back(books: Books) -> None:
    entry_id = books.brought_to(EntryState.SUBMITTED)
    books.do(books.editing(entry_id, party="别处"))
    entry = books.entry(entry_id)
    assert (entry.state, entry.submitted_by) == (EntryState.DRAFT, "")


@pytest.mark.parametrize("state", [EntryState.APPROVED, EntryState.POSTED])
def test_an_edit_after_the_judgement_goes_to_the_inbox(books: Books, state: EntryState) -> None:
    entry_id = books.brought_to(state)
    with pytest.raises(Clash, match=f"{state}_meanwhile") as clash:
        books.do(books.editing(entry_id, summary="甲", lines=lines("7")))
    assert [group.group for group in clash.value.clashes] == ["texts", "lines"]
    assert books.entry(entry_id).amount == Decimal(100)


def test_an_edit_needs_what_was_seen(books: Books) -> None:
    entry_id = books.draft()
    command = EditEntry(
        scope_id=books.project_id,
        entry_id=entry_id,
        base=EntryFields(),
        values=EntryFields(summary="甲"),
    )
    with pytest.raises(Refused, match="base_missing"):
        books.do(command)
    with pytest.raises(Refused, match="gone"):
        books.do(msgspec.structs.replace(books.editing(entry_id, party=""), entry_id=new_id()))


def test_submitted_returned_and_submitted_again(books: Books) -> None:
    entry_id = books.brought_to(EntryState.RETURNED)
    entry = books.entry(entry_id)
    assert (entry.state, entry.remark) == (EntryState.RETURNED, "金额不符")
    books.do(books.submitting(entry_id))
    assert books.entry(entry_id).remark == ""


def test_submitting_tells_what_was_seen(books: Books) -> None:
    entry_id = books.draft()
    seen = books.submitting(entry_id)
    books.do(books.editing(entry_id, lines=lines("7")))
    with pytest.raises(Refused, match="content_changed"):
        books.do(seen)
    books.do(books.submitting(entry_id))
    with pytest.raises(Refused, match="now_submitted"):
        books.do(seen)
    with pytest.raises(Refused, match="not_from_here"):
        books.do(msgspec.structs.replace(seen, expected=EntryState.POSTED))
    with pytest.raises(Refused, match="not_from_here"):
        books.do(
            msgspec.structs.replace(books.returning(entry_id), expected=EntryState.POSTED), APPROVER
        )


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2026, 3, 4), "date_in_future"), (date(9999, 12, 31), "date_in_future")],
)
def test_a_day_that_the_server_cannot_believe(books: Books, day: date, reason: str) -> None:
    with pytest.raises(Clash, match=reason):
        books.do(books.drafting(day=day))
    books.office.run(books.drafting(day=day), AUTHOR)
    with pytest.raises(Refused, match="date_too_early"):
        books.do(books.drafting(day=date(1989, 12, 31)))


def test_tomorrow_is_believed(books: Books) -> None:
    books.draft(day=date(2026, 3, 3))
    assert len(books.ledger().entries) == 1
