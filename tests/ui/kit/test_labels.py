"""Labels."""

from pytestqt.qtbot import QtBot

from app.ui.kit.colors import LIGHT
from app.ui.kit.labels import ElidedLabel, Ground, IconMark, Label, Line, label
from app.ui.kit.text import texts


def test_a_long_line_ends_in_an_ellipsis_and_a_tip(qtbot: QtBot) -> None:
    made = ElidedLabel("一个很长很长很长的名字")
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.grab()
    assert made.toolTip() == made.text()
    made.resize(600, 20)
    made.grab()
    assert made.toolTip() == ""


def test_words_are_never_markup(qtbot: QtBot) -> None:
    made = Label("<b>x</b>")
    qtbot.addWidget(made)
    plain = Label("x", bold=True)
    qtbot.addWidget(plain)
    assert made.sizeHint().width() > 2 * plain.sizeHint().width()


def test_words_follow_the_language(qtbot: QtBot) -> None:
    made = label("kit.days", count=2)
    qtbot.addWidget(made)
    texts().set_language("en")
    assert made.text() == "2 d"
    made.set_color("overdue")
    assert made.palette().windowText().color().name().upper() == LIGHT.overdue


def test_grounds_have_hairlines(qtbot: QtBot) -> None:
    ground = Ground("window", ("bottom",))
    qtbot.addWidget(ground)
    ground.resize(40, 20)
    image = ground.grab().toImage()
    assert image.pixelColor(20, 19).name().upper() == LIGHT.border
    assert image.pixelColor(20, 0).name().upper() == LIGHT.window
    ground.set_color("surface")
    assert ground.grab().toImage().pixelColor(20, 0).name().upper() == LIGHT.surface


def test_lines_and_marks(qtbot: QtBot) -> None:
    line, mark = Line(vertical=True), IconMark("warning", "overdue", 24)
    qtbot.addWidget(line)
    qtbot.addWidget(mark)
    assert line.width() == 1
    image = mark.grab().toImage()
    assert LIGHT.overdue in {
        image.pixelColor(x, y).name().upper() for x in range(24) for y in range(24)
    }
