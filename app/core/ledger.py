"""The rules of a ledger that need no database: states, balance, periods, numbers, content."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Finding, Reason

SERIES: Final = "记"
"""The series of official numbers: 记账凭证, one for all kinds of entries."""
LARGEST: Final = Decimal(10) ** 15
FEWEST_LINES: Final = 2
SITE_TIME: Final = timezone(timedelta(hours=8))
"""China has one time, without summer time."""

_NUMBER: Final = re.compile(r"([^-\d]{1,8})-(\d{4})-(\d{4,9})")


class EntryState(StrEnum):
    """Where an entry stands; a posted one never changes again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    POSTED = "posted"


class EntryKind(StrEnum):
    """REVERSAL takes back another entry by its lines with swapped sides."""

    NORMAL = "normal"
    REVERSAL = "reversal"


class PeriodState(StrEnum):
    """Whether entries may still be dated into a month."""

    OPEN = "open"
    CLOSED = "closed"


WRITABLE: Final = frozenset({EntryState.DRAFT, EntryState.RETURNED, EntryState.SUBMITTED})
"""States in which an entry may be edited: that takes a submitted one back to draft."""
SUBMITTABLE: Final = frozenset({EntryState.DRAFT, EntryState.RETURNED})
RETURNABLE: Final = frozenset({EntryState.SUBMITTED, EntryState.APPROVED})


@dataclass(frozen=True, slots=True)
class Posting:
    """One line: an account code, and an amount in yuan on one side."""

    account: str
    text: str
    debit: Decimal
    credit: Decimal

    def swapped(self) -> "Posting":
        """The line that takes this one back."""
        return Posting(self.account, self.text, self.credit, self.debit)


@dataclass(frozen=True, slots=True)
class Account:
    """A name in the chart of accounts, in force from `valid_from`; `verified` against a source."""

    code: str
    name_zh: str
    name_en: str
    valid_from: date
    source: str
    verified: bool

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_zh


def difference(lines: Iterable[Posting]) -> Decimal:
    """Debit less credit in yuan: zero where an entry balances."""
    return sum((line.debit - line.credit for line in lines), Decimal(0))


def total(lines: Iterable[Posting]) -> Decimal:
    """The amount of an entry in yuan: the sum of one side."""
    return sum((line.debit for line in lines), Decimal(0))


def line_faults(lines: Iterable[Posting]) -> tuple[Finding, ...]:
    """Everything wrong with the lines of an entry; `where` counts lines from 1."""
    found: list[Finding] = []
    given = tuple(lines)
    if len(given) < FEWEST_LINES:
        found.append(Finding(Reason("ledger.too_few_lines")))
    for number, line in enumerate(given, start=1):
        if not all(map(_is_amount, (line.debit, line.credit))):
            found.append(Finding(Reason("ledger.no_amount", {"line": number}), str(number)))
        elif (line.debit > 0) is (line.credit > 0):
            found.append(Finding(Reason("ledger.one_side", {"line": number}), str(number)))
    if not found and difference(given):
        found.append(
            Finding(Reason("ledger.unbalanced", {"difference": f"{abs(difference(given)):,.2f}"}))
        )
    return tuple(found)


def _is_amount(value: Decimal) -> bool:
    return value.is_finite() and 0 <= value < LARGEST and value == round(value, 2)


def content_hash(
    scope_id: UUID, entry_id: UUID, facts: Mapping[str, str], lines: Iterable[Posting]
) -> str:
    """SHA-256 (64 hexadecimal digits) of everything that an approval approves."""
    parts = [str(scope_id), str(entry_id)]
    parts += [text for name in sorted(facts) for text in (name, facts[name])]
    for line in lines:
        parts += [line.account, line.text, f"{line.debit:.2f}", f"{line.credit:.2f}"]
    # Lengths keep apart what would read the same when joined.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def number_text(series: str, year: int, serial: int) -> str:
    """An official number as it is printed."""
    return f"{series}-{year}-{serial:04}"


def read_number(text: str) -> tuple[str, int, int] | None:
    """Series, year and serial of an official number; None for any other text."""
    found = _NUMBER.fullmatch(text)
    if found is None or number_text(found[1], int(found[2]), int(found[3])) != text:
        return None
    return found[1], int(found[2]), int(found[3])


def provisional_number(device: str, counter: int) -> str:
    """What a draft is called before it has an official number. Never on a legal print."""
    return f"暂-{device}-{counter}"


def latest_date(received_at: datetime) -> date:
    """The last business date that may come with a command: one day later than it arrived."""
    return (received_at.astimezone(SITE_TIME) + timedelta(days=1)).date()


def site_date(moment: datetime) -> date:
    """The day on site at an instant."""
    return moment.astimezone(UTC).astimezone(SITE_TIME).date()


def month_after(year: int, month: int) -> tuple[int, int]:
    """The next month."""
    return (year + 1, 1) if month == 12 else (year, month + 1)
