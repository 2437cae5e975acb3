"""What an entry holds, read from its rows."""

from app.core.ids import derived_id
from app.core.ledger import content_hash
from app.services.ledger.content import lines_of, period_of
from tests.services.ledger.books import Books, lines
from tests.services.office import new_id


def test_lines_come_back_in_order(books: Books) -> None:
    several = (*lines("7", "甲"), *lines("8", "乙"))
    entry_id = books.draft()
    books.do(books.editing(entry_id, lines=several))
    with books.office.read() as session:
        assert lines_of(session, books.project_id, entry_id) == several


def test_the_stored_hash_is_that_of_the_rows(books: Books) -> None:
    entry_id = books.draft()
    seen = books.entry(entry_id)
    facts = {
        "business_date": "2026-03-02",
        "summary": "入账商品混凝土",
        "party": "滨江建材",
        "kind": "normal",
        "reverses_id": "",
    }
    assert seen.content_hash == content_hash(books.project_id, entry_id, facts, seen.lines)


def test_lines_have_ids_that_follow_from_the_command(books: Books) -> None:
    command, op_id = books.drafting(), new_id()
    changes = books.do(command, op_id=op_id)
    wanted = {derived_id(op_id, f"{command.entry_id}/{place}") for place in (1, 2)}
    assert changes.tables["ledger_line"] == wanted


def test_a_month_has_one_row_everywhere(books: Books) -> None:
    books.do(books.closing())
    with books.office.read() as session:
        found = period_of(session, books.project_id, 2026, 3)
        assert period_of(session, books.project_id, 2026, 4) is None
    assert found is not None
    assert found.id == derived_id(books.project_id, "2026-3")
