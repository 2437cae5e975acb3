"""One link in the links editor."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.schedule.network import LagKind, LinkType
from app.services.schedule.views import LinkView
from app.ui.kit.theme import colors_of
from app.ui.pages.schedule.link_line import Linked, LinkLine
from tests.services.schedule.site import DAY, new_id
from tests.ui.pages.schedule.plans import link, task

STORED = link(task("土方"), task("垫层"), lag=2 * DAY)


def read(typed: str, _kind: LagKind) -> int:
    return int(typed or "0") * DAY


def line(bot: QtBot, stored: LinkView | None = STORED, *, may_edit: bool = True) -> LinkLine:
    link_id = new_id() if stored is None else stored.id
    words = "" if stored is None else "2"
    made = LinkLine(Linked(link_id, stored, "1 土方", True), words, may_edit)
    bot.addWidget(made)
    made.show()
    return made


def is_red(field: QWidget) -> bool:
    """Whether a field's frame is drawn in the colour of what is wrong."""
    drawn = field.grab().toImage()
    upright = (drawn.pixelColor(drawn.width() // 2, y).name() for y in range(drawn.height()))
    return colors_of(field).overdue.lower() in upright


def test_a_stored_link_left_alone_changes_nothing(qtbot: QtBot) -> None:
    made = line(qtbot)
    assert not made.is_touched()
    assert made.edit(read) == {}


def test_only_what_differs_is_changed(qtbot: QtBot) -> None:
    made = line(qtbot)
    made.type.set_value(LinkType.SS)
    assert made.is_touched()
    assert made.edit(read) == {"type": LinkType.SS}
    made.lag.setText("3")
    made.kind.set_value(LagKind.ELAPSED)
    assert made.edit(read) == {
        "type": LinkType.SS,
        "lag": 3 * DAY,
        "lag_kind": LagKind.ELAPSED,
    }


def test_a_lag_whose_words_were_not_touched_is_not_rounded(qtbot: QtBot) -> None:
    odd = replace(STORED, lag=961)
    assert line(qtbot, odd).edit(read) == {}


def test_a_new_link_gives_all_its_fields(qtbot: QtBot) -> None:
    made = line(qtbot, None)
    assert not made.is_touched()
    assert made.edit(read) == {"type": LinkType.FS, "lag": 0, "lag_kind": LagKind.WORKING}


def test_a_lag_that_cannot_be_read_is_shown_at_the_field(qtbot: QtBot) -> None:
    made = line(qtbot)
    made.lag.setText("later")
    with pytest.raises(ValueError, match="later"):
        made.edit(read)
    assert is_red(made.lag)
    qtbot.keyClick(made.lag, Qt.Key.Key_Backspace)
    assert not is_red(made.lag)


def test_it_asks_to_be_removed(qtbot: QtBot) -> None:
    made = line(qtbot)
    with qtbot.waitSignal(made.removed):
        qtbot.mouseClick(made.remove, Qt.MouseButton.LeftButton)


def test_whoever_does_not_plan_only_looks(qtbot: QtBot) -> None:
    made = line(qtbot, may_edit=False)
    parts: tuple[QWidget, ...] = (made.type, made.lag, made.kind, made.remove)
    assert not any(part.isEnabled() for part in parts)
