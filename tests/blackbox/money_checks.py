"""What psql finds in the ledger."""

from collections import Counter, defaultdict

from tests.blackbox.checks import Books, Findings, Row

ENTRIES = """
    select e.*, coalesce(sum(l.debit), 0) as debit, coalesce(sum(l.credit), 0) as credit
    from ledger_entry e
    left join ledger_line l on l.scope_id = e.scope_id and l.entry_id = e.id
    group by e.scope_id, e.id"""
NUMBERS = "select scope_id, series, year, last from document_number"


def check_money(books: Books, found: Findings) -> None:
    """Every applied entry once, posted once, balanced; numbers without gap or repeat."""
    entries = {row["id"]: row for row in books.psql.rows(ENTRIES)}
    drafted = {row["payload"]["entry_id"]: row for row in books.applied("ledger.draft")}
    reversals = {row["payload"]["reversal_id"]: row for row in books.applied("ledger.reverse")}
    made = drafted | reversals
    found.lost += [f"entry {one}" for one in sorted(made.keys() - entries.keys())]
    found.unasked += [f"entry {one}" for one in sorted(entries.keys() - made.keys())]
    for kind in ("ledger.approve", "ledger.post", "ledger.reverse"):
        steps = Counter(row["payload"]["entry_id"] for row in books.applied(kind))
        found.doubled += [f"{kind} {one}" for one, count in steps.items() if count > 1]
    posted = {row["payload"]["entry_id"] for row in books.applied("ledger.post")} | set(reversals)
    stored = {row["id"] for row in entries.values() if row["state"] == "posted"}
    found.lost += [f"posting of {one}" for one in sorted(posted - stored)]
    found.unasked += [f"posting of {one}" for one in sorted(stored - posted)]
    found.wrong += [
        f"entry {one}: {row['debit']} debit, {row['credit']} credit"
        for one, row in entries.items()
        if row["debit"] != row["credit"] or not row["debit"]
    ]
    for one, row in drafted.items():
        if one in entries and not _holds_amount(entries[one], row["payload"]):
            found.wrong.append(f"entry {one} is not of the amount that was drafted")
    _check_numbers(books, found, [row for row in entries.values() if row["state"] == "posted"])


def _holds_amount(entry: Row, draft: Row) -> bool:
    return str(draft["lines"][0]["debit"]) == f"{entry['debit']:.2f}"


def _check_numbers(books: Books, found: Findings, posted: list[Row]) -> None:
    given: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in posted:
        series, year, serial = row["number"].split("-")
        given[row["scope_id"], series, int(year)].append(int(serial))
    kept = {
        (row["scope_id"], row["series"], row["year"]): row["last"]
        for row in books.psql.rows(NUMBERS)
    }
    for which, serials in given.items():
        if sorted(serials) != list(range(1, len(serials) + 1)) or kept.get(which) != len(serials):
            found.wrong.append(f"numbers {which}: {sorted(serials)}, last {kept.get(which)}")
