"""Columns of a table: where values come from, how they are written, what typing means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Generic, Literal, TypeVar

from app.ui.kit.formats import NOTHING, say_date, say_money, say_number, say_percent, say_time
from app.ui.kit.parsing import parse_date, parse_number
from app.ui.kit.status import Status
from app.ui.kit.text import tr

T = TypeVar("T")
Kind = Literal[
    "text", "number", "money", "quantity", "percent", "progress", "date", "time", "status", "check"
]
RIGHT_KINDS: Final = frozenset({"number", "money", "quantity", "percent", "progress"})


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column over rows of type T.

    `value` gives str, int, Decimal, date, datetime, bool, Status or None; for percent and progress
    a share 0..1. `words` overrides how it is written, `tone` names a field of Colors for the words
    ("" for the usual one), `parse` overrides what typing means (ValueError when it means nothing).
    """

    key: str
    title_id: str
    value: Callable[[T], object]
    kind: Kind = "text"
    width: int = 120
    words: Callable[[T], str] | None = None
    places: int | None = None
    editable: bool | Callable[[T], bool] = False
    choices: Callable[[T], tuple[tuple[object, str], ...]] | None = None
    parse: Callable[[str], object] | None = None
    required: bool = False
    shown: bool = True
    sortable: bool = True
    stretch: bool = False
    bold: Callable[[T], bool] | None = None
    tone: Callable[[T], str] | None = None

    @property
    def is_right(self) -> bool:
        """Whether cells are right-aligned."""
        return self.kind in RIGHT_KINDS

    def can_edit(self, row: T) -> bool:
        """Whether a cell of this row takes typing."""
        return self.editable(row) if callable(self.editable) else self.editable

    def say(self, row: T) -> str:
        """The cell's words."""
        if self.words is not None:
            return self.words(row)
        return say_value(self.value(row), self.kind, self.places)

    def say_for_edit(self, row: T) -> str:
        """The cell's words as a person would type them: no grouping, no dash for nothing."""
        value = self.value(row)
        if value is None:
            return ""
        if self.kind in ("percent", "progress") and isinstance(value, Decimal):
            return say_number(value * 100).replace(",", "")
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return say_number(value).replace(",", "")
        return "" if (said := self.say(row)) == NOTHING else said

    def read(self, row: T, typed: str, today: date) -> object:
        """The value meant by typing into a row's cell. ValueError when it cannot be meant."""
        typed = typed.strip()
        if not typed and self.required:
            raise ValueError(tr("kit.fault_required"))
        if self.choices is not None:
            return self._read_choice(row, typed)
        if self.parse is not None:
            return self.parse(typed)
        return read_value(typed, self.kind, today)

    def _read_choice(self, row: T, typed: str) -> object:
        for value, words in self.choices(row) if self.choices else ():
            if typed in (words, str(value)):
                return value
        raise ValueError(tr("kit.fault_choice"))


def say_value(value: object, kind: Kind, places: int | None = None) -> str:
    """A value in words, by kind; a dash for None."""
    if value is None:
        return NOTHING
    if isinstance(value, Status):
        return value.word
    if isinstance(value, bool):
        return tr("kit.yes") if value else tr("kit.no")
    if isinstance(value, datetime):
        return say_time(value)
    if isinstance(value, date):
        return say_date(value)
    if isinstance(value, Decimal | int):
        return _say_amount(Decimal(value), kind, places)
    return str(value)


def _say_amount(amount: Decimal, kind: Kind, places: int | None) -> str:
    if kind == "money":
        return say_money(amount)
    if kind in ("percent", "progress"):
        return say_percent(amount, places or 0)
    return say_number(amount, places)


def read_value(typed: str, kind: Kind, today: date) -> object:
    """What was typed as a value of a kind; None for nothing. ValueError with words for a person."""
    if not typed:
        return "" if kind == "text" else None
    if kind == "date":
        try:
            return parse_date(typed, today)
        except ValueError as error:
            raise ValueError(tr("kit.fault_date")) from error
    if kind in RIGHT_KINDS:
        try:
            number = parse_number(typed.removesuffix("%").removesuffix("％"))
        except ValueError as error:
            raise ValueError(tr("kit.fault_number")) from error
        return number / 100 if kind in ("percent", "progress") else number
    if kind == "check":
        return typed.lower() in (
            "1",
            "x",
            "y",
            "yes",
            "true",
            "√",
            "✓",
            "是",
            tr("kit.yes").lower(),
        )
    return typed


def sort_key(value: object) -> tuple[int, object]:
    """Orders cells of one column: nothing first, then by value."""
    if value is None:
        return (0, 0)
    if isinstance(value, Status):
        return (1, list(Status).index(value))
    return (1, value.casefold() if isinstance(value, str) else value)
