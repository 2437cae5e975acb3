"""Cells in words and words as cells."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.ui.kit.columns import Column, Kind, read_value, say_value, sort_key
from app.ui.kit.status import Status

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (Decimal("1234.5"), "money", "1,234.50"),
        (Decimal("0.25"), "progress", "25%"),
        (Decimal("2.5000"), "quantity", "2.5"),
        (7, "number", "7"),
        (Status.DONE, "status", "已完成"),
        (True, "check", "是"),
        (date(2026, 3, 24), "date", "2026-03-24"),
        (None, "money", "–"),
        ("钢筋", "text", "钢筋"),
    ],
)
def test_a_value_in_words(value: object, kind: Kind, said: str) -> None:
    assert say_value(value, kind) == said


def test_a_time_is_said_in_the_desks_zone() -> None:
    moment = datetime(2026, 3, 24, 1, 12, tzinfo=UTC)
    assert say_value(moment, "time") == f"{moment.astimezone():%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("1,234.5", "money", Decimal("1234.5")),
        ("25%", "progress", Decimal("0.25")),
        ("25", "percent", Decimal("0.25")),
        ("3-24", "date", date(2026, 3, 24)),
        ("是", "check", True),
        ("0", "check", False),
        ("", "money", None),
        ("", "text", ""),
        ("钢筋", "text", "钢筋"),
    ],
)
def test_words_as_a_value(typed: str, kind: Kind, value: object) -> None:
    assert read_value(typed, kind, TODAY) == value


@pytest.mark.parametrize(("typed", "kind"), [("x", "money"), ("13/45", "date")])
def test_a_fault_is_said_in_words(typed: str, kind: Kind) -> None:
    with pytest.raises(ValueError, match="不是有效"):
        read_value(typed, kind, TODAY)


def test_what_is_shown_for_editing_can_be_typed_back() -> None:
    for value, kind in (
        (Decimal("1234.5"), "money"),
        (Decimal("0.25"), "progress"),
        (None, "date"),
    ):
        column: Column[object] = Column("x", "kit.undo", lambda row: row, kind)  # type: ignore[arg-type]
        assert column.read(value, column.say_for_edit(value), TODAY) == value


def test_choices_are_read_by_their_words() -> None:
    column: Column[int] = Column(
        "x", "kit.undo", lambda row: row, choices=lambda _row: ((1, "采购"), (2, "劳务"))
    )
    assert column.read(1, "劳务", TODAY) == 2
    with pytest.raises(ValueError, match="列表"):
        column.read(1, "租赁", TODAY)


def test_a_required_cell_may_not_be_empty() -> None:
    column: Column[str] = Column("x", "kit.undo", lambda row: row, required=True)
    with pytest.raises(ValueError, match="必填"):
        column.read("a", " ", TODAY)


def test_nothing_sorts_first() -> None:
    values: list[object] = [Decimal(3), None, Decimal(-1)]
    assert sorted(values, key=sort_key) == [None, Decimal(-1), Decimal(3)]
    assert sorted([Status.DRAFT, Status.RUNNING], key=sort_key) == [Status.RUNNING, Status.DRAFT]
