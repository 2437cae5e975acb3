"""A form: all faults at once, nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.errors import Finding, InputRejected, Reason, Refused
from app.ui.kit.fields import TextField
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import Label
from app.ui.kit.text import texts
from tests.ui.typing import type_words

SPECS = (
    FieldSpec("name", "kit.columns", required=True),
    FieldSpec("amount", "kit.export", "money", unit="元", required=True),
    FieldSpec("due", "kit.pick_date", "date"),
    FieldSpec("kind", "kit.filter", "choice", choices=lambda: ((1, "采购"), (2, "劳务"))),
    FieldSpec("note", "kit.palette", "lines", hint_id="kit.choose"),
)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(SPECS, today=date(2026, 3, 24), columns=2)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def said(form: Form) -> str:
    return " ".join(one.text() for one in form.findChildren(Label) if one.isVisible())


def text_of(form: Form, key: str) -> str:
    field = form.field(key)
    assert isinstance(field, TextField)
    return field.text()


def test_tab_goes_through_the_fields_in_order(qtbot: QtBot, form: Form) -> None:
    form.field("name").setFocus()
    for key in ("amount", "due", "kind", "note"):
        holder = form.focusWidget()
        assert holder is not None
        qtbot.keyClick(holder, Qt.Key.Key_Tab)
        assert form.field(key).hasFocus()


def test_enter_submits_the_values(qtbot: QtBot, form: Form) -> None:
    type_words(form.field("name"), "钢筋采购")
    qtbot.keyClicks(form.field("amount"), "1,200")
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(form.field("amount"), Qt.Key.Key_Return)
    assert told.args == [
        {"name": "钢筋采购", "amount": Decimal(1200), "due": None, "kind": None, "note": ""}
    ]


def test_all_faults_are_shown_at_once(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClicks(form.field("due"), "13/45")
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert set(form.find_faults()) == {"name", "amount", "due"}
    assert said(form).count("必填") == 2
    assert "不是有效日期" in said(form)
    assert form.field("name").hasFocus()
    assert form.field("name").accessibleDescription() == "必填"
    qtbot.keyClicks(form.field("name"), "a")
    assert said(form).count("必填") == 1


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, form: Form) -> None:
    type_words(form.field("name"), "钢筋")
    findings = (Finding(Reason("kit.fault_required"), "amount"), Finding(Reason("kit.close")))
    assert form.show_refusal(InputRejected(findings)) == "关闭"
    assert said(form).count("必填") == 1
    assert form.show_refusal(Refused("kit.undo")) == "撤销"
    assert text_of(form, "name") == "钢筋"


def test_touched_means_different_from_what_was_given(qtbot: QtBot, form: Form) -> None:
    form.set_values({"name": "甲", "amount": Decimal(5)})
    assert not form.is_touched()
    with qtbot.waitSignal(form.touched):
        type_words(form.field("name"), "乙")
    assert form.is_touched()
    qtbot.keyClick(form.field("name"), Qt.Key.Key_Backspace)
    assert not form.is_touched()


def test_a_half_typed_number_is_no_trouble(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClicks(form.field("amount"), "-")
    assert form.is_touched()
    assert "amount" not in form.values()


def test_faults_are_said_again_in_the_other_language(qtbot: QtBot, form: Form) -> None:
    form.find_faults()
    texts().set_language("en")
    assert "Required" in said(form)
    assert "必填" not in said(form)
    assert form.field("due").accessibleName() == "Pick a date"
