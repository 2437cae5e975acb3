"""Lines typed in: totals, what is missing, faults."""

from decimal import Decimal

from pytestqt.qtbot import QtBot

from app.ports.accounts import accounts
from app.services.ledger.content import LineOf
from app.ui.pages.ledger.lines_editor import LinesEditor


def editor(qtbot: QtBot) -> LinesEditor:
    made = LinesEditor(accounts())
    qtbot.addWidget(made)
    return made


def fill(made: LinesEditor, place: int, code: str, debit: str = "", credit: str = "") -> None:
    account, _, left, right = made.row(place)
    account.set_value(code)
    left.setText(debit)
    right.setText(credit)


def test_the_difference_is_said_while_typing(qtbot: QtBot) -> None:
    made = editor(qtbot)
    assert made.words == ""
    fill(made, 0, "5401.02", debit="1,500.25")
    assert made.words == "贷方还差 1,500.25"
    fill(made, 1, "2202", credit="2000")
    assert made.words == "借方还差 499.75"
    fill(made, 1, "2202", credit="1500.25")
    assert made.words == "借贷相等"
    assert made.faults() == ()
    assert made.lines() == (
        LineOf(account="5401.02", debit=Decimal("1500.25")),
        LineOf(account="2202", credit=Decimal("1500.25")),
    )


def test_all_faults_at_once(qtbot: QtBot) -> None:
    made = editor(qtbot)
    _, text, left, _ = made.row(0)
    text.setText("没有科目")
    left.setText("12x")
    assert [fault.reason.text_id for fault in made.faults()] == [
        "ledger.too_few_lines",
        "ledger.no_amount",
        "ledger.no_account",
    ]


def test_more_lines_by_key_and_empty_ones_do_not_count(qtbot: QtBot) -> None:
    made = editor(qtbot)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.add.click()
    assert made.row(2)[0].hasFocus()
    assert made.row(2)[2].accessibleName() == "第 3 行借方"
    fill(made, 0, "1002", debit="1")
    fill(made, 2, "1001", credit="1")
    assert made.faults() == ()
    assert len(made.lines()) == 2


def test_an_account_that_nobody_knows_is_kept(qtbot: QtBot) -> None:
    made = editor(qtbot)
    kept = (
        LineOf(account="9999.01", text="甲", debit=Decimal(3)),
        LineOf(account="1002", credit=Decimal(1)),
        LineOf(account="1001", credit=Decimal(2)),
    )
    made.set_lines(kept)
    assert made.lines() == kept
