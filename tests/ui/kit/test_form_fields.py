"""Values and faults of form fields."""

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.form_fields import (
    MARKS,
    FieldKind,
    FieldSpec,
    choices_of,
    fault_in,
    make_field,
    set_value,
    value_of,
)

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "甲"),
        ("secret", "x y"),
        ("number", Decimal("12.5")),
        ("money", Decimal("12.50")),
        ("money", None),
        ("date", date(2026, 4, 1)),
        ("date", None),
        ("lines", "甲\n乙"),
        ("check", True),
    ],
)
def test_a_value_comes_back(qtbot: QtBot, kind: FieldKind, value: object) -> None:
    field = make_field(FieldSpec("x", "kit.undo", kind), TODAY)
    qtbot.addWidget(field)
    set_value(field, value)
    assert value_of(field) == value


def test_marks_are_colours(qtbot: QtBot) -> None:
    values = [value for value, _ in choices_of(FieldSpec("x", "kit.undo", "mark"))]
    assert values == ["", *MARKS]


@pytest.mark.parametrize(
    ("spec", "value", "fault"),
    [
        (FieldSpec("x", "kit.undo", required=True), "", "必填"),
        (FieldSpec("x", "kit.undo", "number", required=True), Decimal(0), ""),
        (FieldSpec("x", "kit.undo", "number", least=Decimal(1)), Decimal(0), "不能小于 1"),
        (FieldSpec("x", "kit.undo", "number", largest=Decimal(1)), Decimal(2), "不能大于 1"),
        (FieldSpec("x", "kit.undo", "lines", most=2), "一二三", "最多 2 个字"),
        (FieldSpec("x", "kit.undo", check=lambda found: f"{found}？"), "a", "a？"),
        (FieldSpec("x", "kit.undo"), "", ""),
    ],
)
def test_faults(qtbot: QtBot, spec: FieldSpec, value: object, fault: str) -> None:
    assert fault_in(spec, value) == fault


@pytest.mark.parametrize(("kind", "typed"), [("number", "abc"), ("date", "13/45")])
def test_what_cannot_be_meant_is_said(qtbot: QtBot, kind: FieldKind, typed: str) -> None:
    field = make_field(FieldSpec("x", "kit.undo", kind), TODAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, typed)
    with pytest.raises(ValueError, match="不是有效"):
        value_of(field)
