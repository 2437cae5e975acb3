"""How the program looks, as chosen and kept."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.layouts import FileLayouts, MemoryLayouts
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.pages.settings.look import SCALES, Look


@pytest.fixture
def look(layouts: MemoryLayouts, usual_look: None) -> Look:
    return Look(layouts)


def test_choices_are_in_force_at_the_next_start(usual_look: None, tmp_path: Path) -> None:
    first = Look(FileLayouts(tmp_path / "window.json"))
    first.choose_language("en")
    first.choose_theme("dark")
    first.choose_percent(125)
    texts().set_language("zh_CN")
    theme().set_mode("light")
    theme().set_scale(1.0)

    second = Look(FileLayouts(tmp_path / "window.json"))
    second.restore()

    assert (texts().language, theme().mode, theme().scale) == ("en", "dark", 1.25)
    assert (second.theme_choice, second.percent) == ("dark", 125)


def test_nothing_kept_changes_nothing(look: Look) -> None:
    theme().set_mode("dark")
    look.restore()
    assert (texts().language, theme().mode, theme().scale) == ("zh_CN", "dark", 1.0)


@pytest.mark.parametrize("kept", ["", "99", "１００", "1e2", "-125", "fr", "purple", "\0"])
def test_what_nobody_offered_is_not_restored(look: Look, layouts: MemoryLayouts, kept: str) -> None:
    for key in ("window.language", "window.theme", "window.theme_source", "window.scale"):
        layouts.save(key, kept)
    look.restore()
    assert (texts().language, theme().mode, theme().scale) == ("zh_CN", "light", 1.0)


def test_the_system_decides_until_a_person_does(look: Look, layouts: MemoryLayouts) -> None:
    theme().set_mode("dark")
    look.choose_theme("system")
    # The system of the tests is light.
    assert (look.theme_choice, theme().mode) == ("system", "light")
    theme().set_mode("dark")
    look.restore()
    assert theme().mode == "light"
    look.choose_theme("dark")
    look.restore()
    assert (look.theme_choice, theme().mode) == ("dark", "dark")


def test_a_change_made_elsewhere_is_told(look: Look, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        texts().set_language("en")
    with qtbot.waitSignal(look.changed):
        theme().set_mode("dark")
    assert look.theme_choice == "dark"


@pytest.mark.parametrize(("scale", "percent"), [(1.0, 100), (1.12, 110), (2.0, 150)])
def test_a_size_between_is_shown_as_the_nearest(look: Look, scale: float, percent: int) -> None:
    theme().set_scale(scale)
    assert look.percent == percent
    assert percent in SCALES
