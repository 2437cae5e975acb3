"""Pictures of every page, mode and language."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.program.run import shoot
from app.ui.program.shots import HEIGHT, WIDTH, take_shots
from tests.sync.desks import Office
from tests.ui.program.conftest import ShowWindow

NAMES = [
    f"settings-{mode}-{language}.png" for language in ("zh_CN", "en") for mode in ("light", "dark")
]


def test_each_page_mode_and_language_is_a_picture_of_its_own(
    site: Office, show_window: ShowWindow, tmp_path: Path
) -> None:
    shown = show_window(site.filled("anna"))
    taken = take_shots(shown.window, shown.runner, ["settings"], tmp_path / "shots")

    assert [path.name for path in taken] == NAMES
    pictures = [QImage(str(path)) for path in taken]
    assert {(one.width(), one.height()) for one in pictures} == {(WIDTH, HEIGHT)}
    assert len({path.read_bytes() for path in taken}) == len(NAMES)
    light, dark = (one.pixelColor(WIDTH // 2, HEIGHT - 100).lightness() for one in pictures[:2])
    assert light > dark


def test_a_desk_is_shot_from_its_first_rows_on_and_keeps_its_own_look(
    site: Office, tmp_path: Path, qapp: QApplication
) -> None:
    anna = site.desk("anna")
    taken = shoot(anna, lambda: (), tmp_path / "shots")

    pages = {path.name.partition("-")[0] for path in taken}
    assert pages == {
        "home",
        "projects",
        "schedule",
        "ledger",
        "people",
        "reconcile",
        "settings",
    }
    assert len(taken) == 4 * len(pages)
    assert not (anna.profile.folder / "window.json").exists()
    assert (texts().language, theme().mode) == ("zh_CN", "light")
