"""Any order of steps, on fresh or stale sight: a slow, obvious book-keeper agrees at every step."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.errors import Refused
from app.core.ledger import EntryState, difference
from app.core.people import Job
from app.models.ledger import LedgerEntry, LedgerLine
from app.services.commands import Command
from app.services.ledger.queries import EntryView
from app.services.tx import Clash
from tests.services.conftest import LEADER, PEOPLE
from tests.services.ledger.books import Books, lines
from tests.services.office import Office, new_id

ACTORS = ("clerk.one", "clerk.two", "leader.one", "leader.two")
CLERKS, LEADERS = ACTORS[:2], ACTORS[2:]
DAYS = (date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 2))

DEEDS = ("draft", "edit", "submit", "return", "approve", "post", "reverse", "close")
# What an entry waits for, and who may do it.
ONWARD = {
    "draft": ("submit", CLERKS[0]),
    "returned": ("submit", CLERKS[0]),
    "submitted": ("approve", LEADERS[1]),
    "approved": ("post", CLERKS[1]),
    "posted": ("reverse", CLERKS[0]),
}

Step = tuple[str, int, int, int, bool]
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, "onward", "onward", "onward")),
        st.integers(0, 5),
        st.integers(0, 3),
        st.integers(0, 2),
        st.booleans(),
    ),
    min_size=15,
    max_size=40,
)


@dataclass
class Known:
    """An entry as the book-keeper knows it; `content` counts its changes."""

    state: str
    day: date
    content: int = 0
    authors: set[str] = field(default_factory=set)
    number: str = ""
    reverses: int | None = None


@dataclass
class BookKeeper:
    """Rules once more, in the plainest words: what becomes of a step."""

    entries: list[Known] = field(default_factory=list)
    closed: set[tuple[int, int]] = field(default_factory=set)

    def number(self) -> str:
        used = [one.number for one in self.entries if one.number]
        return f"记-2026-{len(used) + 1:04}"

    def is_closed(self, day: date) -> bool:
        return (day.year, day.month) in self.closed

    def draft(self, actor: str, day: date) -> bool:
        if self.is_closed(day):
            return False
        self.entries.append(Known("draft", day, authors={actor}))
        return True

    def edit(self, one: Known, seen: Known, actor: str) -> bool:
        fresh = seen.content == one.content
        if one.state not in ("draft", "returned", "submitted") or not fresh:
            return False
        if self.is_closed(one.day):
            return False
        one.state = "draft" if one.state == "submitted" else one.state
        one.content += 1
        one.authors |= {actor}
        return True

    def moves(self, one: Known, seen: Known, allowed: tuple[str, ...], *, by_content: bool) -> bool:
        same = one.state == seen.state and seen.state in allowed
        return same and (not by_content or one.content == seen.content)

    def close(self, month: tuple[int, int]) -> bool:
        waits = any(
            one.state in ("submitted", "approved") and (one.day.year, one.day.month) == month
            for one in self.entries
        )
        if waits or month in self.closed:
            return False
        self.closed.add(month)
        return True


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all examples: each has a project of its own."""
    folder: Path = tmp_path_factory.mktemp("sequences")
    made = Office(folder / "office.db")
    for login, name, job in PEOPLE:
        made.employ(login, name, job)
    yield made
    made.close()


class Trial:
    """A project, its book-keeper, and what each of the entries looked like before."""

    def __init__(self, office: Office) -> None:
        project_id = office.found(LEADER, f"P-{new_id().hex[-12:]}", "甲")
        for login in CLERKS:
            office.employ(login, login, Job.FINANCE_CLERK, scope_id=project_id)
        for login in LEADERS:
            office.employ(login, login, Job.PROJECT_MANAGER, scope_id=project_id)
        self.books = Books(office, project_id)
        self.keeper = BookKeeper()
        self.ids: list[UUID] = []
        self.sights: list[list[tuple[EntryView, Known]]] = []
        self.posted: dict[UUID, str] = {}

    def take(self, step: Step) -> None:
        """One step, and everything that must hold after it."""
        deed, place, who, when, stale = step
        actor = ACTORS[who]
        if deed == "draft":
            self._draft(actor, DAYS[when])
        elif deed == "close":
            self._close(actor, DAYS[when])
        elif self.ids:
            place %= len(self.ids)
            self.look(place)
            sight = self.sights[place][0 if stale and deed != "onward" else -1]
            if deed == "onward":
                deed, actor = ONWARD[self.keeper.entries[place].state]
            getattr(self, f"_{deed}")(place, actor, *sight)
        self.check()

    def look(self, place: int) -> None:
        """Remembers how an entry looks now."""
        known = self.keeper.entries[place]
        copy = Known(known.state, known.day, known.content)
        self.sights[place].append((self.books.entry(self.ids[place]), copy))

    def went(self, command: Command, actor: str) -> bool:
        """Whether a command was applied."""
        try:
            self.books.do(command, actor)
        except (Refused, Clash):
            return False
        return True

    def _draft(self, actor: str, day: date) -> None:
        command = self.books.drafting(day=day)
        wanted = self.keeper.draft(actor, day)
        assert self.went(command, actor) is wanted
        if wanted:
            self.ids.append(command.entry_id)
            self.sights.append([])

    def _close(self, actor: str, day: date) -> None:
        month = (day.year, day.month)
        wanted = actor in CLERKS and self.keeper.close(month)
        assert self.went(self.books.closing(*month), actor) is wanted

    def _edit(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        amount = str(1000 + one.content + len(self.sights[place]))
        command = self.books.editing(self.ids[place], lines=lines(amount))
        base = msgspec.structs.replace(
            command.base,
            lines=tuple(
                msgspec.convert(
                    {"account": x.account, "text": x.text, "debit": x.debit, "credit": x.credit},
                    type(command.values.lines[0]),  # type: ignore[index]
                )
                for x in view.lines
            ),
        )
        command = msgspec.structs.replace(command, base=base)
        assert self.went(command, actor) is self.keeper.edit(one, seen, actor)

    def _submit(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        wanted = self.keeper.moves(one, seen, ("draft", "returned"), by_content=True)
        wanted = wanted and not self.keeper.is_closed(one.day)
        command = self.books.submitting(self.ids[place])
        assert self._seen_so(command, view, actor) is wanted
        if wanted:
            one.state = "submitted"
            one.authors |= {actor}

    def _return(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        allowed = ("submitted", "approved")
        wanted = actor in LEADERS and self.keeper.moves(one, seen, allowed, by_content=False)
        command = msgspec.structs.replace(
            self.books.returning(self.ids[place]), expected=view.state
        )
        assert self.went(command, actor) is wanted
        if wanted:
            one.state = "returned"

    def _approve(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        wanted = self.keeper.moves(one, seen, ("submitted",), by_content=True)
        wanted = wanted and actor in LEADERS and actor not in self._authors(place)
        assert self._seen_so(self.books.approving(self.ids[place]), view, actor) is wanted
        if wanted:
            one.state = "approved"

    def _authors(self, place: int) -> frozenset[str]:
        # Who wrote, edited last and submitted last: not everyone who ever did.
        found = self.books.entry(self.ids[place]).authors
        assert found <= self.keeper.entries[place].authors
        return found

    def _post(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        wanted = self.keeper.moves(one, seen, ("approved",), by_content=True)
        wanted = wanted and actor in CLERKS
        assert self._seen_so(self.books.posting(self.ids[place]), view, actor) is wanted
        if wanted:
            one.number, one.state = self.keeper.number(), "posted"

    def _reverse(self, place: int, actor: str, view: EntryView, seen: Known) -> None:
        one = self.keeper.entries[place]
        wanted = self.keeper.moves(one, seen, ("posted",), by_content=True)
        wanted = wanted and actor in CLERKS and one.reverses is None
        wanted = wanted and all(other.reverses != place for other in self.keeper.entries)
        wanted = wanted and not self.keeper.is_closed(DAYS[2])
        command = self.books.reversing(self.ids[place], DAYS[2])
        assert self._seen_so(command, view, actor) is wanted
        if wanted:
            number = self.keeper.number()
            self.keeper.entries.append(Known("posted", DAYS[2], number=number, reverses=place))
            self.ids.append(command.reversal_id)
            self.sights.append([])

    def _seen_so(self, command: Command, view: EntryView, actor: str) -> bool:
        seen = msgspec.structs.replace(command, expected=view.state, content_hash=view.content_hash)
        return self.went(seen, actor)

    def check(self) -> None:
        """Books and book-keeper agree; sums hold; what was posted is as it was posted."""
        found = {one.id: one for one in self.books.ledger().entries}
        assert found.keys() == set(self.ids)
        for entry_id, known in zip(self.ids, self.keeper.entries, strict=True):
            one = found[entry_id]
            assert (one.state.value, one.number) == (known.state, known.number)
            assert difference(one.lines) == Decimal(0)
            assert one.amount > 0
        numbers = sorted(one.number for one in found.values() if one.number)
        assert numbers == [f"记-2026-{serial:04}" for serial in range(1, len(numbers) + 1)]
        stored = self._posted_rows()
        assert {key: stored[key] for key in self.posted} == self.posted
        self.posted = stored

    def _posted_rows(self) -> dict[UUID, str]:
        with self.books.office.read() as session:
            rows = session.execute(
                select(LedgerEntry.__table__, LedgerLine.__table__)
                .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
                .where(
                    LedgerEntry.scope_id == self.books.project_id,
                    LedgerEntry.state == EntryState.POSTED,
                )
                .order_by(LedgerLine.position)
            ).all()
        found: dict[UUID, str] = {}
        for row in rows:
            found[row.id] = found.get(row.id, "") + repr(tuple(row))
        return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_any_order_of_steps(office: Office, steps: list[Step]) -> None:
    trial = Trial(office)
    for day in DAYS:
        trial.take(("draft", 0, 0, DAYS.index(day), False))
    for step in steps:
        trial.take(step)
