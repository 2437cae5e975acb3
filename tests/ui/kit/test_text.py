"""Words in the language in force."""

import string

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.core.errors import Finding, Reason
from app.texts import words
from app.ui.kit.text import say, say_finding, say_reason, texts, tr

OURS = sorted(known for known in words("zh_CN") if known.startswith(("kit.", "shell.")))


def parameters(written: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(written) if name}


@pytest.mark.parametrize("text_id", OURS)
def test_both_languages_are_complete(text_id: str) -> None:
    chinese, english = words("zh_CN")[text_id], words("en")[text_id]
    assert chinese.strip()
    assert english.strip()
    assert parameters(chinese) == parameters(english)


def test_no_text_is_in_one_language_only() -> None:
    english = sorted(known for known in words("en") if known.startswith(("kit.", "shell.")))
    assert english == OURS


def test_a_switch_says_bound_words_again(qtbot: QtBot) -> None:
    label, field = QLabel(), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(field)
    say(label, "kit.days", count=3)
    say(field, "kit.filter", "placeholder")
    say(field, "kit.filter", "name")
    assert label.text() == "3 天"
    with qtbot.waitSignal(texts().language_changed):
        texts().set_language("en")
    assert label.text() == "3 d"
    assert field.placeholderText() == field.accessibleName() == "Filter"


def test_a_deleted_widget_is_no_trouble(qtbot: QtBot) -> None:
    button = QPushButton()
    say(button, "kit.undo")
    delete(button)
    texts().set_language("en")
    assert tr("kit.undo") == "Undo"


def test_reasons_and_findings() -> None:
    reason = Reason("kit.fault_least", {"least": 2})
    assert say_reason(reason) == "不能小于 2"
    assert say_finding(Finding(reason, "第 3 行")).startswith("第 3 行")


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        tr("kit.there_is_no_such_text")
