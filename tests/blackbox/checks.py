"""What psql finds afterwards, against what was asked for and acknowledged."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tests.blackbox.asked import Asked, Ledger, mark_of
from tests.blackbox.programs import Psql

Row = dict[str, Any]

RESULTS: Final = """
    select i.op_id, i.actor, i.kind, i.payload, i.done, r.state, r.reason_id, a.n,
           (select count(*) from command_result c where c.op_id = i.op_id) as results
    from command_inbox i
    left join command_result r using (op_id)
    left join audit_log a using (op_id)
    where i.actor <> 'gantry_admin'
    order by a.n"""
"""All but what set the company up: the command line's own administrator added its people."""

RIGHT_LOST: Final = frozenset({"people.not_permitted", "server.worker.actor_inactive"})


@dataclass(slots=True)
class Findings:
    """What is wrong, by kind; each with what names it."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    broken_links: list[str] = field(default_factory=list)

    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.lost or self.doubled or self.unasked or self.wrong or self.broken_links)


class Books:
    """The server's word on every command, read once."""

    def __init__(self, psql: Psql, ledger: Ledger) -> None:
        self.psql = psql
        self.ledger = ledger
        self.results = psql.rows(RESULTS)
        for row in self.results:
            row["payload"] = json.loads(row["payload"])

    def applied(self, *kinds: str) -> Iterator[Row]:
        """What was applied of some kinds, in the server's order."""
        return (row for row in self.results if row["state"] == "applied" and row["kind"] in kinds)

    def states(self) -> Counter[str]:
        """How many ended how, among all that the server knows."""
        return Counter(str(row["state"]) for row in self.results)


def check_answers(books: Books, found: Findings) -> None:
    """Each acknowledged command has one answer: the one that was asked for."""
    stored = {row["op_id"]: row for row in books.results}
    for asked in books.ledger.acknowledged():
        assert asked.op_id is not None
        row = stored.get(asked.op_id)
        if row is None or row["state"] is None:
            found.lost.append(asked.op_id)
        elif not _is_as_asked(row, asked):
            found.wrong.append(f"{asked.op_id} is not what was asked for")
    for row in books.results:
        if row["results"] > 1:
            found.doubled.append(row["op_id"])
        if not row["done"] or row["n"] is None:
            found.wrong.append(f"{row['op_id']} is not done")
        if row["state"] != "applied" and not row["reason_id"]:
            found.wrong.append(f"{row['op_id']} is {row['state']} without a reason")


def check_asked(books: Books, found: Findings) -> None:
    """Nothing was stored that no desk asked for or that a desk said not to have taken, and nothing
    that was asked for once was stored twice."""
    taken: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for asked in books.ledger.all():
        if asked.fault is None:
            taken[mark_of(asked.kind, asked.payload)].append(asked)
    stored: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in books.results:
        stored[mark_of(row["kind"], row["payload"])].append(row)
    for mark, rows in stored.items():
        askers = taken[mark]
        found.unasked += [
            row["op_id"] for row in rows if not any(_is_as_asked(row, one) for one in askers)
        ]
        if len(rows) > len(askers) > 0:
            found.doubled += [row["op_id"] for row in rows]


def _is_as_asked(row: Row, asked: Asked) -> bool:
    same = (row["kind"], row["actor"]) == (asked.kind, asked.login)
    return same and _holds(row["payload"], asked.payload)


def _holds(stored: Any, asked: Any) -> bool:
    """Whether what was stored holds all that was asked; it also spells out what was left open."""
    if isinstance(asked, dict):
        return all(name in stored and _holds(stored[name], asked[name]) for name in asked)
    if isinstance(asked, list):
        return len(stored) == len(asked) and all(map(_holds, stored, asked))
    return bool(stored == asked)


def check_projects(books: Books, found: Findings) -> None:
    """One project for each that was founded; each edit counted once; the last word stands."""
    rows = books.psql.rows("select * from project")
    check_rows(books, found, rows, "projects.create", "scope_id")
    _check_edits(books, found, rows, edited_by="projects.edit", named="scope_id")
    taken = Counter(row["code"] for row in rows)
    found.wrong += [f"two projects {code}" for code, count in taken.items() if count > 1]


def check_tasks(books: Books, found: Findings) -> None:
    """As for projects."""
    rows = books.psql.rows("select * from task")
    check_rows(books, found, rows, "schedule.add_task", "task_id")
    _check_edits(books, found, rows, edited_by="schedule.edit_task", named="task_id")


def check_people(books: Books, found: Findings, others: Iterable[str]) -> None:
    """One person for each that was added, and `others`, who were there before."""
    known = {*others}
    rows = books.psql.rows("select id, login from person")
    rows = [row for row in rows if row["login"] not in known]
    check_rows(books, found, rows, "people.add", "person_id")


def check_conflicts(books: Books, found: Findings) -> None:
    """Each clash lies in the inbox, and what was asked without a right; nothing else does."""
    clashes = {row["op_id"] for row in books.results if row["state"] == "conflict"}
    without = {row["op_id"] for row in books.results if row["reason_id"] in RIGHT_LOST}
    stored = {row["id"] for row in books.psql.rows("select id from conflict")}
    found.lost += sorted(clashes - stored)
    found.unasked += sorted(stored - clashes - without)


def check_rows(books: Books, found: Findings, rows: list[Row], made_by: str, named: str) -> None:
    """One row for each that was made, by the id that its command carries as `named`."""
    made = {row["payload"][named]: row["op_id"] for row in books.applied(made_by)}
    there = {row["id"] for row in rows}
    found.lost += [made[one] for one in sorted(set(made) - there)]
    found.unasked += [f"{made_by} {one}" for one in sorted(there - set(made))]


def _check_edits(
    books: Books, found: Findings, rows: list[Row], *, edited_by: str, named: str
) -> None:
    edits: dict[str, list[Row]] = defaultdict(list)
    for row in books.applied(edited_by):
        edits[row["payload"][named]].append(row)
    for row in rows:
        of_it = edits[row["id"]]
        changes = row["row_version"] - 1
        if changes != len(of_it):
            told = f"{edited_by} {row['id']}: {len(of_it)} applied, {changes} changes"
            (found.lost if changes < len(of_it) else found.doubled).append(told)
        last: Row = {}
        for edit in of_it:
            last.update(edit["payload"]["values"])
        found.wrong += [
            f"{edited_by} {row['id']}: {name} is {row[name]!r}, last applied {value!r}"
            for name, value in last.items()
            if row[name] != value
        ]
